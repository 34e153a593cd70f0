using NativeCerts.Certificates;

namespace NativeCerts.Run.Inventory;

/// <summary>The certificates of a bundle, or of a tool's own list, without any judgement.</summary>
/// <param name="Name">What it is, for people: <c>certifi</c>, a path.</param>
/// <param name="Places">Where it lies: files and folders, or the program that was asked.</param>
/// <param name="Certificates">The well-formed ones, without duplicates.</param>
/// <param name="Malformed">How many could not be read.</param>
internal sealed record OtherRoots(string Name, IReadOnlyList<string> Places, IReadOnlyList<CertificateDetails> Certificates, int Malformed)
{
    /// <summary>Makes one of DER values.</summary>
    public static OtherRoots Of(string name, IReadOnlyList<string> places, IEnumerable<ReadOnlyMemory<byte>> values)
    {
        var certificates = new List<CertificateDetails>();
        var seen = new HashSet<string>();
        var malformed = 0;
        foreach (var value in values)
        {
            if (CertificateDetails.Read(value, out var details) is not null) malformed++;
            else if (seen.Add(details!.Fingerprint)) certificates.Add(details);
        }

        return new(name, places, certificates, malformed);
    }

    /// <summary>Several as one.</summary>
    public static OtherRoots Union(string name, IReadOnlyList<OtherRoots> parts) =>
        new(name, [.. parts.SelectMany(part => part.Places)], [.. parts.SelectMany(part => part.Certificates).DistinctBy(certificate => certificate.Fingerprint)], parts.Sum(part => part.Malformed));
}
