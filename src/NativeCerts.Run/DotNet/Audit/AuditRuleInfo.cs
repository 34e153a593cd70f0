namespace NativeCerts.Run.DotNet.Audit;

/// <summary>What a rule is about, for reports.</summary>
/// <param name="Id">Its stable name.</param>
/// <param name="Severity">How bad its findings are, at most.</param>
/// <param name="Title">What it finds, one sentence without a full stop.</param>
/// <param name="Fix">What to do instead, one sentence without a full stop.</param>
/// <param name="Source">The page that says what the API or setting does.</param>
internal sealed record AuditRuleInfo(string Id, AuditSeverity Severity, string Title, string Fix, string Source);
