using NativeCerts.Certificates;

namespace NativeCerts.Run.TrustFolder;

/// <summary>The roots of Windows as they were told last: <c>$XDG_CACHE_HOME/nctrust/windows</c>, which nobody else may write.</summary>
internal static class WindowsRootsFile
{
    /// <summary>Where it lies.</summary>
    /// <returns><see langword="null"/> where there is no place for it.</returns>
    public static string? Locate(IReadOnlyDictionary<string, string> environment)
    {
        if (VersionCache.Folder(environment, make: true) is not { } parent) return null;
        var folder = Path.Combine(parent, "windows");
        PrivateFiles.TryMakeFolder(folder, out _);
        return RuntimeFolder.IsPrivate(folder) ? Path.Combine(folder, "roots.pem") : null;
    }

    /// <summary>Whether it is there and young enough; one of the future is not.</summary>
    public static bool IsFresh(string path, TimeSpan maxAge) =>
        File.Exists(path) && DateTime.UtcNow - File.GetLastWriteTimeUtc(path) is var age && age < maxAge && age > -TimeSpan.FromMinutes(1);

    /// <summary>Writes it, whole.</summary>
    /// <returns>Whether that could be done.</returns>
    public static bool Write(string path, IReadOnlyList<TrustedRoot> roots)
    {
        var temporary = $"{path}.{Environment.ProcessId}";
        try
        {
            PrivateFiles.Write(temporary, file => PemWriter.Write(roots, file));
            File.Move(temporary, path, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            foreach (var left in new[] { temporary, PrivateFiles.Unfinished(temporary) })
            {
                if (File.Exists(left)) File.Delete(left);
            }

            return false;
        }
    }
}
