using NativeCerts.Run.Injection;

namespace NativeCerts.Run.Shell;

/// <summary>One variable of a session.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Value">Its value as the operating system has it; <see langword="null"/> takes it away.</param>
/// <param name="Plan">Where it comes from; <see langword="null"/> where the session gets its own back, and for what is not a tool's.</param>
internal sealed record SessionVariable(string Name, byte[]? Value, PlannedVariable? Plan);
