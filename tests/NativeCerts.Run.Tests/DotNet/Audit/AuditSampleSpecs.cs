using Mono.Cecil;
using NativeCerts.Run.DotNet.Audit;

namespace NativeCerts.Run.Tests.DotNet.Audit;

/// <summary>Known sins and their clean twins, as a debug build and a release build have them: no sin is missed, no twin accused.</summary>
public sealed class AuditSampleSpecs
{
    private const int FewestSins = 40;

    [Theory(Timeout = 60_000)]
    [InlineData("Debug")]
    [InlineData("Release")]
    public Task Every_sin_is_found_and_no_clean_twin_is_accused(string build) => Task.Run(() =>
    {
        var expected = Sins(build);
        var found = AssemblyAudit.Run([Sample(build)]).Findings.Select(finding => $"{finding.Type}.{finding.Method}: {finding.Rule.Id} ({finding.Severity})");
        Assert.True(expected.Count >= FewestSins, $"only {expected.Count} sins are there to be found");
        Assert.Equal(expected.Order(StringComparer.OrdinalIgnoreCase), found.Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
    }, TestContext.Current.CancellationToken);

    [Theory(Timeout = 60_000)]
    [InlineData("Debug")]
    [InlineData("Release")]
    public Task A_finding_names_the_line_of_the_source(string build) => Task.Run(() =>
    {
        foreach (var finding in AssemblyAudit.Run([Sample(build)]).Findings)
        {
            Assert.True(finding is { SourceFile: not null, Line: > 0, Offset: >= 0 }, finding.ToString());
            if (finding.Method is not ("HandlerLambda, lambda" or "Dangerous" or "AllFlags" or "SqlText")) continue;
            // Each of these stands on one line with the method's own name.
            Assert.Contains($" {finding.Method.Split(',')[0]}(", File.ReadAllLines(finding.SourceFile)[finding.Line.Value - 1], StringComparison.Ordinal);
        }
    }, TestContext.Current.CancellationToken);

    /// <summary>The samples as one kind of build has them.</summary>
    internal static string Sample(string build) => Path.Combine(AppContext.BaseDirectory, $"AuditSamples.{build}.dll");

    private static List<string> Sins(string build)
    {
        using var module = ModuleDefinition.ReadModule(Sample(build));
        return
        [
            .. from type in module.GetTypes()
               from method in type.Methods
               from sin in method.CustomAttributes
               where sin.AttributeType.Name == "SinAttribute"
               let name = sin.Properties.FirstOrDefault(property => property.Name == "Method").Argument.Value ?? method.Name
               let severity = sin.Properties.FirstOrDefault(property => property.Name == "Severity").Argument.Value ?? "high"
               select $"{type.FullName}.{name}: {sin.ConstructorArguments[0].Value} ({severity})",
        ];
    }
}
