using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Injection;

/// <summary>One variable of the child's environment that is set or taken away.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Value">The whole new value, with placeholders (<see cref="FormPaths"/>); <see langword="null"/> takes the variable away.</param>
/// <param name="Profile">The name of the profile that asked for it first.</param>
/// <param name="Why">The profile's reason.</param>
/// <param name="Roots">Whether the tool's own roots stay beside ours.</param>
/// <param name="UserValue">What the user's environment had, if anything.</param>
public sealed record PlannedVariable(string Name, string? Value, string Profile, string Why, InjectionRoots Roots, string? UserValue);
