namespace NativeCerts.Run.Explain;

/// <summary>What OpenSSL's strict check demands, which Python switches on from 3.13 (<c>VERIFY_X509_STRICT</c>): crypto/x509/x509_vfy.c, <c>check_extensions</c>.</summary>
internal static class StrictCheck
{
    /// <summary>Judges the way to a trusted root.</summary>
    public static IEnumerable<ChainFinding> Judge(ChainPath path)
    {
        for (var i = 0; i < path.Links.Count && path.IsTrusted; i++)
        {
            var certificate = path.Links[i].Certificate;
            List<string> lacks = [];
            if (i > 0 && certificate.IsAuthority is not null && !certificate.Extensions.HasCriticalBasicConstraints) lacks.Add("a basicConstraints that is critical");
            if (i > 0 && certificate.Extensions.MaySignCertificates is null) lacks.Add("a keyUsage");
            if (i > 0 && certificate.SubjectKey.Length == 0) lacks.Add("a subjectKeyIdentifier");
            if (!certificate.IsSelfSigned && certificate.AuthorityKey.Length == 0) lacks.Add("an authorityKeyIdentifier");
            if (lacks.Count > 0) yield return new(ChainFindingKind.NotStrict, $"`{certificate.ShortSubject}` lacks {string.Join(" and ", lacks)}: Python 3.13 and later refuse it", "who issued it issues it anew with these extensions") { At = i };
        }
    }
}
