namespace NativeCerts.Run.Injection;

/// <summary>An argument that is put in front of the command's own.</summary>
/// <param name="Value">The argument, with placeholders (<see cref="FormPaths"/>).</param>
/// <param name="Profile">The name of the profile that asked for it.</param>
/// <param name="Why">The profile's reason.</param>
public sealed record PlannedArgument(string Value, string Profile, string Why);
