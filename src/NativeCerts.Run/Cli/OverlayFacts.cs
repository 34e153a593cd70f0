using NativeCerts.Run.DotNet.Overlay;
using NativeCerts.Run.DotNet.Targets;

namespace NativeCerts.Run.Cli;

/// <summary>What <c>--strict</c>, <c>--revocation online</c>, and on Windows and macOS <c>--ca</c> do to the .NET runtimes of this machine, for people.</summary>
internal static class OverlayFacts
{
    /// <summary>All of it for one run, a line each; none where neither was given.</summary>
    public static IEnumerable<string> Lines(TrustedRun run)
    {
        if (run.OverlayChanges is OverlayChanges.None) yield break;
        if (run.OverlayChanges.HasFlag(OverlayChanges.Strict)) yield return "callbacks of .NET programs can refuse a certificate, but accept none that .NET refuses (--strict)";
        if (run.OverlayChanges.HasFlag(OverlayChanges.Revocation)) yield return "a .NET program that would not ask whether a certificate is revoked asks, and refuses one of which it can't be told (--revocation online)";
        if (run.OverlayChanges.HasFlag(OverlayChanges.ExtraRoots)) yield return "a certificate that .NET refuses for its root alone is verified again with the added roots: on this system it follows no variable (--ca)";
        if (!ReachesCommand(run.DotNet)) yield return "the command brings its own runtime, which stays as it is";
        var runtimes = run.SurveyOverlay();
        if (runtimes.Count == 0) yield return "no .NET runtime is installed, so nothing is changed";
        foreach (var (runtime, assembly, problem) in runtimes) yield return Line(runtime, assembly, problem);
    }

    /// <summary>What becomes of one runtime.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="assembly">Which assembly of it.</param>
    /// <param name="problem">Why it is left alone; <see langword="null"/> where it is not.</param>
    public static string Line(InstalledRuntime runtime, OverlayAssembly assembly, string? problem) =>
        $".NET {runtime.Version} ({runtime.Folder}) {(problem is null ? $"gets a changed {assembly.FileName} beside it; its own stays as it is" : "is left alone: " + problem)}";

    /// <summary>Whether a program may run on an installed runtime: a host of its own reads no overlay.</summary>
    public static bool ReachesCommand(DotNetTarget? target) => !RunExtraRoots.BringsRuntime(target);
}
