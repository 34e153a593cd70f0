using NativeCerts.Certificates;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Explain;

/// <summary>All that is said of a server: text and JSON are made from this.</summary>
internal sealed class Explanation
{
    private Explanation(ServerAddress server, SentChain sent) => (Server, Sent) = (server, sent);

    /// <summary>The server.</summary>
    public ServerAddress Server { get; }

    /// <summary>What it sent.</summary>
    public SentChain Sent { get; }

    /// <summary>The certificates that it sent and that can be read, in their order.</summary>
    public IReadOnlyList<CertificateDetails> Certificates { get; private init; } = [];

    /// <summary>The judgement for a client that trusts the operating system's store; <see langword="null"/> where no certificate came.</summary>
    public ChainReport? Report { get; private set; }

    /// <summary>What the judgement was made from; <see langword="null"/> where no certificate came.</summary>
    public ChainInput? Input { get; private init; }

    /// <summary>The names of the lists that the root is in.</summary>
    public IReadOnlyList<string> TrustedBy { get; private init; } = [];

    /// <summary>What the installed tools will make of it, as far as that is known.</summary>
    public IReadOnlyList<ToolForecast> Tools { get; private init; } = [];

    /// <summary>The installed tools of which nothing is known without trying them.</summary>
    public IReadOnlyList<InstalledTool> Untold { get; private init; } = [];

    /// <summary>The command that tries one of these; <see langword="null"/> for a server that does not begin with TLS: doctor has none.</summary>
    public string? Trial => Server.Greeting is TlsGreeting.None ? $"nctrust doctor --url https://{Server.Text} TOOL" : null;

    /// <summary>Whether a client that trusts the operating system's store accepts the server.</summary>
    public bool IsAccepted => Report is { IsAccepted: true };

    /// <summary>The one thing to do; <see langword="null"/> where nothing is to be done.</summary>
    public string? Fix
    {
        get
        {
            if (Report is null) return Sent.Failure is ConnectionFailure.PlainHttp ? "use `http://`, or the port on which the server has TLS" : $"see what it says: openssl s_client -connect {Server.Text}";
            if (Report.Cause is { } cause) return cause.Remedy;
            return Tools.FirstOrDefault(verdict => verdict is { Alone: not null, UnderNctrust: null }) is { } refusing ? $"nctrust run {(HasAdditional ? "--ca FILE " : "")}-- {Path.GetFileName(refusing.Tool.Path)} ..." : null;
        }
    }

    // What `--ca` named for this answer has to be named for the run as well.
    private bool HasAdditional { get; init; }

    /// <summary>The answer in one sentence.</summary>
    public string Headline
    {
        get
        {
            if (Report is null) return Failure(Sent);
            if (Report.Cause is { } cause) return cause.Message;
            var root = Report.Path.Top.ShortSubject;
            var addition = Report.Findings.FirstOrDefault(finding => finding.Kind is ChainFindingKind.Inspection or ChainFindingKind.PrivateAuthority);
            var learned = Report.Findings.Any(finding => finding.Kind is ChainFindingKind.Learned) ? ", with an intermediate that the server leaves out and that was learned," : "";
            return $"the chain is in order{learned} and ends in `{root}`, which the operating system trusts{(addition is null ? "" : $"; {addition.Message}")}";
        }
    }

    /// <summary>Makes one of a server that showed no certificate.</summary>
    public static Explanation Of(ServerAddress server, SentChain sent) => new(server, sent);

    /// <summary>Makes one of a chain.</summary>
    /// <param name="server">The server.</param>
    /// <param name="sent">What it sent.</param>
    /// <param name="sources">The lists of roots.</param>
    /// <param name="tools">The tools that are installed.</param>
    /// <param name="registry">What they run on.</param>
    /// <param name="now">The moment.</param>
    public static Explanation Of(ServerAddress server, SentChain sent, ExplainSources sources, IReadOnlyList<InstalledTool> tools, ProfileRegistry registry, DateTimeOffset now)
    {
        var (certificates, malformed) = (new List<CertificateDetails>(), new List<string>());
        for (var i = 0; i < sent.Certificates.Count; i++)
        {
            if (CertificateDetails.Read(sent.Certificates[i], out var details) is { } defect) malformed.Add($"certificate {i + 1} that the server sends is malformed: {defect}");
            else certificates.Add(details!);
        }

        if (certificates.Count == 0) return new(server, sent with { Failure = ConnectionFailure.OtherProtocol, Reason = malformed.FirstOrDefault("sends no certificate") });
        var known = new Dictionary<(string, string), bool?>();
        var input = new ChainInput
        {
            Sent = certificates,
            Malformed = malformed,
            Server = server,
            Trusted = sources.System,
            LeftOut = sources.LeftOut,
            Public = sources.Public,
            Learned = sources.Learned,
            Others = sources.Named,
            Added = sources.Added,
            Now = now,
            Verify = (certificate, issuer) => known.TryGetValue((certificate.Fingerprint, issuer.Fingerprint), out var verdict) ? verdict : known[(certificate.Fingerprint, issuer.Fingerprint)] = SignatureCheck.Verify(certificate, issuer),
        };
        var report = ChainJudge.Judge(input);
        var forecaster = new ToolForecaster(input, sources, registry);
        List<ToolForecast> forecasts = [.. tools.Select(forecaster.Tell).OfType<ToolForecast>()];
        RootList[] lists = [sources.System, sources.Public, .. sources.Named];
        return new(server, sent)
        {
            Certificates = certificates,
            Report = report,
            Input = input,
            TrustedBy = report.Path.HasRoot ? [.. lists.Where(list => list.HoldsKeyOf(report.Path.Top)).Select(list => list.Name)] : [],
            HasAdditional = sources.HasAdditional,
            Tools = forecasts,
            Untold = [.. tools.Except(forecasts.Select(forecast => forecast.Tool))],
        };
    }

    /// <summary>Adds what was asked for besides.</summary>
    public void Add(IEnumerable<ChainFinding> findings)
    {
        if (Report is not null) Report = Report with { Findings = [.. Report.Findings.Concat(findings).OrderBy(finding => finding.Kind)] };
    }

    private static string Failure(SentChain sent) => sent.Failure switch
    {
        ConnectionFailure.PlainHttp => "the server speaks plain HTTP on this port: there is no TLS, and no certificate",
        ConnectionFailure.OtherProtocol => $"the server {sent.Reason}",
        ConnectionFailure.Handshake => $"the server broke TLS off before it showed a certificate{(sent.Reason.Length > 0 ? $": {sent.Reason}" : "")}",
        ConnectionFailure.UnknownHost => $"the name does not resolve: {sent.Reason}",
        ConnectionFailure.TimedOut => $"nothing came back {sent.Reason}",
        ConnectionFailure.Proxy => $"the proxy {sent.Reason}",
        _ => $"the server cannot be reached: {sent.Reason}",
    };
}
