using System.Text;
using NativeCerts.Certificates;

namespace NativeCerts.Run.TrustFolder;

/// <summary>The script that a shell's profile reads: <c>$XDG_CACHE_HOME/nctrust/init</c>, which nobody else may write.</summary>
internal static class StartScriptFile
{
    private const string Folder = "init";

    /// <summary>Where it lies.</summary>
    /// <param name="environment">Says where caches are.</param>
    /// <param name="shell">The shell.</param>
    /// <param name="options">The other options of <c>nctrust init</c>, for each of which there is one of its own.</param>
    /// <returns><see langword="null"/> where there is no place for it.</returns>
    public static string? Locate(IReadOnlyDictionary<string, string> environment, string shell, string options)
    {
        if (VersionCache.Folder(environment, make: true) is not { } parent) return null;
        if (options.Length == 0) return Path.Combine(parent, Folder, shell);
        Span<byte> digest = stackalloc byte[Sha1.DigestLength];
        Sha1.Hash(Encoding.UTF8.GetBytes(options), digest);
        return Path.Combine(parent, Folder, $"{shell}-{Convert.ToHexStringLower(digest[..8])}");
    }

    /// <summary>Writes it; where that can't be done, there is none, and the profile goes without.</summary>
    /// <param name="path">The path from <see cref="Locate"/>.</param>
    /// <param name="text">Its text, one character a byte.</param>
    public static void Write(string path, string text)
    {
        var folder = Path.GetDirectoryName(path)!;
        var temporary = $"{path}.{Environment.ProcessId}";
        try
        {
            PrivateFiles.TryMakeFolder(folder, out _);
            if (!RuntimeFolder.IsPrivate(folder)) return;
            PrivateFiles.Write(temporary, file => file.Write(Encoding.Latin1.GetBytes(text)));
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            foreach (var left in new[] { temporary, PrivateFiles.Unfinished(temporary) })
            {
                if (File.Exists(left)) File.Delete(left);
            }
        }
    }

    /// <summary>Takes those of a shell away.</summary>
    public static void Delete(IReadOnlyDictionary<string, string> environment, string shell)
    {
        if (VersionCache.Folder(environment, make: false) is not { } parent || Path.Combine(parent, Folder) is var folder && !Directory.Exists(folder)) return;
        foreach (var file in Directory.GetFiles(folder).Where(file => Path.GetFileName(file) is var name && (name == shell || name.StartsWith(shell + "-", StringComparison.Ordinal)))) File.Delete(file);
        PrivateFiles.DeleteIfEmpty(folder);
    }
}
