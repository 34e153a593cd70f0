using Mono.Cecil;
using NativeCerts.Run.DotNet.Overlay;
using TestSupport;

namespace NativeCerts.Run.Tests.DotNet.Overlay;

/// <summary>The installed runtimes with the overlay that adds roots: on Linux no run lays it over, since variables do what it is for, but its code is the same everywhere.</summary>
public sealed class OverlaidRuntimes : IDisposable
{
    private const string Client = "RootsClient", Installation = "dotnet-clients/installation/dotnet";
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<OverlayChanges, RunOverlay> _overlays = [];

    /// <summary>Puts the program of these tests into a sandbox, to run on one of the runtimes.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="major">The runtime's first number.</param>
    /// <returns>How the program is started.</returns>
    internal static IReadOnlyList<string> Program(Sandbox sandbox, int major)
    {
        var host = Host(major);
        sandbox.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(host)!;
        // It was compiled for this test's own runtime, and asks for no version of any assembly then.
        using var module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, Client + ".dll"));
        foreach (var reference in module.AssemblyReferences) reference.Version = new(0, 0, 0, 0);
        var program = Path.Combine(sandbox.Work, Client + ".dll");
        module.Write(program);
        File.WriteAllText(Path.ChangeExtension(program, ".runtimeconfig.json"), $$"""
            { "runtimeOptions": { "tfm": "net{{major}}.0", "framework": { "name": "Microsoft.NETCore.App", "version": "{{major}}.0.0" }, "configProperties": { "System.Globalization.Invariant": true } } }
            """);
        return [host, program];
    }

    /// <summary>Lays an overlay over, for what is started in a sandbox.</summary>
    internal void LayOver(Sandbox sandbox, string? addedRoots, OverlayChanges changes = OverlayChanges.ExtraRoots)
    {
        RunOverlay? overlay;
        lock (_overlays)
        {
            if (!_overlays.TryGetValue(changes, out overlay))
            {
                Dictionary<string, string> environment = new() { ["DOTNET_ROOT"] = sandbox.Environment["DOTNET_ROOT"], ["XDG_CACHE_HOME"] = Directory.CreateDirectory(_folder["cache"]).FullName };
                _overlays[changes] = overlay = RunOverlay.Prepare(environment, Path.Combine(environment["DOTNET_ROOT"], "dotnet"), changes);
            }
        }

        Assert.Empty(overlay.Problems);
        foreach (var (name, value) in overlay.Variables) sandbox.Environment[name] = value;
        if (addedRoots is not null) sandbox.Environment[RunExtraRoots.Variable] = addedRoots;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    // The machine's own, where there is but one.
    private static string Host(int major)
    {
        if (major != Environment.Version.Major || Environment.GetEnvironmentVariable(Tools.FolderVariable) is { Length: > 0 } own && File.Exists(Path.Combine(own, Installation))) return Tools.RequireFile(Installation);
        var program = Tools.Require("dotnet");
        return File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program;
    }
}
