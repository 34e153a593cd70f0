namespace NativeCerts.Run.DotNet.Audit;

/// <summary>How bad a finding is, the worst last.</summary>
internal enum AuditSeverity
{
    /// <summary>A connection need not be encrypted or verified, as the code or a setting has it, where that may be meant.</summary>
    Low,

    /// <summary>A part of the verification is left out, or all of it for one kind of connection.</summary>
    Medium,

    /// <summary>Any certificate is accepted, or one of any host.</summary>
    High,
}
