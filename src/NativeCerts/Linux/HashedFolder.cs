using NativeCerts.Anchors;
using NativeCerts.Files;

namespace NativeCerts.Linux;

/// <summary>A hashed folder (OpenSSL, <c>openssl rehash</c>), read into memory: its regular files with hashed names, nothing else.</summary>
internal sealed class HashedFolder
{
    private readonly List<Entry> _entries = [];

    private HashedFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>What it holds, in the order of the names.</summary>
    public IReadOnlyList<Entry> Entries => _entries;

    /// <summary>Reads a folder.</summary>
    /// <param name="root">What stands for <c>/</c> when links are followed.</param>
    /// <param name="path">The folder's real path.</param>
    /// <param name="folder">The folder, if it can be read.</param>
    /// <returns><see langword="null"/>, or why not, as the end of a sentence.</returns>
    public static string? Read(string root, string path, out HashedFolder? folder)
    {
        folder = null;
        if (FolderListing.Open(path, out var listing) is { } failure) return failure;
        using (listing)
        {
            folder = new HashedFolder(path);
            foreach (var name in listing!.Names(HashedName.Is))
            {
                var problem = root == "/"
                    ? FileContent.ReadEntry(listing.Descriptor, name, out var content)
                    : FileContent.ReadEntry(LibC.CurrentFolder, RootedPath.Resolve(root, path[root.TrimEnd('/').Length..] + "/" + name), out content);
                folder._entries.Add(new Entry(name, content, problem));
            }
        }

        return null;
    }

    /// <summary>Adds its certificates to the roots.</summary>
    /// <returns>How many are usable.</returns>
    public int AddTo(RootCollection collection, string origin, AuthorityRule authority)
    {
        var usable = 0;
        foreach (var entry in _entries)
        {
            var path = $"{Path}/{entry.Name}";
            if (entry.Failure is { } failure)
            {
                collection.Problems.Add(new TrustProblem(TrustProblemSeverity.Warning, path, $"`{path}` {failure}", "rebuild the folder, for example with `update-ca-certificates --fresh`, or `openssl rehash` for your own"));
                continue;
            }

            // A copy, because reading it as PEM destroys it, and the folder is compared with the roots later.
            usable += collection.AddPem(entry.Content.ToArray(), new CertificateSource(path, origin, authority, TrustProblemSeverity.Information)).Usable;
        }

        return usable;
    }

    /// <summary>A file with a hashed name.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Content">What is in it.</param>
    /// <param name="Failure">Why it could not be read, as the end of a sentence.</param>
    internal readonly record struct Entry(string Name, ReadOnlyMemory<byte> Content, string? Failure);
}
