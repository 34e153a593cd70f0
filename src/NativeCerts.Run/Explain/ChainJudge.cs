using System.Globalization;
using System.Net;
using NativeCerts.Certificates;

namespace NativeCerts.Run.Explain;

/// <summary>
/// Judges a chain as RFC 5280, 6.1 and RFC 9525 have it, and names each cause. The folder Explain looks at one server: what it sent, where
/// that leads, and which tools go along; the judgement is pure, and connecting is a matter of <see cref="ServerConnection"/> alone.
/// </summary>
internal sealed class ChainJudge
{
    private const int SmallestRsaKey = 2048;
    private const int MostNames = 6;

    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    private readonly ChainInput _input;
    private readonly ChainPath _path;
    private readonly List<ChainFinding> _findings = [];

    private ChainJudge(ChainInput input)
    {
        _input = input;
        _path = ChainPath.Find(input.Sent, input.Trusted, [input.LeftOut, input.Public, .. input.Others], input.Learned, input.Verify);
    }

    private CertificateDetails Leaf => _input.Sent[0];

    /// <summary>Judges.</summary>
    public static ChainReport Judge(ChainInput input)
    {
        var judge = new ChainJudge(input);
        foreach (var defect in input.Malformed) judge.Add(ChainFindingKind.Malformed, defect, "the server's administrator replaces it");
        judge._findings.AddRange(RootJudge.Judge(input, judge._path));
        for (var i = 0; i < judge._path.Links.Count; i++) judge.JudgeLink(i);
        judge.JudgeName();
        judge.JudgeOrder();
        judge._findings.AddRange(StrictCheck.Judge(judge._path));
        if (judge._path.HasUncheckedSignature) judge.Add(ChainFindingKind.Unchecked, "a signature is by an algorithm that cannot be checked here, and is taken as good", null);
        return new(judge._path, [.. judge._findings.OrderBy(finding => finding.Kind)]);
    }

    /// <summary>A day, as sentences have it.</summary>
    internal static string Date(DateTimeOffset date) => date.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private void Add(ChainFindingKind kind, string message, string? remedy, int? at = null) => _findings.Add(new(kind, message, remedy) { At = at });

    private void JudgeLink(int index)
    {
        var certificate = _path.Links[index].Certificate;
        var name = Name(index);
        var isAnchor = _path.HasRoot && index == _path.Links.Count - 1 && index > 0;
        var renew = index == 0 ? "the server's administrator renews it" : isAnchor ? "the server's administrator sends a chain to a root that is in date" : "the server's administrator sends the issuer's current certificate in its place";
        // OpenSSL and Go look at a root's dates as well; at its own signature nobody does.
        if (certificate.NotAfter < _input.Now) Add(ChainFindingKind.Expired, $"{name} expired on {Date(certificate.NotAfter)}, {Ago(_input.Now - certificate.NotAfter)} ago", renew, index);
        else if (certificate.NotBefore > _input.Now) Add(ChainFindingKind.NotYetValid, $"{name} is not valid before {Date(certificate.NotBefore)}, and it is {Date(_input.Now)} now", "see whether this machine's clock is right: `date`", index);
        else if (certificate.NotAfter - _input.Now < Soon && certificate.NotAfter - certificate.NotBefore > 2 * Soon) Add(ChainFindingKind.ExpiresSoon, $"{name} expires on {Date(certificate.NotAfter)}", renew, index);
        if (!isAnchor && certificate.IsWeaklySigned && !(index == 0 && certificate.IsSelfSigned)) Add(ChainFindingKind.WeakSignature, $"{name} is signed with {Hash(certificate)}, which clients have refused since 2017", "the server's administrator has it issued anew, with SHA-256", index);
        if (certificate.RsaBits is > 0 and < SmallestRsaKey) Add(ChainFindingKind.SmallKey, $"{name} has an RSA key of {certificate.RsaBits} bits; OpenSSL refuses less than {SmallestRsaKey}", "the server's administrator has it issued anew, with a larger key", index);
        if (!isAnchor && certificate.Extensions.UnknownCritical.Count > 0) Add(ChainFindingKind.UnknownCriticalExtension, $"{name} has a critical extension that clients do not know (`{certificate.Extensions.UnknownCritical[0]}`)", null, index);
        if (!certificate.Extensions.IsForServers) Add(ChainFindingKind.NotForServers, $"{name} is not for TLS servers: its extendedKeyUsage names `{string.Join("`, `", certificate.Extensions.Purposes!)}` alone", "the server's administrator has it issued for `serverAuth`", index);
        if (index > 0) JudgeIssuer(index, certificate, name, isAnchor);
    }

