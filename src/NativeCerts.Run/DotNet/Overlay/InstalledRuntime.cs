namespace NativeCerts.Run.DotNet.Overlay;

/// <summary>One installed .NET runtime.</summary>
/// <param name="Version">Its version, as its folder is called.</param>
/// <param name="Folder">Where its files are: <c>shared/Microsoft.NETCore.App/VERSION</c>.</param>
internal sealed record InstalledRuntime(string Version, string Folder)
{
    /// <summary>The name of the assembly that verifies TLS certificates, which every runtime has.</summary>
    public const string TlsAssemblyName = "System.Net.Security.dll";

    /// <summary>The path of that assembly.</summary>
    public string TlsAssembly => PathOf(TlsAssemblyName);

    /// <summary>The path of an assembly of its.</summary>
    /// <param name="fileName">The assembly's file name.</param>
    public string PathOf(string fileName) => Path.Combine(Folder, fileName);
}
