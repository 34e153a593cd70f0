using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;

namespace NativeCerts.ExtraRoots;

/// <summary>The certificates that the run adds to the operating system's, from the file that a variable names.</summary>
internal sealed class AddedCertificates
{
    // The run sets it (RunOverlay). Whoever can set a program's variables can also have it load code (DOTNET_STARTUP_HOOKS), and gains nothing by this one.
    private const string Variable = "NCTRUST_ADDED_ROOTS";
    private const long LargestFile = 16 << 20;

    // What a run writes doesn't change. Where there was nothing to read, the next chain asks again.
    private static AddedCertificates? _read;

    private AddedCertificates(string text)
    {
        for (var rest = text.AsSpan(); PemEncoding.TryFind(rest, out var fields); rest = rest[fields.Location.End..])
        {
            if (!rest[fields.Label].SequenceEqual("CERTIFICATE")) continue;
            try
            {
                var certificate = X509Certificate2.CreateFromPem(rest[fields.Location]);
                // Only a root is an anchor, as in .NET on Linux. On Windows an intermediate would be one as well, with nothing above it verified [CertCreateCertificateChainEngine, CERT_CHAIN_EXCLUSIVE_ENABLE_CA_FLAG].
                var isRoot = certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
                (isRoot ? Roots : Intermediates).Add(certificate);
            }
            catch (CryptographicException)
            {
                // One that this system does not understand never costs the rest.
            }
        }
    }

    /// <summary>Anchors.</summary>
    public X509Certificate2Collection Roots { get; } = [];

    /// <summary>What may stand between, and is no anchor.</summary>
    public X509Certificate2Collection Intermediates { get; } = [];

    /// <summary>Reads them, once.</summary>
    /// <returns><see langword="null"/> where there are none: the file is gone, or nothing is in it.</returns>
    public static AddedCertificates? Read()
    {
        if (Volatile.Read(ref _read) is { } known) return known;
        var path = Environment.GetEnvironmentVariable(Variable);
        if (!Path.IsPathFullyQualified(path ?? "") || new FileInfo(path!) is not { Exists: true, Length: <= LargestFile }) return null;
        var added = new AddedCertificates(File.ReadAllText(path!));
        if (added.Roots.Count + added.Intermediates.Count == 0) return null;
        return Interlocked.CompareExchange(ref _read, added, null) ?? added;
    }
}
