using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AuditSamples;

/// <summary>The twins of the sins: callbacks that look alike and refuse what they must.</summary>
public sealed class CleanCallbacks
{
    private const string Pinned = "D1EB23A46D17D68FD92564C2F1F1601764D8E349";

    private readonly List<string> _log = [];
    private readonly X509Certificate2Collection _roots = [];
    private bool _acceptsAll;
    private SslPolicyErrors _last;

    public HttpClientHandler HandlerLambda() => new() { ServerCertificateCustomValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None };

    public HttpClientHandler HandlerDelegate() => new() { ServerCertificateCustomValidationCallback = delegate { return false; } };

    public HttpClientHandler Pins() => new() { ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString(HashAlgorithmName.SHA1) == Pinned };

    public HttpClientHandler PinsOnTop() => new() { ServerCertificateCustomValidationCallback = (_, certificate, _, errors) => errors == SslPolicyErrors.None && certificate!.Thumbprint == Pinned };

    public SocketsHttpHandler OwnRoots() => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, VerificationFlags = X509VerificationFlags.NoFlag },
        },
    };

    public bool OwnRootsByHand(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors) return false;
        chain!.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_roots);
        return chain.Build((X509Certificate2)certificate!);
    }

    public bool OneBranchRefuses(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        _log.Add(errors.ToString());
        return false;
    }

    public bool RefusesByThrowing(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors != SslPolicyErrors.None) throw new InvalidOperationException(errors.ToString());
        return true;
    }

    public bool RefusesByHelper(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Ensure(errors);
        return true;
    }

    public bool PinsByThrowing(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate!.GetCertHashString() != Pinned) throw new System.Security.Authentication.AuthenticationException("another certificate");
        return true;
    }

    public bool AsConfigured(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => _acceptsAll || errors == SslPolicyErrors.None;

    public bool ByVariable(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var result = true;
        if (errors != SslPolicyErrors.None) result = false;
        _last = errors;
        return result;
    }

    public bool InTry(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        try
        {
            Ensure(errors);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    public bool BySwitch(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => errors switch
    {
        SslPolicyErrors.None => true,
        SslPolicyErrors.RemoteCertificateNameMismatch => certificate!.Subject == "CN=here",
        _ => false,
    };

    public bool UntrustedRootOfOurs(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        foreach (var status in chain!.ChainStatus)
        {
            if (status.Status != X509ChainStatusFlags.UntrustedRoot) return false;
        }

        return chain.ChainElements[^1].Certificate.Thumbprint == Pinned;
    }

    public void WholeProcess() => ServicePointManager.ServerCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None;

    public void WholeProcessGivesUp() => ServicePointManager.ServerCertificateValidationCallback = null;

    // Not a TLS callback, though it says yes to everything.
    public bool Another(object sender, X509Certificate? certificate, X509Chain? chain) => true;

    public bool Accepts(X509Certificate2 certificate) => _acceptsAll = true;

    private static void Ensure(SslPolicyErrors errors)
    {
        if (errors != SslPolicyErrors.None) throw new InvalidOperationException();
    }
}
