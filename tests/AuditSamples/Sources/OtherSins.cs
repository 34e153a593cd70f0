using System.Security.Cryptography.X509Certificates;
using Npgsql;

namespace AuditSamples;

/// <summary>What else switches verification off.</summary>
public sealed class OtherSins
{
    private const string Flags = "chain-errors-ignored", Text = "connection-string-trusts-anything";

    [Sin("dangerous-validator")]
    public HttpClientHandler Dangerous() => new() { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };

    [Sin("dangerous-validator", Method = "DangerousInLambda, lambda")]
    public Func<HttpClientHandler> DangerousInLambda() => () => new() { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };

    [Sin("dangerous-validator")]
    public async Task<HttpClientHandler> DangerousAsync()
    {
        await Task.Yield();
        return new() { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
    }

    [Sin(Flags)]
    public X509ChainPolicy AllFlags() => new() { VerificationFlags = X509VerificationFlags.AllFlags };

    [Sin(Flags)]
    public void AnyAuthority(X509Chain chain)
    {
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        chain.Build(chain.ChainPolicy.ExtraStore[0]);
    }

    [Sin(Flags)]
    public void AddedFlag(X509Chain chain) => chain.ChainPolicy.VerificationFlags |= X509VerificationFlags.AllowUnknownCertificateAuthority;

    [Sin(Flags, Severity = "medium")]
    public X509ChainPolicy AnyUsage() => new() { VerificationFlags = X509VerificationFlags.IgnoreWrongUsage | X509VerificationFlags.IgnoreEndRevocationUnknown };

    [Sin(Flags, Severity = "medium")]
    public X509ChainPolicy AnyName() => new() { VerificationFlags = X509VerificationFlags.IgnoreInvalidName };

    [Sin(Flags, Severity = "medium")]
    public bool ComparesTheRoot(X509Chain chain, X509Certificate2 certificate, X509Certificate2 root)
    {
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        return chain.Build(certificate) && chain.ChainElements[^1].Certificate.RawData.AsSpan().SequenceEqual(root.RawData);
    }

    [Sin(Text, Severity = "medium")]
    public string SqlText() => "Server=db;Database=x;User Id=me;TrustServerCertificate=True;";

    [Sin(Text, Severity = "medium")]
    public string PostgresText(string host) => $"Host={host};Username=me;SSL Mode=Require;Trust Server Certificate=true";

    [Sin(Text, Severity = "medium")]
    public string MongoText() => "mongodb://host:27017/?tls=true&tlsInsecure=true";

    [Sin("connection-string-unencrypted", Severity = "low")]
    public string Unencrypted() => "Server=db;Encrypt=false;Database=x";

    [Sin("library-switch", Severity = "medium")]
    public NpgsqlConnectionStringBuilder Builder() => new() { TrustServerCertificate = true };

    [Sin("library-switch", Severity = "medium")]
    public void AnyClient(Microsoft.AspNetCore.Server.Kestrel.Https.HttpsConnectionAdapterOptions options) => options.AllowAnyClientCertificate();
}
