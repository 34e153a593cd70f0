namespace NativeCerts.Run.DotNet.Audit.Rules;

/// <summary>A library's own switch that leaves verification out.</summary>
/// <param name="Type">The name of the type that has it, without its namespace.</param>
/// <param name="Member">The method that sets it.</param>
/// <param name="Value">What it must be set to, or <see langword="null"/> where the call alone says it.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Effect">What it does, as the end of a sentence.</param>
/// <param name="Source">The page that says so.</param>
internal sealed record LibrarySwitch(string Type, string Member, int? Value, AuditSeverity Severity, string Effect, string Source);
