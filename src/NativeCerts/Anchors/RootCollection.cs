using NativeCerts.Certificates;

namespace NativeCerts.Anchors;

/// <summary>Collects roots and problems from one source after the other; a distrusted certificate is out, whatever the order.</summary>
internal sealed class RootCollection(DateTimeOffset now)
{
    private readonly long _now = now.ToUnixTimeSeconds();
    private readonly DerSet _known = new();
    private readonly DerSet _rejected = new();
    private readonly DerSet _reported = new();
    private readonly List<TrustedRoot> _roots = [];
    private byte[] _scratch = [];

    /// <summary>The problems so far.</summary>
    public List<TrustProblem> Problems { get; } = [];

    /// <summary>How many roots there are so far, those included that turned out to be distrusted.</summary>
    public int Count => _roots.Count;

    /// <summary>The roots that are left when everything was read.</summary>
    public List<TrustedRoot> Roots()
    {
        if (_rejected.Count > 0) _roots.RemoveAll(root => _rejected.Find(root.Der.Span) >= 0);
        return _roots;
    }

    /// <summary>Reads the certificates of a PEM text; they are decoded in place, so that the text is no more afterwards.</summary>
    public SourceOutcome AddPem(Memory<byte> text, CertificateSource source)
    {
        var outcome = default(SourceOutcome);
        var reader = new PemReader(text.Span);
        var (line, counted) = (1, 0);
        var hasForeignData = false;
        while (reader.Read())
        {
            outcome.HasPrivateKey |= reader.Label == PemLabel.PrivateKey;
            if (reader.Label is PemLabel.Other or PemLabel.PrivateKey) continue;
            outcome.Certificates++;
            line += text.Span[counted..reader.Start].Count((byte)'\n');
            counted = reader.Start;
            var lines = reader.Body.Count((byte)'\n');
            var place = new Place(outcome.Certificates, line);
            // A fresh page of memory costs more than decoding into it: the text's own pages are there already.
            var block = text.Slice(reader.BodyStart, reader.Body.Length);
            var defect = Decode(reader.Body, reader.IsWhole, block.Span, out var written, out var length);
            line += lines;
            counted += reader.BodyStart - reader.Start + block.Length;
            if (defect is not null)
            {
                AddMalformed(source, place, defect);
                continue;
            }

            hasForeignData |= length < written;
            var trust = reader.Label == PemLabel.TrustedCertificate ? AuxiliaryTrustParser.Parse(block.Span[length..written]) : AuxiliaryTrust.Unspecified;
            Add(block[..length], trust, source, place, ref outcome);
        }

        outcome.IsStrict = reader.IsStrict && !hasForeignData;
        return outcome;
    }

    private string? Decode(ReadOnlySpan<byte> body, bool isWhole, Span<byte> destination, out int written, out int length)
    {
        written = length = 0;
        if (!isWhole) return "it is cut off before its end line";
        if (_scratch.Length < body.Length) _scratch = new byte[Math.Max(body.Length, 8192)];
        if (!PemBody.TryDecode(body, _scratch, destination, out written)) return "it is not base64";
        length = DerReader.FirstValueLength(destination[..written]);
        return length < 0 ? "it is not one DER sequence" : null;
    }

    /// <summary>Reads a file that is one certificate in DER.</summary>
    public SourceOutcome AddDer(ReadOnlyMemory<byte> file, CertificateSource source)
    {
        var outcome = new SourceOutcome { Certificates = 1 };
        Add(file[..DerReader.FirstValueLength(file.Span)], AuxiliaryTrust.Unspecified, source, null, ref outcome);
        return outcome;
    }

    private void Add(ReadOnlyMemory<byte> der, AuxiliaryTrust trust, CertificateSource source, Place? place, ref SourceOutcome outcome)
    {
        if (_known.Find(der.Span) >= 0 && trust == AuxiliaryTrust.Unspecified && _rejected.Count == 0)
        {
            outcome.Known++;
            outcome.Usable++;
            return;
        }

        if (CertificateParser.Parse(der.Span, out var fields) is { } defect)
        {
            AddMalformed(source, place, defect);
            return;
        }

        if (trust == AuxiliaryTrust.Rejected) _rejected.Add(der);
        var verdict = AnchorRule.Judge(fields, _now, source.Authority);
        if (_rejected.Find(der.Span) >= 0) AddLeftOut(source, der, AnchorProblem.Distrusted(fields));
        else if (trust == AuxiliaryTrust.NotForServers) AddLeftOut(source, der, AnchorProblem.Describe(AnchorVerdict.NotForServers, fields, source));
        else if (trust == AuxiliaryTrust.Malformed) AddMalformed(source, place, "its trust settings are malformed");
        else if (verdict is AnchorVerdict.Trusted or AnchorVerdict.TrustedLater)
        {
            outcome.Usable++;
            if (_known.Add(der)) _roots.Add(new TrustedRoot(der, source.Path, source.Origin));
            else outcome.Known++;
            if (verdict == AnchorVerdict.TrustedLater) AddLeftOut(source, der, AnchorProblem.Describe(verdict, fields, source));
        }
        else
        {
            AddLeftOut(source, der, AnchorProblem.Describe(verdict, fields, source));
        }
    }

    private void AddMalformed(CertificateSource source, Place? place, string defect)
    {
        var subject = place is { } block ? $"certificate {block.Number} of `{source.Path}` (line {block.Line})" : $"the certificate in `{source.Path}`";
        Problems.Add(new TrustProblem(TrustProblemSeverity.Warning, source.Path, $"{subject} is malformed and left out: {defect}", "replace it with a fresh copy, or remove it"));
    }

    // Once each: a bundle and the folder beside it hold the same certificates.
    private void AddLeftOut(CertificateSource source, ReadOnlyMemory<byte> der, (string Message, string? Hint) problem)
    {
        if (source.LeftOut != TrustProblemSeverity.Information || _reported.Add(der)) Problems.Add(new TrustProblem(source.LeftOut, source.Path, problem.Message, problem.Hint));
    }

    /// <summary>Where in a file a certificate stands, counted from 1.</summary>
    private readonly record struct Place(int Number, int Line);
}
