using System.Net.Sockets;
using System.Text;

namespace NativeCerts.Run.Doctor.Probing;

/// <summary>TLS from the first byte.</summary>
/// <param name="http">The protocol inside is HTTP.</param>
internal sealed class DirectPreamble(bool http) : TlsPreamble
{
    private const string Http2 = "h2";

    // RFC 9113, 6.5 and 6.8: an empty SETTINGS frame, then GOAWAY (no stream was processed, no error).
    private static readonly byte[] Http2Answer = [0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static readonly byte[] Http1Answer = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 3\r\nConnection: close\r\n\r\n{}\n");

    // HTTP/1.1 in front: HTTP/2 is for clients that speak nothing else, as gRPC's.
    public override IReadOnlyList<string> ApplicationProtocols => http ? ["http/1.1", Http2, "http/1.0"] : [];

    // A client of HTTP/2 that is told to go away without an answer comes again by itself, if at all.
    public override ReadOnlyMemory<byte> Answer(string applicationProtocol, string? onwards) =>
        !http ? default : applicationProtocol == Http2 ? Http2Answer : onwards is null ? Http1Answer : Encoding.ASCII.GetBytes($"HTTP/1.1 302 Found\r\nLocation: {onwards}/nctrust-next\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

    public override async Task<PreambleOutcome> SpeakAsync(Socket socket, CancellationToken cancellation) => await PeekAsync(socket, cancellation) switch
    {
        null => PreambleOutcome.Gone,
        TlsHandshake => PreambleOutcome.Direct,
        _ => PreambleOutcome.Plaintext,
    };
}
