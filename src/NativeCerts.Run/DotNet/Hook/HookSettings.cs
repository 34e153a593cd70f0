using System.Runtime.InteropServices;
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
    /// <summary>The texts of the template that are replaced (shims/NativeCerts.StartupHook/Baked.cs), each with what takes its place.</summary>
    public IEnumerable<KeyValuePair<string, string>> Replacements =>
    [
        new("{nctrust:file-name}", Pack("SSL_CERT_FILE"u8)),
        new("{nctrust:file}", Pack(File.Ours)),
        new("{nctrust:own-file}", Pack(File.Own)),
        new("{nctrust:folder-name}", Pack("SSL_CERT_DIR"u8)),
        new("{nctrust:folder}", Pack(Folder.Ours)),
        new("{nctrust:own-folder}", Pack(Folder.Own)),
        new("{nctrust:curl-name}", Pack("CURL_CA_BUNDLE"u8)),
        new("{nctrust:curl-bundle}", Pack(CurlBundle.Ours)),
        new("{nctrust:own-curl-bundle}", Pack(CurlBundle.Own)),
        new("{nctrust:switch-name}", Pack(Encoding.UTF8.GetBytes(HookVariable.Switch))),
        new("{nctrust:off}", Pack("0"u8)),
        new("{nctrust:flags}", (IsRestricted ? "r" : "") + (Explains ? "e" : "")),
    ];

    /// <summary>A C string as characters, two bytes each: in memory it then is what it was.</summary>
    internal static string Pack(ReadOnlySpan<byte> bytes)
    {
        var padded = new byte[(bytes.Length / 2 + 1) * 2];
        bytes.CopyTo(padded);
        return new(MemoryMarshal.Cast<byte, char>(padded));
    }

    /// <summary>One variable.</summary>
    /// <param name="Ours">The run's value.</param>
    /// <param name="Own">The user's.</param>
    internal sealed record Variable(byte[] Ours, byte[] Own);
}
