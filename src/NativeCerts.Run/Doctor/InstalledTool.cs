using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Doctor;

/// <summary>A tool that doctor is to look at.</summary>
/// <param name="Profile">Its profile.</param>
/// <param name="Path">Its program on <c>PATH</c>; <see langword="null"/> for a library, and for a tool that is not installed.</param>
internal sealed record InstalledTool(ToolProfile Profile, string? Path);
