using System.Security.Cryptography;
using NativeCerts.Certificates;
using TestSupport;

namespace NativeCerts.Tests.Support;

/// <summary>A folder that stands for <c>/</c>, with an environment of its own.</summary>
internal sealed class FakeRoot : IDisposable
{
    /// <summary>The folder.</summary>
    public TemporaryFolder Folder { get; } = new();

    /// <summary>The environment that is read.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>The real path of a path below the root.</summary>
    public string this[string path] => Folder[path.TrimStart('/')];

    /// <summary>Writes a file below the root.</summary>
    public string Write(string path, string content) => Folder.Write(path.TrimStart('/'), content);

    /// <inheritdoc cref="Write(string, string)"/>
    public string Write(string path, byte[] content) => Folder.Write(path.TrimStart('/'), content);

    /// <summary>Writes a certificate into a hashed folder under the name that OpenSSL looks for.</summary>
    public string WriteHashed(string folder, byte[] der, int number = 0) =>
        Write($"{folder}/{SubjectHash.Compute(der):x8}.{number}", Pem(der));

    /// <summary>Makes a symbolic link below the root.</summary>
    public void Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        File.CreateSymbolicLink(this[path], target);
    }

    /// <summary>Reads the store.</summary>
    public TrustSnapshot Read(params AdditionalSource[] additional) =>
        TrustStore.Read(new TrustStoreOptions { Environment = Environment, FileSystemRoot = Folder.Path, Additional = additional });

    /// <summary>A certificate, PEM.</summary>
    public static string Pem(byte[] der) => new string(PemEncoding.Write("CERTIFICATE", der)) + "\n";

    /// <inheritdoc/>
    public void Dispose() => Folder.Dispose();
}
