using System.Text;

namespace NativeCerts.Certificates;

/// <summary>What the extensions of a certificate say to a person or a diagnosis (RFC 5280, 4.2).</summary>
internal sealed class ExtensionDetails
{
    private const int DnsName = 2, Uri = 6, Address = 7;
    private const string SubjectKeyIdentifier = "2.5.29.14", KeyUsage = "2.5.29.15", AlternativeName = "2.5.29.17", BasicConstraints = "2.5.29.19", Constraints = "2.5.29.30";
    private const string DistributionPoints = "2.5.29.31", Policies = "2.5.29.32", AuthorityKeyIdentifier = "2.5.29.35", Purpose = "2.5.29.37", InformationAccess = "1.3.6.1.5.5.7.1.1";
    private const string IssuersMethod = "1.3.6.1.5.5.7.48.2", OcspMethod = "1.3.6.1.5.5.7.48.1";

    // CRLDistributionPoints nests five deep (RFC 5280, 4.2.1.13).
    private const int MostNesting = 8;

    private readonly List<string> _dnsNames = [], _issuerUrls = [], _ocspUrls = [], _listUrls = [], _unknownCritical = [];
    private readonly List<byte[]> _addresses = [];
    private List<string>? _purposes;

    /// <summary>The DNS names of subjectAltName.</summary>
    public IReadOnlyList<string> DnsNames => _dnsNames;

    /// <summary>The addresses of subjectAltName, of 4 or 16 bytes.</summary>
    public IReadOnlyList<byte[]> Addresses => _addresses;

    /// <summary>Whether there is a subjectAltName at all.</summary>
    public bool HasAlternativeName { get; private set; }

    /// <summary>The extendedKeyUsage: short names where they are known, dotted identifiers otherwise; <see langword="null"/> where there is none, so that all is allowed.</summary>
    public IReadOnlyList<string>? Purposes => _purposes;

    /// <summary>Whether TLS servers are among what it is for.</summary>
    public bool IsForServers => _purposes is null || _purposes.Contains("serverAuth") || _purposes.Contains("anyExtendedKeyUsage");

    /// <summary>Whether keyUsage lets it sign certificates; <see langword="null"/> where there is none.</summary>
    public bool? MaySignCertificates { get; private set; }

    /// <summary>Whether keyUsage lets it sign lists of revoked certificates; <see langword="null"/> where there is none.</summary>
    public bool? MaySignLists { get; private set; }

    /// <summary>How many intermediates may stand below it; <see langword="null"/> where it does not say.</summary>
    public int? PathLength { get; private set; }

    /// <summary>The names that it may speak for; <see langword="null"/> for all.</summary>
    public NameConstraints? NameConstraints { get; private set; }

    /// <summary>Whether it limits names in a way that cannot be read.</summary>
    public bool HasMalformedConstraints { get; private set; }

    /// <summary>Where the issuer's certificate can be got (authorityInfoAccess, caIssuers).</summary>
    public IReadOnlyList<string> IssuerUrls => _issuerUrls;

    /// <summary>Where its state can be asked (authorityInfoAccess, ocsp).</summary>
    public IReadOnlyList<string> OcspUrls => _ocspUrls;

    /// <summary>Where the list of revoked ones is.</summary>
    public IReadOnlyList<string> RevocationListUrls => _listUrls;

    /// <summary>Whether basicConstraints is there and critical, on which Python 3.13 insists for authorities (<c>X509_V_FLAG_X509_STRICT</c>).</summary>
    public bool HasCriticalBasicConstraints { get; private set; }

    /// <summary>The critical extensions that no client knows, dotted: with one of these a certificate has to be refused (RFC 5280, 4.2).</summary>
    public IReadOnlyList<string> UnknownCritical => _unknownCritical;

    /// <summary>Reads the content of the <c>[3]</c> field of a certificate that <see cref="CertificateParser"/> took.</summary>
    internal void Read(ReadOnlySpan<byte> content)
    {
        new DerReader(content).TryRead(DerTag.Sequence, out var list);
        var extensions = new DerReader(list);
        while (extensions.TryRead(DerTag.Sequence, out var encoded))
        {
            var extension = new DerReader(encoded);
            extension.TryReadObjectIdentifier(out var identifier);
            var isCritical = extension.TryRead(DerTag.Boolean, out var flag) && flag is not [0];
            extension.TryRead(DerTag.OctetString, out var value);
            Apply(ObjectIdentifier.ToText(identifier), isCritical, value);
        }
    }

