using System.Runtime.InteropServices;

namespace NativeCerts.Run.DotNet.Overlay;

/// <summary>The processor's name as .NET's hosts write it in folders and variables.</summary>
internal static class RuntimeArchitecture
{
    /// <summary><c>x64</c>, <c>arm64</c>, ...</summary>
    public static string Name { get; } = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
}
