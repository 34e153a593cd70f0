using System.Text.Json;
using NativeCerts.Run.Explain;
using NativeCerts.Run.Inventory;

namespace NativeCerts.Run.Cli;

/// <summary>
/// An explanation for programs: <c>server</c> (host:port), <c>host</c>, <c>port</c>, <c>tls</c> (its version), <c>accepted</c> (by a client that
/// trusts the operating system's store), <c>answer</c> (one sentence), <c>failure</c> (null, or why no certificate came), <c>sent</c> (the
/// certificates in the order of the handshake), <c>path</c> (from the server's own to the root: the fields of a certificate, and <c>sentAt</c>
/// from 0, null if it was not sent, and <c>source</c>), <c>trusted</c>, <c>trustedBy</c>, <c>findings</c> (<c>kind</c>, <c>fatal</c>,
/// <c>message</c>, <c>remedy</c>; the cause first), <c>tools</c> (<c>name</c>, <c>program</c>, <c>roots</c>, <c>alone</c> and <c>underNctrust</c>: null
/// for accepted, or the reason; <c>verifies</c>; <c>overlooked</c>: what it accepts all the same), <c>untold</c> (names of tools of
/// which only a trial tells), <c>trial</c> (the command for that) and <c>fix</c>: <c>explain.schema.json</c> describes each. Fields may be added, none is
/// taken away or given another meaning.
/// </summary>
internal static class ExplainCommandJson
{
    /// <summary>Writes it to standard output.</summary>
    public static void Write(Explanation explanation)
    {
        using var output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output, CertificateJson.Options))
        {
            json.WriteStartObject();
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
                if (link.IsSent) json.WriteNumber("sentAt", link.SentAt);
                else json.WriteNull("sentAt");
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
            });
            JsonLists.Write(json, "tools", explanation.Tools, verdict =>
            {
                json.WriteString("name", verdict.Tool.Profile.Name);
                json.WriteString("program", verdict.Tool.Path);
                json.WriteString("roots", verdict.Roots);
                json.WriteString("alone", verdict.VerifiesNothing ? null : verdict.Alone?.Message);
                json.WriteString("underNctrust", verdict.VerifiesNothing ? null : verdict.UnderNctrust?.Message);
                json.WriteBoolean("verifies", !verdict.VerifiesNothing);
                json.WriteString("overlooked", verdict.Overlooked?.Message);
            });
            CertificateJson.WriteTexts(json, "untold", explanation.Untold.Select(tool => tool.Profile.Name));
            json.WriteString("trial", explanation.Untold.Count > 0 ? explanation.Trial : null);
            json.WriteString("fix", explanation.Fix);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
