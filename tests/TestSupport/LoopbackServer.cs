using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TestSupport;

/// <summary>An HTTPS server on 127.0.0.1 and ::1, on a port of its own, that counts handshakes and remembers requests.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private const int PortAttempts = 20;
    private readonly ConcurrentDictionary<string, RequestDelegate> _routes = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly WebApplication _application;
    private readonly X509Certificate2 _certificate;
    private int _connections;
    private int _handshakes;

    private LoopbackServer(X509Certificate2 certificate, int port)
    {
        Port = port;
        _certificate = new X509Certificate2(certificate);
        // The empty builder reads no environment variable and no file: nothing of the machine reaches the server.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            foreach (var address in (IPAddress[])[IPAddress.Loopback, IPAddress.IPv6Loopback])
            {
                if (address.AddressFamily == AddressFamily.InterNetworkV6 && !Socket.OSSupportsIPv6) continue;
                kestrel.Listen(address, port, Listen);
            }
        });
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    /// <summary>The TCP port, the same on both addresses.</summary>
    public int Port { get; }

    /// <summary>The address of the server by its usual name, without a slash at the end.</summary>
    public string Url => $"https://localhost:{Port}";

    /// <summary>Every request that was received whole, as <c>GET /path?query</c>, in order.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>How many TLS handshakes were completed; a TLS 1.3 client may still turn away from the certificate after that.</summary>
    public int HandshakesCompleted => Volatile.Read(ref _handshakes);

    /// <summary>How many TCP connections never became TLS connections.</summary>
    public int HandshakesFailed => Volatile.Read(ref _connections) - HandshakesCompleted;

    /// <summary>Starts a server.</summary>
    /// <param name="certificate">Its certificate, with the private key; the server keeps a copy.</param>
    /// <exception cref="IOException">No port was free on both addresses.</exception>
    public static async Task<LoopbackServer> StartAsync(X509Certificate2 certificate)
    {
        for (var attempt = 1; ; attempt++)
        {
            var server = new LoopbackServer(certificate, FindPort());
            try
            {
                await server._application.StartAsync();
                return server;
            }
            catch (IOException) when (attempt < PortAttempts)
            {
                // Somebody else took the port between the look and the start.
                await server.DisposeAsync();
            }
        }
    }

    /// <summary>Answers a path with a delegate; a path that ends in <c>/*</c> answers all below it.</summary>
    public void Map(string path, RequestDelegate answer) => _routes[path] = answer;

    /// <summary>Answers a path with a fixed body.</summary>
    public void Serve(string path, byte[] body, string contentType = "application/octet-stream") => Map(path, context =>
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(body, 0, body.Length, context.RequestAborted);
    });

    /// <inheritdoc cref="Serve(string, byte[], string)"/>
    public void Serve(string path, string body, string contentType = "text/plain") => Serve(path, Encoding.UTF8.GetBytes(body), contentType);

    /// <summary>Answers every path below <paramref name="path"/> with the files of a folder.</summary>
    public void ServeFolder(string path, string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            Serve($"{path}/{Path.GetRelativePath(folder, file).Replace('\\', '/')}", File.ReadAllBytes(file));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _certificate.Dispose();
    }

    private static int FindPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Listen(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.Use(next => connection => Count(ref _connections, next, connection));
        listen.UseHttps(_certificate);
        listen.Use(next => connection => Count(ref _handshakes, next, connection));
    }

    private static Task Count(ref int counter, ConnectionDelegate next, ConnectionContext connection)
    {
        Interlocked.Increment(ref counter);
        return next(connection);
    }

    private Task AnswerAsync(HttpContext context)
    {
        _requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
        if (FindRoute(context.Request.Path.Value ?? "/") is { } route) return route(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private RequestDelegate? FindRoute(string path)
    {
        if (_routes.TryGetValue(path, out var exact)) return exact;
        for (var slash = path.LastIndexOf('/'); slash >= 0; slash = slash == 0 ? -1 : path.LastIndexOf('/', slash - 1))
        {
            if (_routes.TryGetValue(path[..slash] + "/*", out var below)) return below;
        }

        return null;
    }
}
