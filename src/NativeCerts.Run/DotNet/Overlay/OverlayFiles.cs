using System.Text;

namespace NativeCerts.Run.DotNet.Overlay;

/// <summary>This folder lays changed assemblies over the installed .NET runtimes, of which nothing is touched. Here: the files of an overlay, laid out as .NET's host looks for them: a list of dependencies for each runtime's version, and a store with what they name.</summary>
/// <remarks>https://github.com/dotnet/runtime/blob/main/docs/design/features/additional-deps.md, host-probing.md</remarks>
internal static class OverlayFiles
{
    /// <summary>The folder for <c>DOTNET_ADDITIONAL_DEPS</c>.</summary>
    public const string Dependencies = "deps";

    /// <summary>The folder for <c>DOTNET_SHARED_STORE</c>.</summary>
    public const string Store = "store";

    /// <summary>The folder for <c>CORE_SERVICING</c>, from which Unix hosts take what is <c>serviceable</c>, whatever an application's target.</summary>
    public const string Servicing = "servicing";

    private const string Library = "nctrust.fx";

    // The host takes of two the assembly with the higher version of file: ours, whatever the runtime's patch.
    private const string Highest = "99.0.0.0";

    // An application has a folder of its own target in the store, also where it runs on a newer runtime. What is named there and missing would be fatal.
    private const string FirstTarget = "net10.0";
    private const int OldestMajor = 5, NewestMajor = 20;
    private static readonly string[] OldTargets = ["netcoreapp2.0", "netcoreapp2.1", "netcoreapp2.2", "netcoreapp3.0", "netcoreapp3.1"];

    // So has each architecture: a 32-bit host beside ours reads the same list. There is no code of an architecture's own in what is changed.
    private static readonly string[] Architectures = ["x64", "x86", "arm64", "arm"];

    /// <summary>An assembly for one runtime, below the overlay's folder.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="fileName">The assembly's file name.</param>
    public static string Assembly(InstalledRuntime runtime, string fileName) => $"{Store}/{RuntimeArchitecture.Name}/{FirstTarget}/{Library}/{runtime.Version}/lib/{fileName}";

    /// <summary>The list of one runtime, below the overlay's folder.</summary>
    public static string List(InstalledRuntime runtime) => $"{Dependencies}/shared/Microsoft.NETCore.App/{runtime.Version}/{Library}.deps.json";

    /// <summary>Folders that are the same as another one: where, and what they link to. The store of each other target and of each other architecture, and the folder for servicing, which also serves an application that names no target.</summary>
    public static IEnumerable<(string Path, string Target)> Links
    {
        get
        {
            var store = $"{Store}/{RuntimeArchitecture.Name}";
            var targets = OldTargets.Concat(Enumerable.Range(OldestMajor, NewestMajor - OldestMajor + 1).Select(major => $"net{major}.0")).Where(target => target != FirstTarget);
            return [.. targets.Select(target => ($"{store}/{target}", FirstTarget)), .. Architectures.Where(name => name != RuntimeArchitecture.Name).Select(name => ($"{Store}/{name}", RuntimeArchitecture.Name)), ($"{Servicing}/pkgs/{Library}", $"../../{store}/{FirstTarget}/{Library}")];
        }
    }

    /// <summary>The content of a list.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="assemblies">Each assembly's file name and version; none for a runtime that is left alone: then the list names nothing, and keeps the host from an older one.</param>
    public static byte[] ListContent(InstalledRuntime runtime, IReadOnlyList<(string FileName, Version Version)> assemblies)
    {
        var target = $".NETCoreApp,Version=v{runtime.Version.Split('.')[0]}.0";
        var files = string.Join(", ", assemblies.Select(assembly => $$"""
            "lib/{{assembly.FileName}}": { "assemblyVersion": "{{assembly.Version}}", "fileVersion": "{{Highest}}" }
            """));
        var (assets, library) = assemblies.Count == 0
            ? ("", "")
            : ($$"""
               "{{Library}}/{{runtime.Version}}": { "runtime": { {{files}} } }
               """, $$"""
               "{{Library}}/{{runtime.Version}}": { "type": "package", "serviceable": true, "sha512": "", "path": "{{Library}}/{{runtime.Version}}" }
               """);
        return Encoding.UTF8.GetBytes($$"""
            {
              "runtimeTarget": { "name": "{{target}}", "signature": "" },
              "targets": { "{{target}}": { {{assets}} } },
              "libraries": { {{library}} }
            }

            """);
    }
}
