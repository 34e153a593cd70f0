namespace NativeCerts.StartupHook;

/// <summary>
/// What is baked in: each text in braces is replaced. All but the flags become C strings, two bytes a character and a 0 at the end, so that
/// the C library can be given them as they are, whatever bytes a path is made of; one that is empty says that there is none.
/// </summary>
internal static class Baked
{
    /// <summary><c>SSL_CERT_FILE</c>, the value that the run gives it, and the user's own.</summary>
    public const string FileName = "{nctrust:file-name}", File = "{nctrust:file}", OwnFile = "{nctrust:own-file}";

    /// <summary><c>SSL_CERT_DIR</c>, the value that the run gives it, and the user's own.</summary>
    public const string FolderName = "{nctrust:folder-name}", Folder = "{nctrust:folder}", OwnFolder = "{nctrust:own-folder}";

    /// <summary><c>CURL_CA_BUNDLE</c>, without which curl finds nothing in an empty folder, the value that the run gives it, and the user's own.</summary>
    public const string CurlName = "{nctrust:curl-name}", CurlBundle = "{nctrust:curl-bundle}", OwnCurlBundle = "{nctrust:own-curl-bundle}";

    /// <summary>The variable that switches the hook off, and the value that does.</summary>
    public const string SwitchName = "{nctrust:switch-name}", Off = "{nctrust:off}";

    /// <summary>One letter a setting: <c>r</c> trust is restricted to what the run gives, <c>e</c> refusals are explained.</summary>
    public const string Flags = "{nctrust:flags}";
}
