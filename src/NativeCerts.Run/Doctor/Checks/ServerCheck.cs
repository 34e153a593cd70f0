using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace NativeCerts.Run.Doctor.Checks;

/// <summary>Whether the operating system's store vouches for the user's own server: what no tool can do anything about.</summary>
internal static class ServerCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Looks.</summary>
    /// <param name="context">For the store.</param>
    /// <param name="server">The server.</param>
    public static async Task<Finding> FindAsync(DoctorContext context, ServerTarget server)
    {
        using var roots = new Certificates(context.Store.Roots.Select(root => X509CertificateLoader.LoadCertificate(root.Der.Span)));
        Finding? finding = null;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);
            limit.CancelAfter(Patience);
            using var client = new TcpClient(server.EndPoint.AddressFamily);
            await client.ConnectAsync(server.EndPoint, limit.Token);
            await using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, sent, errors) =>
            {
                finding = Judge(server, new X509Certificate2(certificate!), sent!.ChainPolicy.ExtraStore, roots.All, errors);
                return finding.Severity is Severity.Note;
            });
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = server.Host }, limit.Token);
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException or OperationCanceledException)
        {
            finding ??= Finding.Problem($"`{server.Url}` makes no TLS connection: {(e is OperationCanceledException ? $"no answer within {Patience.TotalSeconds} s" : e.Message.TrimEnd('.').ToLowerInvariant())}", new Remedy("see whether it speaks TLS on that port", $"openssl s_client -connect {server.Host}:{server.Port} -servername {server.Host}"));
        }

        return finding!;
    }

    private static Finding Judge(ServerTarget server, X509Certificate2 certificate, X509Certificate2Collection sent, X509Certificate2Collection roots, SslPolicyErrors errors)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.ExtraStore.AddRange(sent);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        // What most tools do: they fetch nothing that the server should have sent.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        var isTrusted = chain.Build(certificate);
        var flaws = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) return Finding.Problem($"the certificate of `{server.Url}` is not for `{server.Host}`", new Remedy("use a name that is in it, or have it issued for this one"));
        if (flaws.HasFlag(X509ChainStatusFlags.NotTimeValid)) return Finding.Problem($"a certificate of `{server.Url}` is out of date ({certificate.NotBefore.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} to {certificate.NotAfter.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)})", new Remedy("see whether this machine's clock is right, else have it renewed", "date"));
        var last = chain.ChainElements[^1].Certificate;
        if (isTrusted) return Finding.Note($"the operating system's store vouches for `{server.Url}`, by `{Name(last.SubjectName)}`");
        if (flaws.HasFlag(X509ChainStatusFlags.PartialChain) && last.Subject != last.Issuer)
        {
            return roots.Find(X509FindType.FindBySubjectDistinguishedName, last.Issuer, validOnly: false).Count == 0 && sent.Count <= 1
                ? Finding.Problem($"`{server.Url}` does not send the certificate of `{Name(last.IssuerName)}`, or its root is not in the store", new Remedy("have the server send its intermediate certificates, or add the root to the store"))
                : Finding.Problem($"the root `{Name(last.IssuerName)}` of `{server.Url}` is not in the store", new Remedy("add it to the store if it is to be trusted, or for one run", "nctrust run --ca FILE -- ..."));
        }

        return Finding.Problem($"the root `{Name(last.SubjectName)}` of `{server.Url}` is not in the store", new Remedy("add it to the store if it is to be trusted, or for one run", "nctrust run --ca FILE -- ..."));
    }

    private static string Name(X500DistinguishedName name) => Profiles.Conflicts.ConflictFinding.Printable(name.Name);

    private sealed class Certificates : IDisposable
    {
        public Certificates(IEnumerable<X509Certificate2> certificates) => All = [.. certificates];

        public X509Certificate2Collection All { get; }

        public void Dispose()
        {
            foreach (var certificate in All) certificate.Dispose();
        }
    }
}
