using NativeCerts.Certificates;
using NativeCerts.Run.DotNet.Targets;
using NativeCerts.Run.Launch;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run;

/// <summary>The roots of one run that a .NET program does not have from the operating system, where it follows no variable either: on Windows and macOS.</summary>
/// <remarks>
/// There .NET asks the operating system and nobody else, so the run's file is read by the overlay (<see cref="RunOverlay"/>,
/// <c>shims/NativeCerts.ExtraRoots</c>). It adds to the operating system's roots; there is no way to ask for fewer, on any system.
/// </remarks>
internal static class RunExtraRoots
{
    /// <summary>The variable that names the file; <c>AddedCertificates</c> of the shim reads it.</summary>
    public const string Variable = "NCTRUST_ADDED_ROOTS";

    private const string FileName = "added.pem";

    /// <summary>Finds them.</summary>
    /// <param name="store">What is trusted.</param>
    /// <param name="target">The command as .NET sees it; <see langword="null"/> where it is no .NET program.</param>
    /// <param name="followsVariables">Whether .NET follows variables on this system, as on Linux: then nothing is left to do.</param>
    /// <returns>None where there is nothing to do.</returns>
    public static IReadOnlyList<TrustedRoot> Of(TrustSnapshot store, DotNetTarget? target, bool followsVariables) =>
        followsVariables || target is null || BringsRuntime(target) ? [] : Added(store);

    /// <summary>Why the roots do not reach the command, where they do not; else <see langword="null"/>.</summary>
    /// <inheritdoc cref="Of"/>
    public static string? Problem(TrustSnapshot store, DotNetTarget? target, bool followsVariables) =>
        followsVariables || target is null || !BringsRuntime(target) || Added(store).Count == 0
            ? null
            : "the command brings its own .NET runtime, which on this system trusts what the operating system trusts, and none of the added roots";

    /// <summary>Whether a program never runs on an installed runtime: a host of its own reads no overlay.</summary>
    public static bool BringsRuntime(DotNetTarget? target) => target is { Kind: DotNetTargetKind.SelfContained or DotNetTargetKind.NativeAot };

    /// <summary>Writes them, and has the variable name the file.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="roots">The roots; with none, nothing is written.</param>
    /// <param name="environment">The command's environment.</param>
    /// <exception cref="RunFailedException">It could not be written; nothing is left of the folder.</exception>
    public static void Write(RunFolder folder, IReadOnlyList<TrustedRoot> roots, ProcessEnvironment environment)
    {
        if (roots.Count == 0) return;
        try
        {
            environment.Set(Variable, folder.Write(FileName, PemWriter.Encode(roots)));
        }
        catch (RunFailedException)
        {
            folder.Delete();
            throw;
        }
    }

    private static List<TrustedRoot> Added(TrustSnapshot store) => [.. store.Roots.Where(root => root.Origin != TrustedRoot.SystemOrigin)];
}
