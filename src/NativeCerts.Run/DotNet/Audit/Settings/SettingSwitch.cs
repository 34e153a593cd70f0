namespace NativeCerts.Run.DotNet.Audit.Settings;

/// <summary>A setting that leaves verification out.</summary>
/// <param name="Name">Its name in lower case, without <c>_</c> and <c>-</c>.</param>
/// <param name="Values">The values that do it, in lower case.</param>
/// <param name="Severity">How bad it is: high where the name is one of the platform's own, medium where only the name says it.</param>
internal sealed record SettingSwitch(string Name, string[] Values, AuditSeverity Severity);
