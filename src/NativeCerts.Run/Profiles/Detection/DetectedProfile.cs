namespace NativeCerts.Run.Profiles.Detection;

/// <summary>A profile that a command concerns.</summary>
/// <param name="Profile">The profile.</param>
/// <param name="Reason">Why, as <c>-v</c> shows it: <c>by name</c>, <c>by its `#!` line</c>, <c>runtime of `maven`</c>.</param>
/// <param name="IsCommand">Whether the command itself is this tool, and not something that starts it: the command's arguments are the tool's.</param>
public sealed record DetectedProfile(ToolProfile Profile, string Reason, bool IsCommand = false)
{
    /// <summary>Whether something in front of it, such as <c>sudo</c>, has another user run it, who may not be able to read what is the user's.</summary>
    public bool IsOfOtherUser { get; init; }
}
