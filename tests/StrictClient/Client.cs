using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

/// <summary>Asks for a page and decides on the server's certificate in one of the ways that programs have.</summary>
internal sealed class Client(string[] args)
{
    private Uri Url => new(args[1], UriKind.RelativeOrAbsolute);

    /// <summary>Prints the page.</summary>
    /// <returns>0, or 3 where the certificate was refused.</returns>
    public async Task<int> RunAsync()
    {
        try
        {
            Console.WriteLine(args[0] switch
            {
                "plain" => await GetAsync(new HttpClientHandler()),
                "dangerous" => await GetAsync(new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator }),
                "handler" => await GetAsync(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true }),
                "sockets" => await GetAsync(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } }),
                "stream" => await GetByStreamAsync((_, _, _, _) => true),
                "process" => GetByRequest(),
                // Each of these refuses more than .NET does, or trusts another root properly.
                "pin" => await GetAsync(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, certificate, _, errors) => errors == SslPolicyErrors.None && certificate!.Subject == "CN=pinned" }),
                "asked" => await GetAsync(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, chain, errors) => Say(chain!, errors) }),
                "root" => await GetAsync(new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = OwnRoot() } }),
                "both" => await GetAsync(new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = OwnRoot(), RemoteCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None } }),
                // Asks for revocation itself; or says in a chain policy of its own that it wants none.
                "revocation" => await GetAsync(new HttpClientHandler { CheckCertificateRevocationList = true }),
                "none" => await GetAsync(new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = new() { RevocationMode = X509RevocationMode.NoCheck } } }),
                // What is asked of clients is the server's own affair.
                "server" => await ServeAsync(),
                _ => throw new ArgumentException(args[0]),
            });
            return 0;
        }
        catch (Exception e) when (e is HttpRequestException or WebException or System.Security.Authentication.AuthenticationException)
        {
            var causes = new List<string>();
            for (Exception? cause = e; cause is not null; cause = cause.InnerException) causes.Add(cause.GetType().Name);
            Console.WriteLine($"refused: {string.Join(" <- ", causes)}");
            return 3;
        }
    }

    private async Task<string> GetAsync(HttpMessageHandler handler)
    {
        using var client = new HttpClient(handler);
        return await client.GetStringAsync(Url);
    }

    private async Task<string> GetByStreamAsync(RemoteCertificateValidationCallback callback)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(Url.Host, Url.Port);
        await using var stream = new SslStream(connection.GetStream(), false, callback);
        await stream.AuthenticateAsClientAsync(Url.Host);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {Url.AbsolutePath} HTTP/1.1\r\nHost: {Url.Host}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private string GetByRequest()
    {
        ServicePointManager.ServerCertificateValidationCallback = (_, _, _, _) => true;
        using var answer = WebRequest.CreateHttp(Url).GetResponse();
        using var reader = new StreamReader(answer.GetResponseStream());
        return reader.ReadToEnd();
    }

    private X509ChainPolicy OwnRoot()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(args[2]);
        return policy;
    }

    private static bool Say(X509Chain chain, SslPolicyErrors errors)
    {
        Console.WriteLine($"asked: {errors}, {chain.ChainElements.Count} certificates");
        return true;
    }

    // A server that lets clients come without a certificate, which its callback decides.
    private async Task<string> ServeAsync()
    {
        using var own = X509Certificate2.CreateFromPemFile(args[1], args[2]);
        using var certificate = X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null);
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var accepting = listener.AcceptTcpClientAsync();
        using var connection = new TcpClient();
        await connection.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var accepted = await accepting;
        await using var server = new SslStream(accepted.GetStream(), false, (_, client, _, _) => client is null);
        await using var client = new SslStream(connection.GetStream());
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(args[3]);
        await Task.WhenAll(
            server.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate, ClientCertificateRequired = true }),
            client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = policy }));
        await server.WriteAsync("served"u8.ToArray());
        var answer = new byte[6];
        await client.ReadExactlyAsync(answer);
        return Encoding.ASCII.GetString(answer);
    }
}
