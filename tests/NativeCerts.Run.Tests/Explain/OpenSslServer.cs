using System.Diagnostics;
using System.Globalization;
using TestSupport;

namespace NativeCerts.Run.Tests.Explain;

/// <summary>A TLS server on 127.0.0.1 that sends exactly the certificates that it is given, in their order: .NET's own sorts them.</summary>
internal sealed class OpenSslServer : IDisposable
{
    private readonly Process _process;

    private OpenSslServer(Process process, int port) => (_process, Port) = (process, port);

    /// <summary>Its TCP port.</summary>
    public int Port { get; }

    /// <summary>Starts one.</summary>
    /// <param name="sandbox">Where its files lie.</param>
    /// <param name="server">Its certificate.</param>
    /// <param name="behind">What it sends behind that.</param>
    public static async Task<OpenSslServer> StartAsync(Sandbox sandbox, IssuedCertificate server, params IEnumerable<IssuedCertificate> behind)
    {
        var name = $"server-{Guid.NewGuid():N}";
        List<string> command = ["openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", sandbox.Folder.Write($"{name}.pem", server.Pem), "-key", sandbox.Folder.Write($"{name}.key", server.KeyPem)];
        var chain = string.Concat(behind.Select(certificate => certificate.Pem));
        if (chain.Length > 0) command.AddRange(["-cert_chain", sandbox.Folder.Write($"{name}-chain.pem", chain)]);
        // A weak certificate is one of the defects.
        command.AddRange(["-cipher", "DEFAULT:@SECLEVEL=0"]);
        var process = sandbox.Start(command);
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("ACCEPT 127.0.0.1:", StringComparison.Ordinal))
            {
                // What it says further would fill the pipe and stop it.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return new(process, int.Parse(line.AsSpan(line.LastIndexOf(':') + 1), CultureInfo.InvariantCulture));
            }
        }

        throw new InvalidOperationException($"the server did not start: {await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
