using System.Security.Cryptography.X509Certificates;
using NativeCerts.Run.Doctor.Probing;

namespace TestSupport;

/// <summary>A throw-away certificate authority for tests.</summary>
/// <param name="name">The common name; unique by default, so that two authorities never share a subject.</param>
/// <param name="notBefore">The start of validity; an hour ago by default.</param>
/// <param name="notAfter">The end of validity; in a day by default.</param>
/// <param name="adjust">A last change of the request, to make a defect.</param>
public sealed class TestAuthority(string? name = null, DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null, Action<CertificateRequest>? adjust = null)
    : ThrowAwayAuthority(name ?? $"nctrust test root {Guid.NewGuid():N}", notBefore, notAfter, adjust);
