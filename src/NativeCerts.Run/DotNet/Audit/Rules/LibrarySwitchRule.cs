using Mono.Cecil;
using Mono.Cecil.Cil;
using NativeCerts.Run.DotNet.Audit.Evaluation;

namespace NativeCerts.Run.DotNet.Audit.Rules;

/// <summary>Libraries' own switches that leave verification out, set to a constant.</summary>
internal sealed class LibrarySwitchRule : IAuditRule
{
    private const string Anything = "accepts any certificate of the server";
    private const string Npgsql = "https://www.npgsql.org/doc/security.html";
    private const string Sql = "https://learn.microsoft.com/en-us/dotnet/api/microsoft.data.sqlclient.sqlconnectionstringbuilder.trustservercertificate";
    private const string Mongo = "https://www.mongodb.com/docs/drivers/csharp/current/security/tls-ssl/";
    private const string Mqtt = "https://github.com/dotnet/MQTTnet/wiki/Client";
    private const string Wcf = "https://learn.microsoft.com/en-us/dotnet/api/system.servicemodel.security.x509certificatevalidationmode";

    private static readonly AuditRuleInfo Info = new(
        "library-switch",
        AuditSeverity.High,
        "A library's own switch that leaves verification out",
        "leave the switch out, and put the server's root into the OS store",
        "https://learn.microsoft.com/en-us/dotnet/fundamentals/code-analysis/quality-rules/ca5359");

    private static readonly LibrarySwitch[] Switches =
    [
        new("NpgsqlConnectionStringBuilder", "set_TrustServerCertificate", 1, AuditSeverity.Medium, Anything, Npgsql),
        new("SqlConnectionStringBuilder", "set_TrustServerCertificate", 1, AuditSeverity.Medium, Anything, Sql),
        new("MongoClientSettings", "set_AllowInsecureTls", 1, AuditSeverity.High, Anything, Mongo),
        new("MongoUrlBuilder", "set_AllowInsecureTls", 1, AuditSeverity.High, Anything, Mongo),
        new("KubernetesClientConfiguration", "set_SkipTlsVerify", 1, AuditSeverity.High, Anything, "https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/"),
        new("MqttClientOptionsBuilderTlsParameters", "set_AllowUntrustedCertificates", 1, AuditSeverity.High, Anything, Mqtt),
        new("MqttClientTlsOptions", "set_AllowUntrustedCertificates", 1, AuditSeverity.High, Anything, Mqtt),
        new("MqttClientTlsOptionsBuilder", "WithAllowUntrustedCertificates", 1, AuditSeverity.High, Anything, Mqtt),
        new("CertificateValidations", "get_AllowAll", null, AuditSeverity.High, Anything, "https://www.elastic.co/docs/reference/elasticsearch/clients/dotnet"),
        new("X509ServiceCertificateAuthentication", "set_CertificateValidationMode", 0, AuditSeverity.High, Anything, Wcf),
        new("SslOption", "set_AcceptablePolicyErrors", 7, AuditSeverity.High, Anything, "https://www.rabbitmq.com/docs/ssl"),
        new("SslOption", "set_AcceptablePolicyErrors", 6, AuditSeverity.High, Anything, "https://www.rabbitmq.com/docs/ssl"),
        new("SslOption", "set_AcceptablePolicyErrors", 4, AuditSeverity.High, "accepts a certificate of any issuer", "https://www.rabbitmq.com/docs/ssl"),
        new("SslOption", "set_AcceptablePolicyErrors", 2, AuditSeverity.High, "accepts a trusted certificate of any other host", "https://www.rabbitmq.com/docs/ssl"),
        new("HttpsConnectionAdapterOptions", "AllowAnyClientCertificate", null, AuditSeverity.Medium, "accepts any certificate of a client", "https://learn.microsoft.com/en-us/dotnet/api/microsoft.aspnetcore.server.kestrel.https.httpsconnectionadapteroptions.allowanyclientcertificate"),
    ];

    /// <summary>The members that the rule knows.</summary>
    public static IEnumerable<string> Members => Switches.Select(each => each.Member);

    /// <inheritdoc/>
    public IReadOnlyList<AuditRuleInfo> Infos => [Info];

    /// <inheritdoc/>
    public bool Concerns(AssemblyOutline outline) => Switches.Any(each => outline.HasMember(each.Member));

    /// <inheritdoc/>
    public IEnumerable<AuditFinding> Check(AuditedAssembly assembly)
    {
        foreach (var (method, at, called) in assembly.Calls(called => Switches.Any(each => IsCalled(each, called))))
        {
            var value = at.Previous is { } before && before.OpCode.Code is not (Code.Ldnull or Code.Ldstr) ? MethodEvaluator.Constant(before) : null;
            if (Switches.FirstOrDefault(each => IsCalled(each, called) && (each.Value is null || each.Value == value)) is not { } found) continue;
            yield return assembly.Find(Info with { Source = found.Source }, found.Severity, method, at, $"{found.Effect}, as `{CSharpNames.Member(called)}` says");
        }
    }

    private static bool IsCalled(LibrarySwitch each, MethodReference called) => called.Name == each.Member && called.DeclaringType.Name == each.Type;
}
