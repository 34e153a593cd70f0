using System.Text.Json;
using NativeCerts.Run.Inventory;

namespace NativeCerts.Run.Explain;

/// <summary>
/// A server and its chain for programs: <c>server</c> (host:port), <c>host</c>, <c>port</c>, <c>tls</c> (its version), <c>accepted</c> (by a client that
/// trusts the operating system's store), <c>answer</c> (one sentence), <c>failure</c> (null, or why no certificate came), <c>sent</c> (the
/// certificates in the order of the handshake), <c>path</c> (from the server's own to the root: the fields of a certificate, and <c>sentAt</c>
/// from 0, null if it was not sent, and <c>source</c>), <c>trusted</c>, <c>trustedBy</c> and <c>findings</c> (<c>kind</c>, <c>fatal</c>,
/// <c>message</c>, <c>remedy</c>, and <c>at</c>: the place in <c>path</c>, its length for what is missing above it, null for no single one; the
/// cause first). Fields may be added, none is taken away or given another meaning.
/// </summary>
internal static class ChainJson
{
    /// <summary>Writes into an object.</summary>
    public static void WriteFields(Utf8JsonWriter json, Explanation explanation)
    {
        json.WriteString("server", explanation.Server.Text);
        json.WriteString("host", explanation.Server.Host);
        json.WriteNumber("port", explanation.Server.Port);
        json.WriteString("tls", explanation.Sent.TlsVersion);
        json.WriteBoolean("accepted", explanation.IsAccepted);
        json.WriteString("answer", explanation.Headline);
        json.WriteString("failure", explanation.Report is null ? Name(explanation.Sent.Failure) : null);
        JsonLists.Write(json, "sent", explanation.Certificates, certificate => CertificateJson.WriteFields(json, certificate));
        JsonLists.Write(json, "path", explanation.Report?.Path.Links ?? [], link =>
        {
            CertificateJson.WriteFields(json, link.Certificate);
            WriteNumber(json, "sentAt", link.IsSent ? link.SentAt : null);
            json.WriteString("source", link.Source.Length > 0 ? link.Source : null);
        });
        json.WriteBoolean("trusted", explanation.Report is { Path.IsTrusted: true });
        CertificateJson.WriteTexts(json, "trustedBy", explanation.TrustedBy);
        JsonLists.Write(json, "findings", explanation.Report?.Findings ?? [], finding =>
        {
            json.WriteString("kind", Name(finding.Kind));
            json.WriteBoolean("fatal", finding.IsFatal);
            json.WriteString("message", finding.Message);
            json.WriteString("remedy", finding.Remedy);
            WriteNumber(json, "at", finding.At);
        });
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } value) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
