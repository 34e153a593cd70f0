using System.Text;

namespace NativeCerts.Run.DotNet.Hook;

/// <summary>What is baked into a startup hook: the trust variables as the run sets them, and what the user had. Values are bytes, as the system has them; empty means none.</summary>
/// <param name="File">Of <c>SSL_CERT_FILE</c>.</param>
/// <param name="Folder">Of <c>SSL_CERT_DIR</c>.</param>
/// <param name="CurlBundle">Of <c>CURL_CA_BUNDLE</c>.</param>
/// <param name="IsRestricted">Whether the user asked for these roots and no others: then a hook whose files are gone falls back on nothing.</param>
/// <param name="Explains">Whether refusals are explained on standard error.</param>
internal sealed record HookSettings(HookSettings.Variable File, HookSettings.Variable Folder, HookSettings.Variable CurlBundle, bool IsRestricted, bool Explains)
{
    /// <summary>The texts of the template that are replaced (shims/NativeCerts.StartupHook/Baked.cs), each with its value as Latin-1.</summary>
    public IEnumerable<KeyValuePair<string, string>> Replacements =>
    [
        new("{nctrust:file}", Latin1(File.Ours)),
        new("{nctrust:own-file}", Latin1(File.Own)),
        new("{nctrust:folder}", Latin1(Folder.Ours)),
        new("{nctrust:own-folder}", Latin1(Folder.Own)),
        new("{nctrust:curl-bundle}", Latin1(CurlBundle.Ours)),
        new("{nctrust:own-curl-bundle}", Latin1(CurlBundle.Own)),
        new("{nctrust:flags}", (IsRestricted ? "r" : "") + (Explains ? "e" : "")),
    ];

    private static string Latin1(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>One variable.</summary>
    /// <param name="Ours">The run's value.</param>
    /// <param name="Own">The user's.</param>
    internal sealed record Variable(byte[] Ours, byte[] Own);
}
