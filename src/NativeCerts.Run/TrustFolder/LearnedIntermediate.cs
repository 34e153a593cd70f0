using System.Text;
using NativeCerts.Certificates;

namespace NativeCerts.Run.TrustFolder;

/// <summary>An intermediate that a server should have sent, and that the user had fetched: <c>nctrust explain --learn</c>.</summary>
/// <param name="Path">Its file: lines with the servers that it was learned for, then in PEM the intermediate, what stands above it, and last the root.</param>
/// <param name="Servers">For which servers it was learned, <c>host:port</c>.</param>
/// <param name="Chain">The intermediate, what stands above it, and last the root; each DER.</param>
internal sealed record LearnedIntermediate(string Path, IReadOnlyList<string> Servers, IReadOnlyList<ReadOnlyMemory<byte>> Chain)
{
    private const string ServerLine = "# for ";

    /// <summary>The intermediate, DER.</summary>
    public ReadOnlyMemory<byte> Der => Chain[0];

    /// <summary>The root that it leads to, DER.</summary>
    public ReadOnlyMemory<byte> Root => Chain[^1];

    /// <summary>Reads a file.</summary>
    /// <returns><see langword="null"/> where it is not as it was written.</returns>
    public static LearnedIntermediate? Read(string path, ReadOnlySpan<byte> content)
    {
        List<ReadOnlyMemory<byte>> chain = [];
        var reader = new PemReader(content);
        var scratch = new byte[content.Length];
        while (reader.Read())
        {
            var der = new byte[reader.Body.Length];
            if (reader.Label is not PemLabel.Certificate || !reader.IsWhole || !PemBody.TryDecode(reader.Body, scratch, der, out var written)) return null;
            chain.Add(der.AsMemory(0, written));
        }

        if (chain.Count < 2) return null;
        List<string> servers = [];
        foreach (var line in Encoding.UTF8.GetString(content).Split('\n'))
        {
            if (!line.StartsWith(ServerLine, StringComparison.Ordinal)) break;
            servers.Add(line[ServerLine.Length..]);
        }

        return new(path, servers, chain);
    }

    /// <summary>The file's content.</summary>
    public byte[] ToText()
    {
        var text = new StringBuilder();
        foreach (var server in Servers) text.Append(ServerLine).Append(server).Append('\n');
        foreach (var der in Chain)
        {
            var block = new byte[PemWriter.GetLength(der.Length)];
            text.Append(Encoding.ASCII.GetString(block, 0, PemWriter.Write(der.Span, block)));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Why it is not to be given to tools; <see langword="null"/> where it is.</summary>
    /// <remarks>
    /// The signatures were verified when it was learned, and the root is compared byte by byte: it is the one that was there then. So no cryptography
    /// is needed here, where every run comes by.
    /// </remarks>
    /// <param name="roots">What is trusted.</param>
    /// <param name="now">The moment, in seconds since 1970.</param>
    public string? Flaw(IReadOnlyList<TrustedRoot> roots, long now)
    {
        var isTrusted = false;
        foreach (var root in roots) isTrusted |= root.Der.Span.SequenceEqual(Root.Span);
        if (!isTrusted) return "its root is no longer in the store";
        for (var i = 0; i < Chain.Count; i++)
        {
            if (CertificateParser.Parse(Chain[i].Span, out var fields) is not null) return "it is malformed";
            if (now < fields.NotBefore || now > fields.NotAfter) return i == 0 ? "it is out of date" : "what stands above it is out of date";
            if (i == Chain.Count - 1) break;
            if (fields.IsAuthority is not true || !fields.IsForServers) return "it is no authority for TLS servers";
            if (CertificateParser.Parse(Chain[i + 1].Span, out var issuer) is not null || !AreSame(fields.Issuer, issuer.Subject)) return "it was not issued by what stands above it";
        }

        return null;
    }

    private static bool AreSame(ReadOnlySpan<byte> name, ReadOnlySpan<byte> other)
    {
        if (name.SequenceEqual(other)) return true;
        var (canonical, otherCanonical) = (new byte[name.Length * 4 + 16], new byte[other.Length * 4 + 16]);
        return canonical.AsSpan(0, CanonicalName.Write(name, canonical)).SequenceEqual(otherCanonical.AsSpan(0, CanonicalName.Write(other, otherCanonical)));
    }
}
