namespace NativeCerts.Run.Profiles;

/// <summary>A tool of the registry, and where it is on this machine.</summary>
/// <param name="Profile">Its profile.</param>
/// <param name="Path">Its program on <c>PATH</c>; <see langword="null"/> for a library, and for a tool that is not installed.</param>
internal sealed record InstalledTool(ToolProfile Profile, string? Path);