    private void Apply(string identifier, bool isCritical, ReadOnlySpan<byte> value)
    {
        switch (identifier)
        {
            case AlternativeName:
                HasAlternativeName = true;
                ReadNames(value);
                break;
            case Purpose:
                _purposes = ReadPurposes(value);
                break;
            case KeyUsage:
                // Bit 5 is keyCertSign, bit 6 cRLSign (RFC 5280, 4.2.1.3).
                var isUsage = new DerReader(value).TryReadBitString(DerTag.BitString, out var bits) && !bits.IsEmpty;
                MaySignCertificates = isUsage && (bits[0] & 0x04) != 0;
                MaySignLists = isUsage && (bits[0] & 0x02) != 0;
                break;
            case BasicConstraints:
                HasCriticalBasicConstraints = isCritical;
                new DerReader(value).TryRead(DerTag.Sequence, out var constraints);
                var fields = new DerReader(constraints);
                fields.TryRead(DerTag.Boolean, out _);
                if (fields.TryReadInteger(out var length)) PathLength = length.Length == 1 ? length[0] : int.MaxValue;
                break;
            case Constraints:
                NameConstraints = NameConstraints.Read(value);
                HasMalformedConstraints = NameConstraints is null;
                break;
            case InformationAccess:
                ReadInformationAccess(value);
                break;
            case DistributionPoints:
                // What of it is an address is all that matters here.
                CollectUrls(value, _listUrls, MostNesting);
                break;
            case SubjectKeyIdentifier or AuthorityKeyIdentifier or Policies:
                break;
            // Policy mappings, constraints and inhibitAnyPolicy: clients know them and ask for no policy.
            case "2.5.29.33" or "2.5.29.36" or "2.5.29.54":
                break;
            default:
                if (isCritical) _unknownCritical.Add(identifier);
                break;
        }
    }

    private void ReadNames(ReadOnlySpan<byte> value)
    {
        new DerReader(value).TryRead(DerTag.Sequence, out var list);
        var names = new DerReader(list);
        while (names.TryRead(out var tag, out var name))
        {
            if (tag == DerTag.ContextPrimitive(DnsName)) _dnsNames.Add(Printable(name));
            else if (tag == DerTag.ContextPrimitive(Address) && name.Length is 4 or 16) _addresses.Add(name.ToArray());
        }
    }

    private static List<string> ReadPurposes(ReadOnlySpan<byte> value)
    {
        var found = new List<string>();
        new DerReader(value).TryRead(DerTag.Sequence, out var list);
        var purposes = new DerReader(list);
        while (purposes.TryReadObjectIdentifier(out var purpose)) found.Add(PurposeName(ObjectIdentifier.ToText(purpose)));
        return found;
    }

    // RFC 5280, 4.2.1.12.
    private static string PurposeName(string identifier) => identifier switch
    {
        "2.5.29.37.0" => "anyExtendedKeyUsage",
        "1.3.6.1.5.5.7.3.1" => "serverAuth",
        "1.3.6.1.5.5.7.3.2" => "clientAuth",
        "1.3.6.1.5.5.7.3.3" => "codeSigning",
        "1.3.6.1.5.5.7.3.4" => "emailProtection",
        "1.3.6.1.5.5.7.3.8" => "timeStamping",
        "1.3.6.1.5.5.7.3.9" => "OCSPSigning",
        _ => identifier,
    };

    private void ReadInformationAccess(ReadOnlySpan<byte> value)
    {
        new DerReader(value).TryRead(DerTag.Sequence, out var list);
        var descriptions = new DerReader(list);
        while (descriptions.TryRead(DerTag.Sequence, out var content))
        {
            var description = new DerReader(content);
            if (!description.TryReadObjectIdentifier(out var method) || !description.TryRead(DerTag.ContextPrimitive(Uri), out var location)) continue;
            var url = Printable(location);
            switch (ObjectIdentifier.ToText(method))
            {
                case IssuersMethod:
                    _issuerUrls.Add(url);
                    break;
                case OcspMethod:
                    _ocspUrls.Add(url);
                    break;
            }
        }
    }

    private static void CollectUrls(ReadOnlySpan<byte> content, List<string> urls, int depth)
    {
        var reader = new DerReader(content);
        while (reader.TryRead(out var tag, out var value))
        {
            if (tag == DerTag.ContextPrimitive(Uri)) urls.Add(Printable(value));
            else if ((tag & 0x20) != 0 && depth > 0) CollectUrls(value, urls, depth - 1);
        }
    }

    /// <summary>A DNS name or an address without what is in none: a control character would write to the terminal.</summary>
    internal static string Printable(ReadOnlySpan<byte> location) =>
        string.Concat(Encoding.Latin1.GetString(location).Where(letter => letter is > ' ' and < '\x7F' and not '`'));
}
