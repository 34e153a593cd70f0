namespace NativeCerts.Run.DotNet.Overlay;

/// <summary>One installed .NET runtime.</summary>
/// <param name="Version">Its version, as its folder is called.</param>
/// <param name="Folder">Where its files are: <c>shared/Microsoft.NETCore.App/VERSION</c>.</param>
internal sealed record InstalledRuntime(string Version, string Folder)
{
    /// <summary>The assembly that verifies TLS certificates.</summary>
    public string TlsAssembly => Path.Combine(Folder, "System.Net.Security.dll");
}
