// Libraries that the samples need, by name and shape alone: the audit goes by those.
using System.Security.Cryptography.X509Certificates;

namespace Npgsql
{
    public sealed class NpgsqlConnectionStringBuilder
    {
        public bool TrustServerCertificate { get; set; }
    }
}

namespace System.DirectoryServices.Protocols
{
    public sealed class LdapConnection;

    public delegate bool VerifyServerCertificateCallback(LdapConnection connection, X509Certificate certificate);
}

namespace System.IdentityModel.Selectors
{
    public abstract class X509CertificateValidator
    {
        public abstract void Validate(X509Certificate2 certificate);
    }
}

namespace System.Net
{
    public interface ICertificatePolicy
    {
        bool CheckValidationResult(object point, X509Certificate certificate, WebRequest request, int problem);
    }
}
