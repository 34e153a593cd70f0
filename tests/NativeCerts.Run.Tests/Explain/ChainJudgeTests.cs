using NativeCerts.Certificates;
using NativeCerts.Run.Explain;
using TestSupport;
using TestSupport.Probing;

namespace NativeCerts.Run.Tests.Explain;

/// <summary>The judgement of a chain names each cause, and nothing else.</summary>
public sealed class ChainJudgeTests
{
    private static readonly ServerAddress Localhost = ServerAddress.Parse("localhost:443");

    [Fact(Timeout = 60_000)]
    public async Task Every_defect_that_clients_refuse_has_its_own_name()
    {
        await Task.Yield();
        using var authority = new TestAuthority("Root");
        using var chains = new DefectiveChains(authority);
        var expected = new Dictionary<string, ChainFindingKind>
        {
            ["expired"] = ChainFindingKind.Expired,
            ["not yet valid"] = ChainFindingKind.NotYetValid,
            ["wrong host"] = ChainFindingKind.WrongHost,
            ["self-signed"] = ChainFindingKind.SelfSigned,
            ["issuer without CA:TRUE"] = ChainFindingKind.NotAnAuthority,
            ["client-only EKU"] = ChainFindingKind.NotForServers,
            ["missing intermediate"] = ChainFindingKind.UnknownIssuer,
            ["name constraint"] = ChainFindingKind.NameConstraint,
            ["bad signature"] = ChainFindingKind.BadSignature,
            ["expired intermediate"] = ChainFindingKind.Expired,
        };
        foreach (var chain in chains.Defects)
        {
            var report = Judge([Read(authority.Der)], [], [Read(chain.Leaf.RawData), .. chain.Intermediates.Select(certificate => Read(certificate.RawData))]);
            Assert.Equal(expected[chain.Name], report.Cause?.Kind);
        }

        Assert.True(Judge([Read(authority.Der)], [], [Read(chains.Healthy.Leaf.RawData)]).IsAccepted);
        Assert.True(Judge([Read(authority.Der)], [], [Read(chains.HealthyIntermediate.Leaf.RawData), Read(chains.HealthyIntermediate.Intermediates[0].RawData)]).IsAccepted);
    }

