namespace NativeCerts.Run.Profiles.Detection;

/// <summary>A profile that a command concerns.</summary>
/// <param name="Profile">The profile.</param>
/// <param name="Reason">Why, as <c>-v</c> shows it: <c>by name</c>, <c>by its `#!` line</c>, <c>runtime of `maven`</c>.</param>
public sealed record DetectedProfile(ToolProfile Profile, string Reason);
