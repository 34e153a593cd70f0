using System.Formats.Asn1;
using NativeCerts.Certificates;

namespace NativeCerts.Run.Explain;

/// <summary>Asks whether the certificates of a chain were revoked: the responders that they name, and where these don't tell, the lists.</summary>
/// <param name="http">By what it is asked.</param>
/// <param name="now">The moment.</param>
internal sealed class Revocation(PlainHttp http, DateTimeOffset now)
{
    private const int LargestAnswer = 64 * 1024, LargestList = 16 * 1024 * 1024;

    /// <summary>Asks for each certificate below the root whose issuer is known.</summary>
    public async Task<IReadOnlyList<ChainFinding>> AskAsync(ChainPath path)
    {
        var findings = new List<ChainFinding>();
        for (var i = 0; i + 1 < path.Links.Count; i++) findings.Add(await AskAsync(path.Links[i].Certificate, path.Links[i + 1].Certificate));
        return findings;
    }

    private async Task<ChainFinding> AskAsync(CertificateDetails certificate, CertificateDetails issuer)
    {
        var obstacles = new List<string>();
        foreach (var url in certificate.Extensions.OcspUrls)
        {
            if (await TryAsync("the OCSP responder", url, obstacles, async () => OcspExchange.Read(await http.FetchAsync(url, LargestAnswer, ("application/ocsp-request", OcspExchange.Ask(certificate, issuer))), certificate, issuer, now), certificate) is { } finding) return finding;
        }

        foreach (var url in certificate.Extensions.RevocationListUrls)
        {
            if (await TryAsync("the list", url, obstacles, async () => RevocationList.Find(await http.FetchAsync(url, LargestList), certificate, issuer, now), certificate) is { } finding) return finding;
        }

        var why = obstacles.Count == 0 ? "it names neither a responder nor a list" : string.Join("; ", obstacles);
        return new(ChainFindingKind.RevocationUnknown, $"whether `{certificate.ShortSubject}` was revoked cannot be told: {why}", null);
    }

    private static async Task<ChainFinding?> TryAsync(string who, string url, List<string> obstacles, Func<Task<RevocationAnswer>> ask, CertificateDetails certificate)
    {
        try
        {
            var answer = await ask();
            return answer.Since is { } since
                ? new(ChainFindingKind.Revoked, $"`{certificate.ShortSubject}` was revoked on {ChainJudge.Date(since)}{answer.Why}, says {who} at {SentChain.Printable(url)}", "the server's administrator has a new certificate issued")
                : new(ChainFindingKind.NotRevoked, $"`{certificate.ShortSubject}` is not revoked as of {ChainJudge.Date(answer.AsOf)}, says {who} at {SentChain.Printable(url)}", null);
        }
        catch (FetchFailedException e)
        {
            obstacles.Add(e.Message);
        }
        catch (RevocationFailedException e)
        {
            obstacles.Add($"what is at {SentChain.Printable(url)} {e.Message}");
        }
        catch (AsnContentException)
        {
            // The certificate itself: its fields were read by looser rules.
            obstacles.Add("its own fields are not in DER");
        }

        return null;
    }
}
