namespace NativeCerts.Run.DotNet.Audit;

/// <summary>One place that switches verification off.</summary>
/// <param name="Rule">The rule that found it.</param>
/// <param name="Severity">How bad it is here.</param>
/// <param name="Owner">Whose code it is in.</param>
/// <param name="Path">The assembly or settings file, as the walk came to it.</param>
/// <param name="Message">What it does, one sentence without a full stop, names in backticks.</param>
internal sealed record AuditFinding(AuditRuleInfo Rule, AuditSeverity Severity, CodeOwner Owner, string Path, string Message)
{
    /// <summary>The type's name as C# writes it, without what the compiler has put inside; <see langword="null"/> for settings.</summary>
    public string? Type { get; init; }

    /// <summary>The method's name as C# writes it; <see langword="null"/> for settings.</summary>
    public string? Method { get; init; }

    /// <summary>Where in the method's IL, in bytes; <see langword="null"/> for settings.</summary>
    public int? Offset { get; init; }

    /// <summary>The source file as the symbols name it; <see langword="null"/> without symbols.</summary>
    public string? SourceFile { get; init; }

    /// <summary>The line in the source file, or in the settings file; counted from 1.</summary>
    public int? Line { get; init; }

    /// <summary>Whether it is the user's to mend, and as bad as can be.</summary>
    public bool IsHighInOwnCode => Severity is AuditSeverity.High && Owner is not CodeOwner.Library;
}
