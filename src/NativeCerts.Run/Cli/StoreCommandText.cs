using System.Globalization;
using System.Text;
using NativeCerts.Certificates;
using NativeCerts.Run.Inventory;

namespace NativeCerts.Run.Cli;

/// <summary>What <c>nctrust store</c> says to people: a line a certificate, or with <c>-v</c> all that it says.</summary>
internal static class StoreCommandText
{
    /// <summary>The roots by their source, and what was left out.</summary>
    public static string Text(StoreView view, bool verbose)
    {
        var text = new StringBuilder();
        foreach (var source in view.Entries.GroupBy(entry => (entry.Root.Origin, entry.Root.Path)))
        {
            text.Append(Output.Heading($"{Count(source.Count(), "root")} in {source.Key.Path} ({source.Key.Origin})")).Append('\n');
            text.Append(Lines([.. source.Select(entry => entry.Details)], verbose)).Append('\n');
        }

        if (view.Learned.Count > 0)
        {
            text.Append(Output.Heading($"{Count(view.Learned.Count, "learned intermediate")}, which `run` and `env` give to tools beside the roots as long as their root is there (`nctrust explain --forget all` drops them)")).Append('\n');
            text.Append(Lines([.. view.Learned.Select(entry => entry.Details)], verbose, certificate => view.Learned.First(entry => entry.Details == certificate) is var entry && entry.Flaw is { } flaw ? $"dead: {flaw}" : $"for {string.Join(", ", entry.Learned.Servers)}")).Append('\n');
        }

        if (view.Snapshot.Problems.Count == 0) return text.Append("nothing was left out\n").ToString();
        text.Append(Output.Heading("left out, or worth knowing")).Append('\n');
        foreach (var problem in view.Snapshot.Problems)
        {
            text.Append($"  {problem.Message}\n");
            if (problem.Hint is { } hint) text.Append($"    hint: {hint}\n");
        }

        return text.ToString();
    }

    /// <summary>A difference, both ways.</summary>
    public static string Text(StoreDifference difference, bool verbose, DateTimeOffset now)
    {
        var text = new StringBuilder();
        var other = difference.Other;
        text.Append($"{other.Name}: {Count(other.Certificates.Count, "certificate")} from {string.Join(", ", other.Places)}");
        text.Append(other.Malformed > 0 ? $", and {other.Malformed} malformed\n" : "\n");
        text.Append($"in both: {difference.InBoth}\n\n");
        Side($"only in the operating system's store: {difference.OnlyInStore.Count}", [.. difference.OnlyInStore.Select(entry => entry.Details)], isOfStore: true);
        Side($"only in {other.Name}: {difference.OnlyInOther.Count}", difference.OnlyInOther, isOfStore: false);
        return text.ToString();

        void Side(string heading, IReadOnlyList<CertificateDetails> certificates, bool isOfStore)
        {
            text.Append(Output.Heading(heading)).Append('\n');
            text.Append(Lines(certificates, verbose, certificate => string.Join("; ", difference.Remarks(certificate, isOfStore, now)))).Append('\n');
        }
    }

    private static string Lines(IReadOnlyList<CertificateDetails> certificates, bool verbose, Func<CertificateDetails, string>? remark = null)
    {
        if (verbose) return string.Join('\n', certificates.Select(certificate => Block(certificate, remark?.Invoke(certificate) ?? "")));
        var width = certificates.Select(certificate => Purpose(certificate).Length).DefaultIfEmpty().Max();
        var text = new StringBuilder();
        foreach (var certificate in certificates)
        {
            text.Append($"  {Date(certificate.NotBefore)}  {Date(certificate.NotAfter)}  {Purpose(certificate).PadRight(width)}  {certificate.Fingerprint}  {certificate.Subject}");
            if (remark?.Invoke(certificate) is { Length: > 0 } said) text.Append($" ({said})");
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Block(CertificateDetails certificate, string remark)
    {
        var text = new StringBuilder($"  {certificate.Subject}\n");
        if (certificate.SubjectName != certificate.IssuerName) Fact("issuer", certificate.Issuer);
        Fact("valid", $"{Date(certificate.NotBefore)} to {Date(certificate.NotAfter)}");
        Fact("purpose", Purpose(certificate) == "any" ? "any (it names none)" : Purpose(certificate));
        Fact("key", certificate.Key);
        Fact("serial", certificate.Serial);
        Fact("sha-256", certificate.Fingerprint);
        if (remark.Length > 0) Fact("note", remark);
        return text.ToString();

        void Fact(string label, string value) => text.Append($"    {label,-8} {value}\n");
    }

    /// <summary>What a certificate says that it is for: <c>any</c> without an extendedKeyUsage.</summary>
    private static string Purpose(CertificateDetails certificate) => certificate.Extensions.Purposes is { } purposes ? string.Join(',', purposes) : "any";

    private static string Date(DateTimeOffset date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