    [Fact(Timeout = 60_000)]
    public async Task More_that_clients_refuse()
    {
        await Task.Yield();
        var root = IssuedCertificate.Root("Root");
        var flat = root.Intermediate("Flat", new() { PathLength = 0 });
        var below = flat.Intermediate("Below");
        Assert.Equal(ChainFindingKind.PathTooLong, Judge(root, below.Server(), below, flat).Cause?.Kind);
        Assert.True(Judge(root, flat.Server(), flat).IsAccepted);
        Assert.Equal(ChainFindingKind.SmallKey, Judge(root, root.Server(new() { KeySize = 1024 })).Cause?.Kind);
        Assert.Equal(ChainFindingKind.WrongHost, Judge(root, root.Server(new() { Hosts = [], CommonName = "localhost" })).Cause?.Kind);
        Assert.Equal(ChainFindingKind.BadSignature, Judge(root, root.Server(new() { Forger = IssuedCertificate.Root("Forger") })).Cause?.Kind);
        Assert.Equal(ChainFindingKind.UnknownCriticalExtension, Judge(root, root.Server(new() { Adjust = request => request.CertificateExtensions.Add(new("2.999.1", [5, 0], true)) })).Cause?.Kind);
        var weak = root.Intermediate("Weak", new() { Sha1 = true });
        Assert.Equal(ChainFindingKind.WeakSignature, Judge(root, weak.Server(), weak).Cause?.Kind);
        // A root's own signature protects nothing.
        var oldRoot = IssuedCertificate.Root("Old style", new() { Sha1 = true });
        Assert.True(Judge(oldRoot, oldRoot.Server(), oldRoot).IsAccepted);
        var limitedRoot = IssuedCertificate.Root("Limited", new() { Adjust = IssueOptions.OnlyElsewhere });
        Assert.Equal(ChainFindingKind.NameConstraint, Judge(limitedRoot, limitedRoot.Server()).Cause?.Kind);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_public_root_is_no_inspection_and_another_is_for_public_names_alone()
    {
        await Task.Yield();
        var root = IssuedCertificate.Root("Root");
        var leaf = root.Server(new() { Hosts = ["www.example.org", "intranet.corp", "localhost"] });
        var unrelated = IssuedCertificate.Root("Unrelated").Details;
        Assert.Empty(Judge([root.Details], [root.Details], [leaf.Details], "www.example.org").Findings);
        Assert.Equal(ChainFindingKind.Inspection, Assert.Single(Judge([root.Details], [unrelated], [leaf.Details], "www.example.org").Findings).Kind);
        Assert.Equal(ChainFindingKind.PrivateAuthority, Assert.Single(Judge([root.Details], [unrelated], [leaf.Details], "intranet.corp").Findings).Kind);
        // Without Mozilla's list nobody can tell.
        Assert.Empty(Judge([root.Details], [], [leaf.Details], "www.example.org").Findings);
        Assert.Equal(ChainFindingKind.RootNotInStore, Judge([unrelated], [root.Details], [leaf.Details, root.Details], "www.example.org").Cause?.Kind);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_Python_refuses_and_what_is_superfluous_is_a_note()
    {
        await Task.Yield();
        var root = IssuedCertificate.Root("Root", new() { HasSubjectKey = false });
        var unrelated = IssuedCertificate.Root("Unrelated");
        var report = Judge(root, root.Server(), unrelated);
        Assert.True(report.IsAccepted);
        Assert.Contains(report.Findings, finding => finding.Kind is ChainFindingKind.NotStrict && finding.Message.Contains("`CN=Root` lacks a subjectKeyIdentifier", StringComparison.Ordinal));
        Assert.Contains(report.Findings, finding => finding.Kind is ChainFindingKind.Superfluous && finding.Message.Contains("`CN=Unrelated`", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task Of_two_roots_with_one_name_the_one_that_signed_counts()
    {
        await Task.Yield();
        var (wrong, right) = (IssuedCertificate.Root("Root", new() { HasSubjectKey = false }), IssuedCertificate.Root("Root", new() { HasSubjectKey = false }));
        Assert.True(Judge([wrong.Details, right.Details], [], [right.Server().Details]).IsAccepted);
        Assert.Equal(ChainFindingKind.BadSignature, Judge([wrong.Details], [], [right.Server().Details]).Cause?.Kind);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("a.example.org", "a.example.org", true)]
    [InlineData("A.Example.ORG", "a.example.org", true)]
    [InlineData("*.example.org", "a.example.org", true)]
    [InlineData("*.example.org", "example.org", false)]
    [InlineData("*.example.org", "a.b.example.org", false)]
    [InlineData("*.org", "example.org", false)]
    [InlineData("a.*.org", "a.example.org", false)]
    [InlineData("example.org", "a.example.org", false)]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "127.0.0.2", false)]
    public async Task Names_match_as_RFC_9525_has_it(string name, string host, bool matches)
    {
        await Task.Yield();
        Assert.Equal(matches, ServerName.Matches(IssuedCertificate.Root("Root").Server(new() { Hosts = [name] }).Details, ServerAddress.Parse(host)));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("https://example.org", "example.org:443")]
    [InlineData("https://user@example.org:8443/path?x#y", "example.org:8443")]
    [InlineData("example.org", "example.org:443")]
    [InlineData("example.org:993", "example.org:993")]
    [InlineData("[2001:db8::1]:8443", "[2001:db8::1]:8443")]
    [InlineData("2001:db8::1", "[2001:db8::1]:443")]
    [InlineData("https://bücher.example", "xn--bcher-kva.example:443")]
    [InlineData("smtp://mail.example.org", "mail.example.org:25")]
    [InlineData("postgres://me@db.example.org/data", "db.example.org:5432")]
    public async Task Servers_are_read_as_they_are_typed(string text, string server)
    {
        await Task.Yield();
        Assert.Equal(server, ServerAddress.Parse(text).Text);
    }

    private static ChainReport Judge(IssuedCertificate root, params IssuedCertificate[] sent) => Judge([root.Details], [], [.. sent.Select(certificate => certificate.Details)]);

    private static ChainReport Judge(CertificateDetails[] trusted, CertificateDetails[] listed, CertificateDetails[] sent, string host = "localhost") => ChainJudge.Judge(new()
    {
        Sent = sent,
        Server = host == "localhost" ? Localhost : ServerAddress.Parse(host),
        Trusted = new("the operating system's store", trusted),
        Public = new("Mozilla's list", listed),
        Now = DateTimeOffset.UtcNow,
        Verify = SignatureCheck.Verify,
    });

    private static CertificateDetails Read(byte[] der)
    {
        Assert.Null(CertificateDetails.Read(der, out var details));
        return details!;
    }
}
