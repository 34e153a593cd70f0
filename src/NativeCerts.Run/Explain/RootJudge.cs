namespace NativeCerts.Run.Explain;

/// <summary>Judges the end of a chain: which root it is, who trusts it, and who put it there.</summary>
internal static class RootJudge
{
    /// <summary>Judges.</summary>
    public static IEnumerable<ChainFinding> Judge(ChainInput input, ChainPath path)
    {
        var last = path.Links.Count - 1;
        if (path.IsForged) yield return new(ChainFindingKind.BadSignature, $"the signature of `{path.Top.ShortSubject}` is not that of its issuer `{path.Top.ShortIssuer}`: it was changed, or somebody pretends to be that issuer", "don't connect; the server's administrator replaces the certificate") { At = last };
        else if (!path.HasRoot) yield return Unfinished(input, path) with { At = last + 1 };
        else if (!path.IsTrusted) yield return Untrusted(input, path) with { At = last };
        else if (Addition(input, path) is { } addition) yield return addition with { At = last };
    }

    private static ChainFinding Unfinished(ChainInput input, ChainPath path)
    {
        var top = path.Top;
        var isLeaf = path.Links.Count == 1;
        var url = top.Extensions.IssuerUrls.FirstOrDefault(address => address.StartsWith("http://", StringComparison.OrdinalIgnoreCase));
        if (!isLeaf) return new(ChainFindingKind.UnknownRoot, $"the chain leads to the root `{top.ShortIssuer}`, which is not in {input.Trusted.Name}, and in no other list here{Suspicion(path)}", TrustIt);
        if (url is not null || input.Sent.Count > 1) return new(
            ChainFindingKind.IncompleteChain,
            $"the chain is incomplete: the server does not send the intermediate `{top.ShortIssuer}`, which issued its certificate{(url is null ? "" : $" (it is at {url})")}; browsers find it, most tools do not",
            url is null ? "the server's administrator adds it behind the server's certificate" : $"nctrust explain {input.Server.Url} --learn");
        return new(
            ChainFindingKind.UnknownIssuer,
            $"the issuer `{top.ShortIssuer}` of the server's certificate is neither sent by the server nor in {input.Trusted.Name}: it is a root that is not trusted here, or an intermediate that the server leaves out",
            $"ask who runs the server for it; with its certificate in a file: `nctrust run --ca FILE -- COMMAND`");
    }

    private const string TrustIt = "if it is your company's or your own, get it from who runs it, and trust it for one command: `nctrust run --ca ROOT.pem -- COMMAND`";

    private static ChainFinding Untrusted(ChainInput input, ChainPath path)
    {
        var root = path.Top;
        if (input.LeftOut.HoldsKeyOf(root))
        {
            var reason = root.NotAfter < input.Now ? $"it expired on {ChainJudge.Date(root.NotAfter)}" : "it is distrusted, or not for TLS servers";
            return new(ChainFindingKind.RootLeftOut, $"the root `{root.ShortSubject}` is in the operating system's files, and left out: {reason}", "the server's administrator sends a chain to a root that is still trusted");
        }

        if (path.Links.Count == 1) return new(ChainFindingKind.SelfSigned, $"the server's certificate `{root.ShortSubject}` is self-signed, and not in {input.Trusted.Name}", "if it is your own server, trust this certificate for one command: `nctrust run --ca CERTIFICATE.pem -- COMMAND`");
        if (input.Public.HoldsKeyOf(root) && input.Public.Name != input.Trusted.Name) return new(ChainFindingKind.RootNotInStore, $"the root `{root.ShortSubject}` is in Mozilla's public list, and not in {input.Trusted.Name}", "update the operating system's list: the package `ca-certificates`");
        return new(ChainFindingKind.UnknownRoot, $"the root `{root.ShortSubject}` is not in {input.Trusted.Name}{Elsewhere(input, path)}{Suspicion(path)}", TrustIt);
    }

    private static string Elsewhere(ChainInput input, ChainPath path) =>
        input.Others.FirstOrDefault(list => list.HoldsKeyOf(path.Top) && list.Name != input.Trusted.Name) is { } list ? $", but in {list.Name}" : ", and in no other list here";

    private static string Suspicion(ChainPath path) => Product(path) is { } product ? $": by its name this is TLS inspection by {product}" : "";

    // Of the server's own certificate only the issuer: what it calls itself is the name of a server.
    private static string? Product(ChainPath path) => path.Links.Skip(1).Select(link => InspectionProducts.Find(link.Certificate.Subject)).Append(InspectionProducts.Find(path.Top.Issuer)).FirstOrDefault(found => found is not null);

    /// <summary>Whether somebody has added the root, and whether that is how inspection looks.</summary>
    private static ChainFinding? Addition(ChainInput input, ChainPath path)
    {
        var root = path.Top;
        var product = Product(path);
        var isAdded = input.Added.TryGetValue(root.Fingerprint, out var file);
        var isPublic = input.Public.Certificates.Count > 0 && input.Public.HoldsKeyOf(root);
        if (isPublic || (input.Public.Certificates.Count == 0 && !isAdded && product is null)) return null;
        var place = isAdded ? $", added by an administrator with `{file}`" : "";
        var where = $"the root `{root.ShortSubject}` is in {input.Trusted.Name}{place}, and not in Mozilla's public list";
        if (product is not null) return new(ChainFindingKind.Inspection, $"{where}: this is TLS inspection by {product}", "tools with roots of their own need it too: `nctrust run -- COMMAND`");
        return PublicName.Is(input.Server)
            ? new(ChainFindingKind.Inspection, $"{where}: this looks like TLS inspection", "tools with roots of their own need it too: `nctrust run -- COMMAND`")
            : new(ChainFindingKind.PrivateAuthority, $"{where}: a private authority", "tools with roots of their own need it too: `nctrust run -- COMMAND`");
    }
}
