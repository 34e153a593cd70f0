using System.Text;
using NativeCerts.Anchors;
using NativeCerts.Certificates;
using NativeCerts.Files;

namespace NativeCerts.Linux;

/// <summary>Compares a hashed folder with the roots: may a variable point at it without trusting more than they are?</summary>
/// <param name="roots">What is trusted.</param>
/// <param name="now">The moment at which certificates have to be valid.</param>
internal sealed class FolderComparison(IReadOnlyList<TrustedRoot> roots, DateTimeOffset now)
{
    private DerSet? _set;
    private readonly long _now = now.ToUnixTimeSeconds();
    private byte[] _buffer = new byte[4096];
    private byte[] _decoded = new byte[8192];

    /// <summary>The files, by their paths, that hold roots and nothing else, in the folders compared so far.</summary>
    public List<string> Files { get; } = [];

    /// <summary>Whether the folders compared so far hold nothing that a program would trust beyond the roots, or hang on.</summary>
    public bool IsWithinRoots { get; private set; } = true;

    /// <summary>Compares a folder of the distribution, file by file, with none kept in memory.</summary>
    /// <param name="root">What stands for <c>/</c> when links are followed.</param>
    /// <param name="path">The folder's real path.</param>
    /// <returns>Whether there is such a folder, with hashed names in it.</returns>
    public bool Compare(string root, string path)
    {
        if (FolderListing.Open(path, out var listing) is not null) return false;
        using (listing)
        {
            var hasNames = false;
            while (listing!.MoveNext())
            {
                if (!HashedName.Is(listing.Name)) continue;
                hasNames = true;
                var file = $"{path}/{Encoding.UTF8.GetString(listing.Name)}";
                var length = root == "/" ? listing.ReadFile(ref _buffer) : FileContent.ReadSmall(RootedPath.Resolve(root, file[root.TrimEnd('/').Length..]), ref _buffer);
                // What cannot be opened harms nobody; a FIFO, which reads as empty, hangs Go; nobody knows what is in a file of that size.
                if (length < 0) continue;
                Compare(file, _buffer.AsSpan(0, length), length is 0 or > FileContent.LargestFolderEntry);
            }

            return hasNames;
        }
    }

    /// <summary>Compares a folder that has been read.</summary>
    public void Compare(HashedFolder folder)
    {
        foreach (var entry in folder.Entries)
        {
            if (entry.Failure is { } failure) IsWithinRoots &= FileContent.IsUnreachable(failure);
            else Compare($"{folder.Path}/{entry.Name}", entry.Content.Span, isHarmful: false);
        }
    }

    private void Compare(string file, ReadOnlySpan<byte> text, bool isHarmful)
    {
        var contents = isHarmful ? FileContents.More : Judge(text);
        if (contents == FileContents.More) IsWithinRoots = false;
        else if (contents == FileContents.Roots) Files.Add(file);
    }

    // Made when the first file is compared: of ten thousand roots it costs some milliseconds.
    private DerSet Roots => _set ??= ToSet(roots);

    private FileContents Judge(ReadOnlySpan<byte> text)
    {
        if (_decoded.Length < text.Length * 2) _decoded = new byte[text.Length * 2];
        var contents = FileContents.Roots;
        var reader = new PemReader(text);
        while (reader.Read())
        {
            if (reader.Label == PemLabel.Other) continue;
            if (reader.Label != PemLabel.Certificate || !reader.IsWhole) return FileContents.More;
            var der = _decoded.AsSpan(text.Length);
            if (!PemBody.TryDecode(reader.Body, _decoded, der, out var written)) return FileContents.More;
            if (Roots.Find(der[..written]) >= 0) continue;
            if (!IsExpired(der[..written])) return FileContents.More;
            contents = FileContents.Expired;
        }

        return contents;
    }

    // Whoever looks into such a folder at run time looks at the dates too: OpenSSL (error 10), Go and .NET refuse an expired root.
    // webpki, which does not, reads the distribution's folder without us as well. Debian's has some expired ones for years.
    private bool IsExpired(ReadOnlySpan<byte> der) =>
        CertificateParser.Parse(der, out var fields) is null && AnchorRule.Judge(fields, _now, AuthorityRule.NoServerCertificates) == AnchorVerdict.Expired;

    private static DerSet ToSet(IReadOnlyList<TrustedRoot> roots)
    {
        var set = new DerSet();
        for (var index = 0; index < roots.Count; index++) set.Add(roots[index].Der);
        return set;
    }

    private enum FileContents
    {
        Roots,
        Expired,
        More,
    }
}
