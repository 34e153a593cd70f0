namespace NativeCerts.Run.Injection;

/// <summary>A configuration file that is generated for one run, so that a variable or an argument can name it.</summary>
/// <param name="Name">Its name below the trust folder (<c>wget/wgetrc</c>).</param>
/// <param name="Include">The paths of which the first that exists is copied in front: the file that ours displaces.</param>
/// <param name="Content">Its lines, with placeholders (<see cref="FormPaths"/>).</param>
/// <param name="Profile">The name of the profile that asked for it.</param>
/// <param name="Why">The profile's reason.</param>
public sealed record PlannedFile(string Name, IReadOnlyList<string> Include, string Content, string Profile, string Why);
