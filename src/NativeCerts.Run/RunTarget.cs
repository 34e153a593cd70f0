using NativeCerts.Run.DotNet.Targets;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.Profiles.Detection;

namespace NativeCerts.Run;

/// <summary>The .NET side of a command: .NET programs are recognised by their own bytes, too, where neither name nor neighbours tell.</summary>
internal static class RunTarget
{
    private const string Runtime = "dotnet";

    /// <summary>Finds it.</summary>
    /// <param name="registry">The profiles.</param>
    /// <param name="targets">What the command was recognised as; .NET is added where only its bytes tell.</param>
    /// <param name="executable">The command's executable.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns><see langword="null"/> where the command itself is no .NET program.</returns>
    public static DotNetTarget? Find(ProfileRegistry registry, ref IReadOnlyList<DetectedProfile> targets, string executable, IReadOnlyList<string> arguments)
    {
        if (targets.Count > 0) return Runs(registry, targets[0].Profile) ? TargetFinder.Find(executable, arguments) : null;
        if (TargetFinder.Find(executable) is not { } target || registry.Find(Runtime) is not { } profile) return null;
        targets = [new(ProfileRegistry.Complete(profile), target.Kind is DotNetTargetKind.NativeAot ? "by its code" : "by its host", IsCommand: true)];
        return target;
    }

    private static bool Runs(ProfileRegistry registry, ToolProfile profile) =>
        profile.Name == Runtime || registry.RuntimesOf(profile).Any(runtime => runtime.Name == Runtime);
}
