using NativeCerts.Run.DotNet.Audit;
using TestSupport;

namespace NativeCerts.Run.Tests.DotNet.Audit;

/// <summary>Settings files that leave verification out, and their clean twins.</summary>
public sealed class SettingsAuditSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory(Timeout = 60_000)]
    [InlineData("appsettings.json", "{\n  // a comment\n  \"ConnectionStrings\": {\n    \"db\": \"Server=a;TrustServerCertificate=True\",\n  }\n}", 4, "connection-string-trusts-anything", AuditSeverity.Medium)]
    [InlineData("appsettings.Development.json", "\uFEFF{ \"db\": \"Server=a;Encrypt=False\" }", 1, "connection-string-unencrypted", AuditSeverity.Low)]
    [InlineData("appsettings.json", "{\"Clusters\":{\"c\":{\"HttpClient\":\n{\"DangerousAcceptAnyServerCertificate\":true}}}}", 2, "setting-switches-verification-off", AuditSeverity.High)]
    [InlineData("launchSettings.json", "{\"profiles\":{\"a\":{\"environmentVariables\":{\n\n\"NODE_TLS_REJECT_UNAUTHORIZED\":\"0\"}}}}", 3, "setting-switches-verification-off", AuditSeverity.Medium)]
    [InlineData("launchSettings.json", "{\"environmentVariables\":{\"Kube__SkipTlsVerify\":\"true\"}}", 1, "setting-switches-verification-off", AuditSeverity.Medium)]
    [InlineData("App.runtimeconfig.json", "{\"configProperties\":{\n\"My.Http.IgnoreSslErrors\": true}}", 2, "setting-switches-verification-off", AuditSeverity.Medium)]
    [InlineData("web.config", "<?xml version=\"1.0\"?>\n<!-- <a checkCertificateName=\"false\"> -->\n<servicePointManager\n  checkCertificateName=\"false\" />", 4, "setting-switches-verification-off", AuditSeverity.High)]
    [InlineData("App.dll.config", "<authentication certificateValidationMode='None'/>", 1, "setting-switches-verification-off", AuditSeverity.High)]
    [InlineData("app.config", "<connectionStrings>\n<add name=\"db\" connectionString=\"Server=a;Application Name=&quot;x>y&quot;;Trust Server Certificate=yes\"/>", 2, "connection-string-trusts-anything", AuditSeverity.Medium)]
    [InlineData("web.config", "<add key=\"ValidateServerCertificate\" value=\"False\"/>", 1, "setting-switches-verification-off", AuditSeverity.Medium)]
    public Task What_leaves_verification_out_is_found_with_its_line(string name, string content, int line, string rule, object severity) => Task.Run(() =>
    {
        _folder.Write(name, content);
        var finding = Assert.Single(AssemblyAudit.Run([_folder.Path]).Findings);
        Assert.Equal((line, rule, (AuditSeverity)severity, CodeOwner.Settings), (finding.Line, finding.Rule.Id, finding.Severity, finding.Owner));
    }, TestContext.Current.CancellationToken);

    [Theory(Timeout = 60_000)]
    [InlineData("appsettings.json", "{ \"db\": \"Server=a;Encrypt=True;TrustServerCertificate=False\", \"SkipTlsVerify\": false, \"VerifySsl\": true }")]
    [InlineData("launchSettings.json", "{ \"environmentVariables\": { \"NODE_TLS_REJECT_UNAUTHORIZED\": \"1\" } }")]
    [InlineData("web.config", "<servicePointManager checkCertificateName=\"true\" checkCertificateRevocationList=\"false\"/>")]
    [InlineData("App.runtimeconfig.json", "{ \"configProperties\": { \"System.Net.Http.SocketsHttpHandler.Http3Support\": false } }")]
    public Task What_verifies_is_not_accused(string name, string content) => Task.Run(() =>
    {
        _folder.Write(name, content);
        var report = AssemblyAudit.Run([_folder.Path]);
        Assert.Empty(report.Findings);
        Assert.Equal(1, report.SettingsFiles);
    }, TestContext.Current.CancellationToken);

    public void Dispose() => _folder.Dispose();
}
