using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;

namespace AuditSamples;

/// <summary>Callbacks that accept what they must not, in the shapes that programs have.</summary>
public sealed class CallbackSins
{
    private const string Anything = "callback-accepts-anything", AnyChain = "callback-accepts-any-issuer", AnyName = "callback-accepts-any-name", ProcessWide = "process-wide-callback-accepts-anything";

    private readonly List<string> _log = [];

    [Sin(Anything, Method = "HandlerLambda, lambda")]
    public HttpClientHandler HandlerLambda() => new() { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };

    [Sin(Anything, Method = "HandlerDelegate, lambda")]
    public HttpClientHandler HandlerDelegate() => new() { ServerCertificateCustomValidationCallback = delegate { return true; } };

    [Sin(Anything, Method = "HandlerBlock, lambda")]
    public HttpClientHandler HandlerBlock()
    {
        var handler = new HttpClientHandler();
        handler.ServerCertificateCustomValidationCallback = (message, certificate, chain, errors) =>
        {
            Console.WriteLine($"{message.RequestUri} {certificate?.Subject} {errors}");
            return true;
        };
        return handler;
    }

    [Sin(Anything, Method = "SocketsLambda, lambda")]
    public SocketsHttpHandler SocketsLambda() => new() { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true } };

    [Sin(Anything, Method = "Closure, lambda")]
    public SslStream Closure(Stream stream, string host)
    {
        var seen = 0;
        return new SslStream(stream, false, (_, certificate, _, errors) =>
        {
            _log.Add($"{host} {certificate} {errors} {++seen}");
            return true;
        });
    }

    [Sin(Anything, Method = "LocalFunction.Accept")]
    public SslStream LocalFunction(Stream stream)
    {
        return new SslStream(stream, false, Accept);

        static bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => true;
    }

    [Sin(Anything, Method = "AcceptAll")]
    public ClientWebSocket MethodGroup()
    {
        var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = AcceptAll;
        return socket;
    }

    private static bool AcceptAll(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        return true;
    }

    [Sin(Anything, Method = "Asynchronous, lambda")]
    public async Task<string> Asynchronous(Uri uri)
    {
        using var handler = new HttpClientHandler();
        await Task.Yield();
        handler.ServerCertificateCustomValidationCallback = (_, _, _, _) => true;
        using var client = new HttpClient(handler);
        return await client.GetStringAsync(uri);
    }

    [Sin(Anything, Method = "Generic, lambda")]
    public SslStream Generic<T>(Stream stream, T value) => new(stream, false, (_, _, _, _) =>
    {
        Console.WriteLine(value);
        return true;
    });

    [Sin(Anything)]
    public bool EveryBranch(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        foreach (var status in chain!.ChainStatus) _log.Add(status.StatusInformation);
        return true;
    }

    [Sin(Anything)]
    public bool ByVariable(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var result = errors == SslPolicyErrors.None;
        if (!result) _log.Add(errors.ToString());
        result = true;
        return result;
    }

    [Sin(Anything)]
    public bool InTry(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        try
        {
            _log.Add(certificate!.Subject);
            return true;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
        finally
        {
            _log.Add("seen");
        }
    }

    [Sin(Anything)]
    public bool OrTrue(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => errors == SslPolicyErrors.None || Always();

    [Sin(Anything)]
    public bool AnyThatIsThere(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        ArgumentNullException.ThrowIfNull(sender);
        return certificate != null;
    }

    [Sin(Anything)]
    public bool AllButMissing(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => errors != SslPolicyErrors.RemoteCertificateNotAvailable;

    [Sin(Anything)]
    public bool NullThrows(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate == null) throw new ArgumentNullException(nameof(certificate));
        return true;
    }

    [Sin(AnyChain)]
    public bool NameAlone(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0;

    [Sin(AnyChain)]
    public bool SelfSignedToo(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        errors switch
        {
            SslPolicyErrors.None => true,
            SslPolicyErrors.RemoteCertificateChainErrors => true,
            _ => false,
        };

    [Sin(AnyName)]
    public bool ChainAlone(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => errors is SslPolicyErrors.None or SslPolicyErrors.RemoteCertificateNameMismatch;

    [Sin(AnyName)]
    public bool ChainByFlag(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)) return false;
        return !errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable);
    }

    [Sin(ProcessWide)]
    public void WholeProcess() => ServicePointManager.ServerCertificateValidationCallback = (_, _, _, _) => true;

    [Sin(ProcessWide)]
    public void WholeProcessToo() => ServicePointManager.ServerCertificateValidationCallback += delegate { return true; };

    [Sin(ProcessWide)]
    public void WholeProcessByMethod() => ServicePointManager.ServerCertificateValidationCallback = new RemoteCertificateValidationCallback(AcceptForAll);

    [Sin(Anything, Severity = "medium", Method = "AnyClient, lambda")]
    public void AnyClient(Microsoft.AspNetCore.Server.Kestrel.Https.HttpsConnectionAdapterOptions options) => options.ClientCertificateValidation = (_, _, _) => true;

    private static bool AcceptForAll(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => true;

    private static bool Always() => true;
}
