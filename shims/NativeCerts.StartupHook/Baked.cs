namespace NativeCerts.StartupHook;

/// <summary>What is baked in: each text in braces is replaced by a value, byte by byte as Latin-1, since a path need not be UTF-8; empty means that there is none.</summary>
internal static class Baked
{
    /// <summary>The value that the run gives <c>SSL_CERT_FILE</c>.</summary>
    public const string File = "{nctrust:file}";

    /// <summary>The user's own value of it.</summary>
    public const string OwnFile = "{nctrust:own-file}";

    /// <summary>The value that the run gives <c>SSL_CERT_DIR</c>.</summary>
    public const string Folder = "{nctrust:folder}";

    /// <summary>The user's own value of it.</summary>
    public const string OwnFolder = "{nctrust:own-folder}";

    /// <summary>The value that the run gives <c>CURL_CA_BUNDLE</c>, without which curl finds nothing in an empty folder.</summary>
    public const string CurlBundle = "{nctrust:curl-bundle}";

    /// <summary>The user's own value of it.</summary>
    public const string OwnCurlBundle = "{nctrust:own-curl-bundle}";

    /// <summary>One letter a setting: <c>r</c> trust is restricted to what the run gives, <c>e</c> refusals are explained.</summary>
    public const string Flags = "{nctrust:flags}";
}
