namespace NativeCerts.Run.Doctor;

/// <summary>What can be done about a finding.</summary>
/// <param name="Text">In words, lower case, without a full stop.</param>
/// <param name="Command">A command that does it; <see langword="null"/> where there is none.</param>
internal sealed record Remedy(string Text, string? Command = null);
