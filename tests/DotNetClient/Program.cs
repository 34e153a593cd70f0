using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

// A .NET program as users have them, for the live tests: `get URL` asks for a page, `load FILE` lists a bundle's certificates.
if (args is ["get", var url])
{
    using var client = new HttpClient();
    Console.WriteLine(await client.GetStringAsync(new Uri(url)));
    return 0;
}

if (args is ["load", var file])
{
    var certificates = new X509Certificate2Collection();
    certificates.ImportFromPemFile(file);
    foreach (var certificate in certificates) Console.WriteLine(certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant());
    return 0;
}

return 2;
