using NativeCerts.Certificates;
using NativeCerts.Files;

namespace NativeCerts.Run.Inventory;

/// <summary>
/// Whether a <c>cacert.pem</c> of certifi is as it was published. Programs that add a company's root to it are common, and then it is Mozilla's
/// list no more; the installer's record has the file's SHA-256 (https://packaging.python.org/en/latest/specifications/recording-installed-packages/).
/// </summary>
internal static class CertifiRecord
{
    private const string Entry = "certifi/cacert.pem,sha256=";

    /// <summary>Whether a record is there and has the hash that the file has.</summary>
    /// <param name="path">The path of <c>certifi/cacert.pem</c>.</param>
    public static bool Confirms(string path)
    {
        if (Path.GetDirectoryName(Path.GetDirectoryName(path)) is not { } packages || !Directory.Exists(packages) || FileContent.Read(path, out var content) is not null) return false;
        // Base64 for addresses, without padding.
        var hash = Convert.ToBase64String(Sha256.Hash(content.Span)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return Directory.GetDirectories(packages, "certifi-*.dist-info").Any(folder => Records(Path.Combine(folder, "RECORD")).Any(line => line.StartsWith($"{Entry}{hash},", StringComparison.Ordinal)));
    }

    private static string[] Records(string file) =>
        FileContent.Read(file, out var content) is null ? System.Text.Encoding.UTF8.GetString(content.Span).Split('\n') : [];
}
