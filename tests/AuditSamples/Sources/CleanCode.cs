using System.Security.Cryptography.X509Certificates;
using Npgsql;

namespace AuditSamples;

/// <summary>The twins of the other sins.</summary>
public sealed class CleanCode
{
    // No revocation check is .NET's own default.
    public HttpClientHandler Revocation() => new() { CheckCertificateRevocationList = false };

    public X509ChainPolicy NoFlags() => new() { VerificationFlags = X509VerificationFlags.NoFlag };

    public X509ChainPolicy UnknownRevocation() => new() { VerificationFlags = X509VerificationFlags.IgnoreEndRevocationUnknown | X509VerificationFlags.IgnoreCertificateAuthorityRevocationUnknown };

    public X509ChainPolicy OwnRoot(X509Certificate2 root)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust };
        policy.CustomTrustStore.Add(root);
        return policy;
    }

    public void AsConfigured(X509Chain chain, X509VerificationFlags flags) => chain.ChainPolicy.VerificationFlags = flags;

    public string SqlText() => "Server=db;Encrypt=True;TrustServerCertificate=False";

    public string Prose() => "Set TrustServerCertificate to True only for tests; TrustServerCertificate = x";

    public string PostgresText() => "Host=db;SSL Mode=VerifyFull;Root Certificate=/etc/root.pem";

    public NpgsqlConnectionStringBuilder Builder() => new() { TrustServerCertificate = false };

    public NpgsqlConnectionStringBuilder Configured(bool value) => new() { TrustServerCertificate = value };
}
