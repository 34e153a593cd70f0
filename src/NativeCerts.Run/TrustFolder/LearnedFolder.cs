using NativeCerts.Files;

namespace NativeCerts.Run.TrustFolder;

/// <summary>The learned intermediates of a user: <c>$XDG_DATA_HOME/nctrust/learned</c>, a folder that is the user's alone, one file each.</summary>
/// <remarks>
/// They come to the roots as long as the root that they lead to is among these: many clients take each certificate of their bundle for an anchor
/// (<c>X509_V_FLAG_PARTIAL_CHAIN</c>, on by default in Python 3.13; Go; Java), so that one without its root would be a root of trust itself.
/// </remarks>
internal static class LearnedFolder
{
    /// <summary>The origin of a learned intermediate among the roots of a run.</summary>
    public const string Origin = "learned";

    private const string Extension = ".pem";

    /// <summary>Adds what was learned to what is trusted. Where nothing was learned, this is one folder that cannot be opened.</summary>
    /// <param name="snapshot">What is trusted.</param>
    /// <param name="environment">Says where the user's data is.</param>
    /// <param name="now">The moment, in seconds since 1970.</param>
    public static TrustSnapshot AddTo(TrustSnapshot snapshot, IReadOnlyDictionary<string, string> environment, long now)
    {
        if (Locate(environment) is not { } folder || FolderListing.Open(folder, out var listing) is not null) return snapshot;
        List<TrustedRoot> added = [];
        List<TrustProblem> problems = [];
        using (listing)
        {
            if (!RuntimeFolder.IsPrivate(folder)) problems.Add(new(TrustProblemSeverity.Warning, folder, $"`{folder}` is not yours alone, so what was learned is left out: others could change it", $"see who wrote it with `ls -la {folder}`, then `chmod 700 {folder}`, or remove it"));
            else
            {
                foreach (var known in Read(folder, listing!))
                {
                    if (known.Flaw(snapshot.Roots, now) is { } flaw) problems.Add(new(TrustProblemSeverity.Information, known.Path, $"the learned intermediate in `{known.Path}` is left out: {flaw}", "nctrust explain --forget all"));
                    else if (!Holds(snapshot.Roots, known.Der)) added.Add(new(known.Der, known.Path, Origin));
                }
            }
        }

        if (added.Count == 0 && problems.Count == 0) return snapshot;
        return new()
        {
            Roots = [.. snapshot.Roots, .. added],
            Problems = [.. snapshot.Problems, .. problems],
            // That file has the roots alone.
            CleanBundlePath = added.Count == 0 ? snapshot.CleanBundlePath : null,
            SystemFolderPath = snapshot.SystemFolderPath,
            SystemFolderFiles = snapshot.SystemFolderFiles,
        };
    }

    /// <summary>All that was learned, whether or not it is still of use.</summary>
    /// <param name="environment">Says where the user's data is.</param>
    public static IReadOnlyList<LearnedIntermediate> All(IReadOnlyDictionary<string, string> environment)
    {
        if (Locate(environment) is not { } folder || FolderListing.Open(folder, out var listing) is not null) return [];
        using (listing) return RuntimeFolder.IsPrivate(folder) ? Read(folder, listing!) : [];
    }

    /// <summary>Keeps an intermediate.</summary>
    /// <param name="environment">Says where the user's data is.</param>
    /// <param name="name">The file's name without its ending: the certificate's SHA-256.</param>
    /// <param name="server">For which server.</param>
    /// <param name="chain">The intermediate, what stands above it, and last the root; each DER, each signature verified.</param>
    /// <returns>The file.</returns>
    /// <exception cref="RunFailedException">There is no folder for the user's data, or it is not the user's alone.</exception>
    public static string Keep(IReadOnlyDictionary<string, string> environment, string name, string server, IReadOnlyList<ReadOnlyMemory<byte>> chain)
    {
        if (Locate(environment) is not { } folder) throw new RunFailedException("there is no folder for what is learned: neither `XDG_DATA_HOME` nor `HOME` is an absolute path, or this is not Linux", "set `HOME`");
        try
        {
            var parent = Path.GetDirectoryName(folder)!;
            Directory.CreateDirectory(Path.GetDirectoryName(parent)!);
            PrivateFiles.TryMakeFolder(parent, out _);
            PrivateFiles.TryMakeFolder(folder, out _);
            if (!RuntimeFolder.IsPrivate(folder)) throw new RunFailedException($"`{folder}` is not yours alone, so what is trusted could be changed there", $"ls -la {folder}");
            var path = Path.Combine(folder, name + Extension);
            var servers = FileContent.Read(path, out var old) is null && LearnedIntermediate.Read(path, old.Span) is { } known ? known.Servers.Where(other => other != server) : [];
            // Under a name of this process's own, so that two that learn the same don't meet.
            var own = $"{path}.{Environment.ProcessId}";
            PrivateFiles.Write(own, file => file.Write(new LearnedIntermediate(path, [.. servers, server], chain).ToText()));
            if (LibC.Rename(own, path) == 0) return path;
            File.Delete(own);
            throw new IOException("it cannot be put in place");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"`{folder}` cannot be written: {RuntimeFolder.Reason(e)}", $"ls -la {folder}");
        }
    }

    /// <summary>Forgets.</summary>
    /// <param name="environment">Says where the user's data is.</param>
    /// <param name="server">What was learned for this server; <see langword="null"/> is everything.</param>
    /// <returns>What was forgotten.</returns>
    public static IReadOnlyList<LearnedIntermediate> Forget(IReadOnlyDictionary<string, string> environment, string? server)
    {
        List<LearnedIntermediate> gone = [.. All(environment).Where(known => server is null || known.Servers.Contains(server))];
        foreach (var known in gone) File.Delete(known.Path);
        if (Locate(environment) is { } folder) PrivateFiles.DeleteIfEmpty(folder);
        return gone;
    }

    /// <summary>Where the folder is, whether or not it exists; <see langword="null"/> where the user has no place for data, and on other systems than Linux.</summary>
    /// <param name="environment">Says where the user's data is.</param>
    public static string? Locate(IReadOnlyDictionary<string, string> environment)
    {
        if (!OperatingSystem.IsLinux()) return null;
        // XDG Base Directory Specification: a relative path is to be ignored.
        if (environment.TryGetValue("XDG_DATA_HOME", out var data) && Path.IsPathRooted(data)) return data + "/nctrust/learned";
        return environment.TryGetValue("HOME", out var home) && Path.IsPathRooted(home) ? home + "/.local/share/nctrust/learned" : null;
    }

    private static List<LearnedIntermediate> Read(string folder, FolderListing listing)
    {
        List<LearnedIntermediate> all = [];
        foreach (var name in listing.Names(name => name.EndsWith(".pem"u8)))
        {
            if (FileContent.ReadEntry(listing.Descriptor, name, out var content) is null && LearnedIntermediate.Read($"{folder}/{name}", content.Span) is { } known) all.Add(known);
        }

        return all;
    }

    private static bool Holds(IReadOnlyList<TrustedRoot> roots, ReadOnlyMemory<byte> der)
    {
        foreach (var root in roots)
        {
            if (root.Der.Span.SequenceEqual(der.Span)) return true;
        }

        return false;
    }
}
