using System.Formats.Asn1;
using System.Text;
using NativeCerts.Certificates;

namespace NativeCerts.Run.Explain;

/// <summary>What a list of revoked certificates is about: often a part of an authority's certificates, and then it says nothing of the others (RFC 5280, 5.2 and 6.3.3).</summary>
internal static class RevocationListScope
{
    private const string DistributionPoint = "2.5.29.28";
    private const int Name = 0, UsersOnly = 1, AuthoritiesOnly = 2, Uri = 6;

    /// <summary>Makes sure that a list tells of a certificate whether it is revoked or not.</summary>
    /// <param name="list">The list behind its entries.</param>
    /// <param name="certificate">The certificate.</param>
    /// <exception cref="RevocationFailedException">It is about others, or says in a way that is not known here what it is about.</exception>
    /// <exception cref="AsnContentException">It is malformed.</exception>
    public static void MustCover(AsnReader list, CertificateDetails certificate)
    {
        if (!list.HasData) return;
        var extensions = list.ReadSequence(Tag(0)).ReadSequence();
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var identifier = extension.ReadObjectIdentifier();
            var isCritical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            if (identifier is DistributionPoint) MustBePoint(new AsnReader(extension.ReadOctetString(), AsnEncodingRules.DER).ReadSequence(), certificate);
            // A delta list is one of these (5.2.4): what is not on it may be on the whole one.
            else if (isCritical) throw new RevocationFailedException($"is a list with the critical extension {identifier}, which is not known here");
        }
    }

    private static void MustBePoint(AsnReader point, CertificateDetails certificate)
    {
        while (point.HasData)
        {
            var field = point.PeekTag();
            var isOurs = field.TagValue switch
            {
                Name => Names(point.ReadSequence(field)).Any(certificate.Extensions.RevocationListUrls.Contains),
                UsersOnly => !point.ReadBoolean(field) || certificate.IsAuthority is not true,
                AuthoritiesOnly => !point.ReadBoolean(field) || certificate.IsAuthority is true,
                // Some reasons only, other authorities' certificates, attribute certificates.
                _ => false,
            };
            if (!isOurs) throw new RevocationFailedException("is a list of other certificates than this one");
        }
    }

    private static List<string> Names(AsnReader name)
    {
        var addresses = new List<string>();
        // A name relative to the issuer's is no address.
        if (!name.PeekTag().HasSameClassAndValue(Tag(0))) return addresses;
        var names = name.ReadSequence(Tag(0));
        while (names.HasData)
        {
            if (names.PeekTag().HasSameClassAndValue(Tag(Uri))) addresses.Add(ExtensionDetails.Printable(Encoding.Latin1.GetBytes(names.ReadCharacterString(UniversalTagNumber.IA5String, Tag(Uri)))));
            else names.ReadEncodedValue();
        }

        return addresses;
    }

    private static Asn1Tag Tag(int number) => new(TagClass.ContextSpecific, number);
}
