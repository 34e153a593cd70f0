using System.Formats.Asn1;
using System.Security.Cryptography;

namespace NativeCerts.Tests.Support;

/// <summary>Makes <c>TRUSTED CERTIFICATE</c> blocks: a certificate followed by OpenSSL's trust settings.</summary>
internal static class TrustedBlock
{
    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    public const string AnyUsage = "2.5.29.37.0";

    /// <summary>The block in PEM.</summary>
    public static string Pem(byte[] der, string[]? trust = null, string[]? reject = null, string? alias = null) =>
        Pem(der, Settings(trust, reject, alias));

    /// <inheritdoc cref="Pem(byte[], string[], string[], string)"/>
    public static string Pem(byte[] der, byte[] settings) =>
        new string(PemEncoding.Write("TRUSTED CERTIFICATE", [.. der, .. settings])) + "\n";

    private static byte[] Settings(string[]? trust, string[]? reject, string? alias)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            Write(writer, trust, null);
            Write(writer, reject, new Asn1Tag(TagClass.ContextSpecific, 0));
            if (alias is not null) writer.WriteCharacterString(UniversalTagNumber.UTF8String, alias);
        }

        return writer.Encode();
    }

    private static void Write(AsnWriter writer, string[]? purposes, Asn1Tag? tag)
    {
        if (purposes is null) return;
        using (writer.PushSequence(tag))
        {
            foreach (var purpose in purposes) writer.WriteObjectIdentifier(purpose);
        }
    }
}