    private void JudgeIssuer(int index, CertificateDetails issuer, string name, bool isAnchor)
    {
        var issued = _path.Links[index - 1].Certificate;
        // A root of version 1 has no basicConstraints.
        if (issuer.IsAuthority is false || (issuer.IsAuthority is null && !isAnchor)) Add(ChainFindingKind.NotAnAuthority, $"{name} is no certificate authority (CA:FALSE), and has issued `{issued.ShortSubject}`", "the server's administrator has the certificate issued by an authority", index);
        else if (issuer.Extensions.MaySignCertificates is false) Add(ChainFindingKind.NotAnAuthority, $"{name} may not sign certificates (its keyUsage), and has issued `{issued.ShortSubject}`", "the server's administrator has the certificate issued by an authority", index);
        var below = _path.Links.Skip(1).Take(index - 1).Count(link => link.Certificate.SubjectName != link.Certificate.IssuerName);
        if (issuer.Extensions.PathLength is { } most && below > most) Add(ChainFindingKind.PathTooLong, $"{name} allows {most} intermediates below it, and there are {below}", "the server's administrator has the certificate issued by another authority", index);
        if (issuer.Extensions.HasMalformedConstraints) Add(ChainFindingKind.NameConstraint, $"{name} limits the names that it speaks for in a way that cannot be read", null, index);
        if (issuer.Extensions.NameConstraints is not { } constraints) return;
        var outside = Leaf.Extensions.DnsNames.Where(dns => !constraints.Allows(dns.TrimStart('*').TrimStart('.'))).Concat(Leaf.Extensions.Addresses.Where(address => !constraints.Allows(address)).Select(address => new IPAddress(address).ToString())).ToList();
        if (outside.Count > 0) Add(ChainFindingKind.NameConstraint, $"{name} may not speak for {List(outside)}: {Describe(constraints)}", "the server's administrator has the certificate issued by an authority that may", index);
    }

    private void JudgeName()
    {
        if (ServerName.Matches(Leaf, _input.Server)) return;
        List<string> names = [.. Leaf.Extensions.DnsNames, .. Leaf.Extensions.Addresses.Select(address => new IPAddress(address).ToString())];
        var message = names.Count > 0 ? $"the server's certificate is for {List(names)}, not for `{_input.Server.Host}`" : $"the server's certificate names no server (it has no subjectAltName; the `{Leaf.ShortSubject}` of its subject counts no more), and `{_input.Server.Host}` was asked for";
        Add(ChainFindingKind.WrongHost, message, names.Count > 0 ? "use one of these names, or the server's administrator has it issued for this one" : "the server's administrator has it issued with its name in subjectAltName", at: 0);
    }

    private void JudgeOrder()
    {
        var used = _path.Links.Where(link => link.IsSent).Select(link => link.SentAt).ToList();
        if (!used.SequenceEqual(used.Order())) Add(ChainFindingKind.Misordered, $"the server sends its certificates in the wrong order ({string.Join(", ", used.Select(place => place + 1))} is the right one); most clients sort them, some embedded ones refuse", "the server's administrator puts each behind the one that it has issued");
        var learned = _path.Links.Where(link => link.Source == _input.Learned.Name).Select(link => link.Certificate.ShortSubject).ToList();
        if (learned.Count > 0) Add(ChainFindingKind.Learned, $"the server leaves out {List(learned)}, which was learned: under `nctrust run` tools have it", $"`nctrust explain --forget {_input.Server.Url}` drops it");
        var superfluous = _input.Sent.Where((certificate, place) => !used.Contains(place)).ToList();
        if (superfluous.Count > 0) Add(ChainFindingKind.Superfluous, $"the server also sends {List([.. superfluous.Select(certificate => certificate.ShortSubject)])}, which leads nowhere", null);
    }

    private string Name(int index)
    {
        var link = _path.Links[index];
        return index == 0 ? $"the server's certificate `{link.Certificate.ShortSubject}`" : _path.HasRoot && index == _path.Links.Count - 1 ? $"the root `{link.Certificate.ShortSubject}`" : $"the intermediate `{link.Certificate.ShortSubject}`";
    }

    private static string Describe(NameConstraints constraints)
    {
        var permitted = constraints.PermittedNames.Concat(constraints.PermittedAddresses.Select(Network)).ToList();
        var excluded = constraints.ExcludedNames.Concat(constraints.ExcludedAddresses.Select(Network)).ToList();
        var only = permitted.Count > 0 ? $"only for {List(permitted)}" : "";
        return excluded.Count == 0 ? only : $"{only}{(only.Length > 0 ? ", " : "")}not for {List(excluded)}";
    }

    private static string Network(byte[] network) => $"{new IPAddress(network.AsSpan(0, network.Length / 2))}/{network.Skip(network.Length / 2).Sum(octet => byte.PopCount(octet))}";

    private static string List(List<string> names) => $"`{string.Join("`, `", names.Take(MostNames))}`{(names.Count > MostNames ? $" and {names.Count - MostNames} more" : "")}";

    private static string Hash(CertificateDetails certificate) => certificate.SignatureIdentifier == "1.2.840.113549.1.1.4" ? "MD5" : "SHA-1";

    private static string Ago(TimeSpan time) => time.TotalDays >= 2 ? $"{(int)time.TotalDays} days" : $"{(int)time.TotalHours} hours";
}
