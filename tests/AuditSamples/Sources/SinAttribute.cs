namespace AuditSamples;

/// <summary>The audit must find this in the method.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SinAttribute(string rule) : Attribute
{
    /// <summary>The rule that finds it.</summary>
    public string Rule { get; } = rule;

    /// <summary>How bad it is.</summary>
    public string Severity { get; init; } = "high";

    /// <summary>The name that the finding has for the method, where it is not the member's own.</summary>
    public string? Method { get; init; }
}
