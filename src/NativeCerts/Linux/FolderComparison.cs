using NativeCerts.Anchors;
using NativeCerts.Certificates;
using NativeCerts.Files;

namespace NativeCerts.Linux;

/// <summary>Compares hashed folders with the roots: may a variable point at them, and does that suffice?</summary>
internal sealed class FolderComparison(IReadOnlyList<TrustedRoot> roots)
{
    private readonly DerSet _roots = ToSet(roots);
    private readonly bool[] _found = new bool[roots.Count];
    private byte[] _buffer = [];

    /// <summary>Whether every root was found under a name that OpenSSL finds it by, in the folders compared so far.</summary>
    public bool IsComplete => Array.IndexOf(_found, false) < 0;

    /// <summary>Whether a folder holds nothing that a consumer would trust beyond the roots, or hang on.</summary>
    public bool IsWithinRoots(HashedFolder folder)
    {
        foreach (var entry in folder.Entries)
        {
            // What cannot be opened harms nobody; a FIFO hangs Go, and nobody knows what is in a file that is too large to read.
            if (entry.Failure is { } failure && !FileContent.IsUnreachable(failure)) return false;
            if (entry.Failure is null && !IsWithinRoots(folder, entry)) return false;
        }

        return true;
    }

    private bool IsWithinRoots(HashedFolder folder, HashedFolder.Entry entry)
    {
        var text = entry.Content.Span;
        if (_buffer.Length < text.Length * 2) _buffer = new byte[Math.Max(text.Length * 2, 32768)];
        var reader = new PemReader(text);
        while (reader.Read())
        {
            if (reader.Label == PemLabel.Other) continue;
            if (reader.Label != PemLabel.Certificate || !reader.IsWhole) return false;
            var der = _buffer.AsSpan(text.Length);
            if (!PemBody.TryDecode(reader.Body, _buffer, der, out var written)) return false;
            var number = _roots.Find(der[..written]);
            if (number < 0) return false;
            if (!_found[number]) _found[number] = IsFoundByOpenSsl(folder, entry, der[..written]);
        }

        return true;
    }

    // X509_LOOKUP_hash_dir counts from 0 up to the first number that is missing (crypto/x509/by_dir.c).
    private static bool IsFoundByOpenSsl(HashedFolder folder, HashedFolder.Entry entry, ReadOnlySpan<byte> der)
    {
        for (var name = HashedName.Predecessor(entry.Name); name is not null; name = HashedName.Predecessor(name))
        {
            var isThere = false;
            foreach (var other in folder.Entries) isThere |= other.Failure is null && other.Name == name;
            if (!isThere) return false;
        }

        return SubjectHash.Compute(der) == HashedName.Hash(entry.Name);
    }

    private static DerSet ToSet(IReadOnlyList<TrustedRoot> roots)
    {
        var set = new DerSet();
        for (var index = 0; index < roots.Count; index++) set.Add(roots[index].Der);
        return set;
    }
}
