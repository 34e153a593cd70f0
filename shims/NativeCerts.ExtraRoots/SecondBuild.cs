using System;
using System.Security.Cryptography.X509Certificates;

namespace NativeCerts.ExtraRoots;

/// <summary>A chain that the operating system does not trust is built a second time, with the roots that the run adds. This folder is all that the overlay's <c>X509Chain.Build</c> calls.</summary>
/// <remarks>
/// All but the anchors stays as the program has it: names, dates, purposes, constraints and revocation are verified by the runtime itself, in the
/// second build as in the first. What was refused for any of these is not built again. A program that names its own anchors
/// (<see cref="X509ChainTrustMode.CustomRootTrust"/>) has these alone.
/// </remarks>
public static class SecondBuild
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private const X509ChainStatusFlags Untrusted = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;

    // Where the issuer is not trusted, nobody's list of revoked certificates is believed. The second build asks again, and has to know.
    private const X509ChainStatusFlags Unanswered = X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation;

    [ThreadStatic]
    private static bool _isBuilding;

    /// <summary>Builds it again.</summary>
    /// <param name="first">The chain, built, and refused.</param>
    /// <param name="certificate">What it was built for.</param>
    /// <returns>Another chain that is built and trusted, for the first to take over; <see langword="null"/> where what the first says stands. It never throws.</returns>
    public static X509Chain? Of(X509Chain first, X509Certificate2 certificate)
    {
        if (_isBuilding) return null;
        _isBuilding = true;
        try
        {
            return IsForServer(first.ChainPolicy) && IsUntrustedAlone(first, certificate) && AddedCertificates.Read() is { } added ? Build(first, certificate, added) : null;
        }
        catch
        {
            // Then it is as if the run added nothing.
            return null;
        }
        finally
        {
            _isBuilding = false;
        }
    }

    private static X509Chain? Build(X509Chain first, X509Certificate2 certificate, AddedCertificates added)
    {
        // What was added between a server and the operating system's own roots makes nothing an anchor.
        if (added.Intermediates.Count > 0 && Build(first.ChainPolicy.Clone(), certificate, added) is { } native) return native;
        if (added.Roots.Count == 0) return null;
        var policy = first.ChainPolicy.Clone();
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.Clear();
        policy.CustomTrustStore.AddRange(added.Roots);
        return Build(policy, certificate, added);
    }

    private static X509Chain? Build(X509ChainPolicy policy, X509Certificate2 certificate, AddedCertificates added)
    {
        policy.ExtraStore.AddRange(added.Intermediates);
        var chain = new X509Chain { ChainPolicy = policy };
        var isTrusted = false;
        try
        {
            isTrusted = chain.Build(certificate);
            return isTrusted ? chain : null;
        }
        finally
        {
            if (!isTrusted) chain.Dispose();
        }
    }

    /// <summary>Whether TLS servers are what the chain is for: the roots were added for these, and for no clients, code or mail.</summary>
    private static bool IsForServer(X509ChainPolicy policy)
    {
        if (policy.TrustMode != X509ChainTrustMode.System) return false;
        if (policy.ApplicationPolicy.Count == 0) return true;
        foreach (var purpose in policy.ApplicationPolicy)
        {
            if (purpose.Value == ServerAuthentication) return true;
        }

        return false;
    }

    private static bool IsUntrustedAlone(X509Chain chain, X509Certificate2 certificate)
    {
        var flags = X509ChainStatusFlags.NoError;
        foreach (var status in chain.ChainStatus) flags |= status.Status;
        return (flags & Untrusted) != 0 && (flags & ~(Untrusted | Unanswered)) == 0
            // Another thread may have built the same chain for another certificate since.
            && chain.ChainElements.Count > 0 && chain.ChainElements[0].Certificate.RawData.AsSpan().SequenceEqual(certificate.RawData);
    }
}
