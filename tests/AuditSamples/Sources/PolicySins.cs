using System.DirectoryServices.Protocols;
using System.IdentityModel.Selectors;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace AuditSamples;

/// <summary>An LDAP connection that accepts any certificate, and one that does not.</summary>
public sealed class Ldap
{
    [Sin("policy-accepts-anything", Method = "Connect, lambda")]
    public VerifyServerCertificateCallback Connect() => new((_, _) => true);

    public VerifyServerCertificateCallback Clean() => new((_, certificate) => certificate.Subject == "CN=directory");
}

/// <summary>The policy of the whole process, as .NET Framework has it.</summary>
public sealed class AnyPolicy : ICertificatePolicy
{
    [Sin("policy-accepts-anything")]
    public bool CheckValidationResult(object point, X509Certificate certificate, WebRequest request, int problem) => true;
}

/// <summary>A policy that decides.</summary>
public sealed class CleanPolicy : ICertificatePolicy
{
    public bool CheckValidationResult(object point, X509Certificate certificate, WebRequest request, int problem) => problem == 0;
}

/// <summary>A WCF validator that does nothing.</summary>
public sealed class AnyValidator : X509CertificateValidator
{
    [Sin("policy-accepts-anything")]
    public override void Validate(X509Certificate2 certificate)
    {
    }
}

/// <summary>A WCF validator that decides.</summary>
public sealed class CleanValidator : X509CertificateValidator
{
    public override void Validate(X509Certificate2 certificate)
    {
        if (certificate.Subject != "CN=service") throw new InvalidOperationException();
    }
}
