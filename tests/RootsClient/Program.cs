using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

// A .NET program for the tests of the overlay's added roots, which run it on .NET 8 as well: it uses nothing newer. One line for each address.
switch (args)
{
    case ["hello"]:
        Console.WriteLine("hello");
        break;
    case ["get", .. var addresses]:
        foreach (var address in addresses) Console.WriteLine(await GetAsync(address, new HttpClientHandler()));
        break;
    case ["revocation", .. var addresses]:
        foreach (var address in addresses) Console.WriteLine(await GetAsync(address, new HttpClientHandler { CheckCertificateRevocationList = true }));
        break;
    case ["dangerous", .. var addresses]:
        foreach (var address in addresses) Console.WriteLine(await GetAsync(address, new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator }));
        break;
    case ["custom", var root, .. var addresses]:
        foreach (var address in addresses) Console.WriteLine(await GetAsync(address, new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = OwnRoot(root) } }));
        break;
    case ["system", .. var addresses]:
        foreach (var address in addresses) Console.WriteLine(await GetAsync(address, new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = new() { RevocationMode = X509RevocationMode.NoCheck } } }));
        break;
    case ["stream", .. var addresses]:
        foreach (var address in addresses) Console.WriteLine(await SeeAsync(address));
        break;
    case ["parallel", var count, .. var addresses]:
        var all = addresses.SelectMany(address => Enumerable.Range(0, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)).Select(_ => Task.Run(() => SeeAsync(address))));
        foreach (var answers in (await Task.WhenAll(all)).GroupBy(answer => answer).OrderBy(answers => answers.Key, StringComparer.Ordinal)) Console.WriteLine($"{answers.Count()} x {answers.Key}");
        break;
    case ["chain", var file, .. var purposes]:
        Build(file, purposes);
        break;
    default:
        return 2;
}

return 0;

static async Task<string> GetAsync(string address, HttpMessageHandler handler)
{
    using var client = new HttpClient(handler);
    try
    {
        await client.GetStringAsync(new Uri(address));
        return "ok";
    }
    catch (HttpRequestException exception) when (exception.InnerException is AuthenticationException)
    {
        return "refused";
    }
}

// What a callback is shown, and what comes of it.
static async Task<string> SeeAsync(string address)
{
    var url = new Uri(address);
    var seen = "";
    using var connection = new TcpClient();
    await connection.ConnectAsync(url.Host, url.Port);
    await using var stream = new SslStream(connection.GetStream(), false, (_, certificate, chain, errors) =>
    {
        seen = $"{errors} {Describe(chain!)}";
        return errors == SslPolicyErrors.None;
    });
    try
    {
        await stream.AuthenticateAsClientAsync(url.Host);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {url.Host}\r\nConnection: close\r\n\r\n"));
        _ = await stream.ReadAsync(new byte[1024]);
        return seen;
    }
    catch (AuthenticationException)
    {
        return $"refused: {seen}";
    }
}

// A chain of the program's own, built twice over, and what has become of its policy.
static void Build(string file, string[] purposes)
{
    using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(file));
    using var chain = new X509Chain { ChainPolicy = { RevocationMode = X509RevocationMode.NoCheck, VerificationFlags = X509VerificationFlags.IgnoreEndRevocationUnknown } };
    foreach (var purpose in purposes) chain.ChainPolicy.ApplicationPolicy.Add(new Oid(purpose));
    var policy = chain.ChainPolicy;
    for (var time = 0; time < 2; time++)
    {
        Console.WriteLine($"{chain.Build(certificate)} {Describe(chain)}");
        var isAsBefore = chain.ChainPolicy == policy && policy is { TrustMode: X509ChainTrustMode.System, CustomTrustStore.Count: 0, ExtraStore.Count: 0, VerificationFlags: X509VerificationFlags.IgnoreEndRevocationUnknown } && policy.ApplicationPolicy.Count == purposes.Length;
        Console.WriteLine(isAsBefore ? "policy as before" : "policy changed");
    }
}

static string Describe(X509Chain chain) =>
    $"[{string.Join(',', chain.ChainStatus.Select(status => status.Status).Order())}] {string.Join(" < ", chain.ChainElements.Select(element => $"{element.Certificate.GetNameInfo(X509NameType.SimpleName, false)}({string.Join(',', element.ChainElementStatus.Select(status => status.Status).Order())})"))}";

static X509ChainPolicy OwnRoot(string file)
{
    var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
    policy.CustomTrustStore.ImportFromPemFile(file);
    return policy;
}
