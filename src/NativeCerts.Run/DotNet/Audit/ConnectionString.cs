namespace NativeCerts.Run.DotNet.Audit;

/// <summary>What a connection string switches off: <c>key=value</c> pairs of ADO.NET and MongoDB's URL options.</summary>
internal static class ConnectionString
{
    /// <summary>Where a server's certificate is not verified.</summary>
    public static readonly AuditRuleInfo TrustsAnything = new(
        "connection-string-trusts-anything",
        AuditSeverity.Medium,
        "A connection string that accepts any certificate of the server",
        "leave the option out: with the server's root in the OS store, or named by `Root Certificate` or `ServerCertificate`, the connection verifies",
        "https://learn.microsoft.com/en-us/sql/connect/ado-net/connection-string-syntax");

    /// <summary>Where a connection is not encrypted, so nothing is verified.</summary>
    public static readonly AuditRuleInfo Unencrypted = new(
        "connection-string-unencrypted",
        AuditSeverity.Low,
        "A connection string that does without encryption",
        "set `Encrypt=True` or `SSL Mode=VerifyFull`",
        "https://learn.microsoft.com/en-us/sql/connect/ado-net/connection-string-syntax");

    /// <summary>One of these is in every text that <see cref="Find"/> has an answer to.</summary>
    public static readonly string[] Words = ["TrustServerCertificate", "Trust Server Certificate", "Encrypt=", "Encrypt =", "tlsInsecure", "tlsAllowInvalid", "sslVerifyCertificate", "SslMode=", "SSL Mode="];

    // Without spaces, lower case. https://www.npgsql.org/doc/connection-string-parameters.html, https://www.mongodb.com/docs/manual/reference/connection-string-options/
    private static readonly (string Key, string[] Values, AuditRuleInfo Rule)[] Switches =
    [
        ("trustservercertificate", ["true", "yes", "1"], TrustsAnything),
        ("tlsinsecure", ["true"], TrustsAnything),
        ("tlsallowinvalidcertificates", ["true"], TrustsAnything),
        ("tlsallowinvalidhostnames", ["true"], TrustsAnything),
        ("sslverifycertificate", ["false"], TrustsAnything),
        ("encrypt", ["false", "no", "optional", "0"], Unencrypted),
        ("sslmode", ["disable", "disabled", "none"], Unencrypted),
    ];

    /// <summary>Looks through a text.</summary>
    /// <returns>Each switch as it is written in the text, and the rule that it breaks.</returns>
    public static IEnumerable<(string Written, AuditRuleInfo Rule)> Find(string text)
    {
        if (!text.Contains('=')) yield break;
        var separators = text.Contains("://", StringComparison.Ordinal) ? ";?&" : ";";
        foreach (var part in text.Split(separators.ToCharArray()))
        {
            var equals = part.IndexOf('=');
            if (equals <= 0) continue;
            var key = part[..equals].Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
            var value = part[(equals + 1)..].Trim().Trim('"', '\'').ToLowerInvariant();
            foreach (var each in Switches)
            {
                if (each.Key == key && each.Values.Contains(value)) yield return (part.Trim(), each.Rule);
            }
        }
    }
}
