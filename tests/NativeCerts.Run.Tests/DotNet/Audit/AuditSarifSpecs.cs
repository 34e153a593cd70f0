using System.Text.Json;
using NativeCerts.Run.Tests.Cli;
using TestSupport;

namespace NativeCerts.Run.Tests.DotNet.Audit;

/// <summary>An audit as code scanners read it: what SARIF 2.1.0 asks for is there, and says the same as the rest.</summary>
public sealed class AuditSarifSpecs : IDisposable
{
    private static readonly string[] Levels = ["error", "warning", "note"];
    private readonly Sandbox _sandbox = new();

    [Fact(Timeout = 60_000)]
    public async Task Every_field_that_SARIF_requires_is_there_and_fits()
    {
        Directory.CreateDirectory(_sandbox.Folder["work/app"]);
        File.Copy(AuditSampleSpecs.Sample("Debug"), _sandbox.Folder["work/app/An App.dll"]);
        _sandbox.Folder.Write("work/app/web.config", "<configuration>\n<system.net><settings>\n<servicePointManager\n checkCertificateName=\"false\"/></settings></system.net></configuration>");
        var result = await Nctrust.RunAsync(_sandbox, "audit", "--sarif", "app");
        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Equal(result.StandardOutput, (await Nctrust.RunAsync(_sandbox, "audit", "--format", "sarif", "app")).StandardOutput);
        using var document = JsonDocument.Parse(result.StandardOutput);
        Assert.Equal("2.1.0", document.RootElement.GetProperty("version").GetString());
        var run = Assert.Single(document.RootElement.GetProperty("runs").EnumerateArray());
        var driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Equal("nctrust", driver.GetProperty("name").GetString());
        var rules = driver.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()).ToList();
        Assert.Equal(rules.Distinct(), rules);
        Assert.All(driver.GetProperty("rules").EnumerateArray(), rule =>
        {
            Assert.True(Uri.TryCreate(rule.GetProperty("helpUri").GetString(), UriKind.Absolute, out _));
            Assert.EndsWith(".", rule.GetProperty("shortDescription").GetProperty("text").GetString(), StringComparison.Ordinal);
        });
        var results = run.GetProperty("results").EnumerateArray().ToList();
        Assert.NotEmpty(results);
        Assert.All(results, each =>
        {
            Assert.Equal(each.GetProperty("ruleId").GetString(), rules[each.GetProperty("ruleIndex").GetInt32()]);
            Assert.Contains(each.GetProperty("level").GetString(), Levels);
            Assert.NotEmpty(each.GetProperty("message").GetProperty("text").GetString()!);
            var place = Assert.Single(each.GetProperty("locations").EnumerateArray()).GetProperty("physicalLocation");
            Assert.True(Uri.TryCreate(place.GetProperty("artifactLocation").GetProperty("uri").GetString(), UriKind.RelativeOrAbsolute, out _));
            if (place.TryGetProperty("region", out var region)) Assert.True(region.GetProperty("startLine").GetInt32() >= 1);
        });
        // The last finding that has no symbols is named by its assembly, as an address has it.
        Assert.Contains(results, each => each.ToString().Contains("app/An%20App.dll", StringComparison.Ordinal));
        var setting = Assert.Single(results, each => each.ToString().Contains("app/web.config", StringComparison.Ordinal));
        Assert.Contains("\"startLine\": 4", setting.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _sandbox.Dispose();
}
