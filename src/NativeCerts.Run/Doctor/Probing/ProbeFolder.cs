using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run.Doctor.Probing;

/// <summary>The temporary folder in which probes have their homes and working folders: the owner's alone, and gone with the trial.</summary>
internal sealed class ProbeFolder : IDisposable
{
    private const string Prefix = "nctrust-doctor-";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int MostAttempts = 5;

    /// <summary>How much memory has to be free, in bytes: the probes of 67 tools, compilers among them, took 35 MiB at the most.</summary>
    private const long Enough = 2L << 30;

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(100);
    private int _count;

    /// <summary>Makes it, after what a trial that was killed left behind is taken away.</summary>
    public ProbeFolder()
    {
        foreach (var left in Left()) Delete(left);
        for (var number = 0; FolderInMemory is { } memory && number < MostAttempts; number++)
        {
            // As short as may be: some tools make sockets below it, and the path of one has 107 bytes at the most [unix(7)].
            Path = System.IO.Path.Combine(memory, $"{Prefix}{RunOwner.Current()}{(number == 0 ? "" : $"-{number}")}");
            // Whatever is there already is another's.
            if (PrivateFiles.TryMakeFolder(Path, out _)) return;
        }

        Path = Directory.CreateTempSubdirectory($"{Prefix}{RunOwner.Current()}-").FullName;
    }

    /// <summary>Its absolute path.</summary>
    public string Path { get; }

    /// <summary>A folder of all probes: what one of them has compiled, the next runs need not compile again.</summary>
    public string Built => Make(System.IO.Path.Combine(Path, "built"));

    /// <summary>What trials that were killed left behind.</summary>
    public static IReadOnlyList<string> Left() => [.. Left(System.IO.Path.GetTempPath()), .. RuntimeFolder.InMemory is { } memory ? Left(memory) : []];

    // Every run makes and removes a home and what its tool writes there: in memory that takes the system half the time that it takes on a disk.
    private static string? FolderInMemory =>
        Environment.GetEnvironmentVariable("TMPDIR") is null or "" && RuntimeFolder.InMemory is { } memory && new DriveInfo(memory).AvailableFreeSpace >= Enough ? memory : null;

    private static IReadOnlyList<string> Left(string parent)
    {
        try
        {
            var space = RunOwner.CurrentNamespace();
            return [.. Directory.GetDirectories(parent, Prefix + "*").Where(folder => RuntimeFolder.IsPrivate(folder)
                && RunOwner.Parse(System.IO.Path.GetFileName(folder.AsSpan())[Prefix.Length..]) is { } owner && owner.IsGone(space))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Makes a folder in it that no other probe has.</summary>
    /// <returns>Its absolute path.</returns>
    public string MakeFolder() => Make(System.IO.Path.Combine(Path, Interlocked.Increment(ref _count).ToString(System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>Makes a folder that its owner alone may enter.</summary>
    /// <returns>Its path.</returns>
    public static string Make(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnly);
        return path;
    }

    /// <summary>Writes a file in it.</summary>
    /// <returns>Its absolute path.</returns>
    public string Write(string name, string content)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Takes a folder away with all that is in it, as far as that goes: a tool may have made it read-only, or something in it may still be written.</summary>
    public static void Delete(string folder)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (DirectoryNotFoundException)
            {
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (attempt == MostAttempts) return;
                Open(folder);
                Thread.Sleep(BetweenAttempts);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Delete(Path);

    private static void Open(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        try
        {
            foreach (var below in Directory.EnumerateDirectories(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })) File.SetUnixFileMode(below, OwnerOnly);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next attempt tells.
        }
    }
}
