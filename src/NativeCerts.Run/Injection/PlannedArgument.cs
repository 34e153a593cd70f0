using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Injection;

/// <summary>An argument that is put among the command's own.</summary>
/// <param name="Value">The argument, with placeholders (<see cref="FormPaths"/>).</param>
/// <param name="At">Where it is put.</param>
/// <param name="Profile">The name of the profile that asked for it.</param>
/// <param name="Why">The profile's reason.</param>
public sealed record PlannedArgument(string Value, ArgumentPosition At, string Profile, string Why);
