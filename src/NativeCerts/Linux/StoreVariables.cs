namespace NativeCerts.Linux;

/// <summary>The variables that move the store; an empty value counts as unset.</summary>
/// <param name="File"><c>SSL_CERT_FILE</c>: replaces the default bundle, and only that.</param>
/// <param name="Folders"><c>SSL_CERT_DIR</c>: a list that replaces the default folders, and only those (OpenSSL, crypto/x509/by_dir.c; Go, crypto/x509/root_unix.go).</param>
/// <param name="NixFile"><c>NIX_SSL_CERT_FILE</c>: where Nix keeps its bundle; the last place looked at.</param>
internal sealed record StoreVariables(string? File, IReadOnlyList<string>? Folders, string? NixFile)
{
    public const string FileName = "SSL_CERT_FILE";
    public const string FoldersName = "SSL_CERT_DIR";
    public const string NixFileName = "NIX_SSL_CERT_FILE";

    /// <summary>Takes them out of an environment.</summary>
    /// <param name="environment"><see langword="null"/> for the process's own.</param>
    public static StoreVariables From(IReadOnlyDictionary<string, string>? environment)
    {
        string? Value(string name)
        {
            var value = environment is null ? Environment.GetEnvironmentVariable(name) : environment.TryGetValue(name, out var given) ? given : null;
            return string.IsNullOrEmpty(value) ? null : value;
        }

        var folders = Value(FoldersName)?.Split(':', StringSplitOptions.RemoveEmptyEntries);
        return new StoreVariables(Value(FileName), folders is { Length: > 0 } ? folders : null, Value(NixFileName));
    }
}
