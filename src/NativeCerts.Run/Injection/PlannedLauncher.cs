using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Injection;

/// <summary>A launcher that comes in front of a tool on <c>PATH</c> and gives it its arguments, wherever in the process tree it is called.</summary>
/// <param name="Program">The tool's name on <c>PATH</c>, and the launcher's.</param>
/// <param name="Rules">The arguments, with their conditions and places.</param>
/// <param name="Profile">The name of the tool's profile.</param>
public sealed record PlannedLauncher(string Program, IReadOnlyList<InjectionRule> Rules, string Profile);
