using System;
using System.Collections.Generic;
using System.Diagnostics.Tracing;
using System.Runtime.ExceptionServices;

namespace NativeCerts.StartupHook.Explaining;

/// <summary>With <c>--explain</c>: says on standard error why a certificate was refused, one block a refusal. Idle until the program loads its TLS.</summary>
/// <remarks>
/// The events are what .NET itself says of a handshake
/// (https://github.com/dotnet/runtime/blob/main/src/libraries/System.Net.Security/src/System/Net/Security/NetEventSource.Security.cs).
/// Certificate, errors and the exception come one after the other on one thread; the host came before, under the stream's number.
/// </remarks>
internal sealed class Explanation : EventListener
{
    private const string TlsAssembly = "System.Net.Security", Events = "Private.InternalDiagnostics.System.Net.Security", Failure = "AuthenticationException";

    private static readonly Dictionary<string, string> Hosts = new();
    private static Explanation? _listener;

    [ThreadStatic]
    private static string? _certificate, _errors, _stream;

    /// <summary>Waits for the assembly of TLS, whose event source there is nothing to listen to before.</summary>
    public static void Start() => AppDomain.CurrentDomain.AssemblyLoad += Listen;

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Events) EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        try
        {
            Take(eventData);
        }
        catch
        {
            // Explaining never costs the program anything but time.
        }
    }

    private static void Listen(object? sender, AssemblyLoadEventArgs loaded)
    {
        try
        {
            if (_listener is not null || loaded.LoadedAssembly.GetName().Name != TlsAssembly) return;
            _listener = new Explanation();
            AppDomain.CurrentDomain.FirstChanceException += Explain;
        }
        catch
        {
            // The program then does without.
        }
    }

    private static void Take(EventWrittenEventArgs data)
    {
        if (data.Payload is not { Count: > 0 } payload) return;
        switch (data.EventName)
        {
            // The address, until there is a name: an address is never one.
            case "SslStreamCtor" when payload.Count > 2 && payload[2] is string address:
                lock (Hosts) Hosts[Number((string)payload[0]!)] = address;
                break;
            case "SentFrame" when payload.Count > 1 && payload[1] is string frame && Between(frame, "TargetName='", "'") is { Length: > 0 } host:
                lock (Hosts) Hosts[Number((string)payload[0]!)] = host;
                break;
            case "RemoteCertificate":
                (_certificate, _errors) = (payload[0] as string, null);
                break;
            case "RemoteCertificateError" when payload.Count > 1 && payload[1] is string error && !error.EndsWith("errors:", StringComparison.Ordinal):
                _stream = payload[0]!.ToString();
                error = error.Replace("ChainStatus:", "").Trim().TrimEnd('.');
                _errors = _errors is null ? error : _errors + "; " + error;
                break;
        }
    }

    private static void Explain(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        // The exception is thrown again further up: its first time takes what there is.
        if (_errors is null || thrown.Exception.GetType().Name != Failure) return;
        var (certificate, errors, stream) = (_certificate ?? "", _errors, _stream ?? "");
        _errors = null;
        try
        {
            string? host;
            lock (Hosts) Hosts.TryGetValue(stream, out host);
            StandardError.Write(ExplanationText.Compose(host, certificate, errors));
        }
        catch
        {
            // As above.
        }
    }

    private static string Number(string stream) => stream.Substring(stream.IndexOf('#') + 1);

    /// <summary>What stands between two texts, or <see langword="null"/>.</summary>
    internal static string? Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal);
        if (from < 0) return null;
        from += start.Length;
        var to = text.IndexOf(end, from, StringComparison.Ordinal);
        return to < 0 ? null : text.Substring(from, to - from);
    }
}
