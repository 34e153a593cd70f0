using System.Net.Sockets;
using System.Text;

namespace NativeCerts.Run.Doctor.Probing;

/// <summary>A protocol of lines, in which the server greets first and the client asks for TLS; or the same with TLS from the first byte.</summary>
internal sealed class LinePreamble(LineProtocol protocol) : TlsPreamble
{
    // Only the client knows which of the two it speaks: one with TLS begins at once, one without waits for the greeting.
    private static readonly TimeSpan TlsComesWithin = TimeSpan.FromSeconds(1);

    public override ReadOnlyMemory<byte> Greeting(bool upgraded) => upgraded ? default : Encoding.ASCII.GetBytes(protocol.Greeting);

    public override bool IsFarewell(ReadOnlySpan<byte> data) => protocol.Parse(Encoding.Latin1.GetString(data)).Command == protocol.Farewell;

    public override async Task<PreambleOutcome> SpeakAsync(Socket socket, CancellationToken cancellation)
    {
        var first = PeekAsync(socket, cancellation);
        if (await Task.WhenAny(first, Task.Delay(TlsComesWithin, cancellation)) == first)
        {
            if (await first is null) return PreambleOutcome.Gone;
            if (await first == TlsHandshake) return PreambleOutcome.Direct;
        }

        await SendAsync(socket, protocol.Greeting, cancellation);
        if (await first is null) return PreambleOutcome.Gone;
        while (await ReadLineAsync(socket, cancellation) is { } line)
        {
            var (tag, command) = protocol.Parse(line);
            var answer = command == protocol.Upgrade ? protocol.Agreed
                : protocol.Capabilities.GetValueOrDefault(command) ?? (protocol.Ignored.Contains(command) ? protocol.Done : null);
            if (command == protocol.Farewell) return PreambleOutcome.Gone;
            if (answer is null) return PreambleOutcome.Plaintext;
            await SendAsync(socket, answer.Replace("{tag}", tag, StringComparison.Ordinal), cancellation);
            if (command == protocol.Upgrade) return PreambleOutcome.Upgraded;
        }

        return PreambleOutcome.Gone;
    }

    private static async Task SendAsync(Socket socket, string text, CancellationToken cancellation) =>
        await socket.SendAsync(Encoding.ASCII.GetBytes(text), cancellation);

    // A byte at a time: what comes behind the line is TLS.
    private static async Task<string?> ReadLineAsync(Socket socket, CancellationToken cancellation)
    {
        var line = new StringBuilder();
        var next = new byte[1];
        while (await socket.ReceiveAsync(next, cancellation) > 0)
        {
            if (next[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)next[0]);
        }

        return null;
    }
}
