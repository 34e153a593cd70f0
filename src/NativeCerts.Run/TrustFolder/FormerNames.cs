using NativeCerts.Anchors;
using NativeCerts.Certificates;
using NativeCerts.Files;

namespace NativeCerts.Run.TrustFolder;

/// <summary>The names by which the files of a covered folder are opened: <c>ISRG_Root_X1.pem</c> stays that root, if it is one of ours.</summary>
/// <param name="roots">What is trusted.</param>
internal sealed class FormerNames(IReadOnlyList<TrustedRoot> roots)
{
    private readonly DerSet _set = ToSet(roots);

    /// <summary>Goes through the names of a folder.</summary>
    /// <param name="path">The folder, as the operating system has it.</param>
    /// <returns>Each name that stays, with the number of the root that the file holds; <see langword="null"/> stands for all of them, in the place of a bundle.</returns>
    public IEnumerable<(string Name, int? Root)> In(string path)
    {
        if (FolderListing.Open(path, out var listing) is not null) yield break;
        List<string> names;
        using (listing) names = listing!.Names(name => !HashedName.Is(name) && name[0] != '.');
        foreach (var name in names)
        {
            if (FileContent.ReadEntry(NativeCerts.Files.LibC.CurrentFolder, $"{path}/{name}", out var content) is not null) continue;
            var (count, root) = Look(content.Span);
            if (count > 1) yield return (name, null);
            else if (root >= 0) yield return (name, root);
        }
    }

    private (int Certificates, int Root) Look(ReadOnlySpan<byte> text)
    {
        var (count, root) = (0, -1);
        var reader = new PemReader(text);
        while (count < 2 && reader.Read())
        {
            if (reader.Label is PemLabel.Other or PemLabel.PrivateKey) continue;
            count++;
            var decoded = new byte[reader.Body.Length * 2];
            var der = decoded.AsSpan(reader.Body.Length);
            if (reader.Label is PemLabel.Certificate && PemBody.TryDecode(reader.Body, decoded, der, out var written)) root = _set.Find(der[..written]);
        }

        return (count, root);
    }

    private static DerSet ToSet(IReadOnlyList<TrustedRoot> roots)
    {
        var set = new DerSet();
        foreach (var root in roots) set.Add(root.Der);
        return set;
    }
}
