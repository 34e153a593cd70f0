using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Benchmarks;

/// <summary>Makes a bundle of many different certificates: one template whose serial number is changed, since a root's own signature is not checked.</summary>
internal static class LargeStore
{
    /// <summary>A PEM bundle.</summary>
    public static string Make(int count)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=nctrust benchmark root, O=nctrust, C=DE", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var generator = X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1);
        var serial = new byte[16];
        serial[0] = 0x5A;
        using var template = request.Create(request.SubjectName, generator, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1), serial);
        var der = template.RawData;
        var place = der.AsSpan().IndexOf(serial);
        var bundle = new StringBuilder(count * 1500);
        for (var i = 0; i < count; i++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(der.AsSpan(place + 12), i);
            bundle.Append(PemEncoding.Write("CERTIFICATE", der)).Append('\n');
        }

        return bundle.ToString();
    }
}
