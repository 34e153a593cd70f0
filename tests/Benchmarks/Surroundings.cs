using TestSupport;

namespace Benchmarks;

/// <summary>What a timed program has around it: a home, and a runtime folder in memory, as it is everywhere (/run/user/1000).</summary>
internal sealed class Surroundings : IDisposable
{
    /// <summary>Makes the folders.</summary>
    public Surroundings()
    {
        Memory = Directory.CreateDirectory($"{(Directory.Exists("/dev/shm") ? "/dev/shm" : Folder.Path)}/nctrust-benchmark-{Guid.NewGuid():N}", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Environment = new() { ["PATH"] = "/usr/local/bin:/usr/bin:/bin", ["HOME"] = Folder.Path, ["XDG_RUNTIME_DIR"] = Memory.FullName };
    }

    /// <summary>The home.</summary>
    public TemporaryFolder Folder { get; } = new();

    /// <summary>The folder in memory.</summary>
    public DirectoryInfo Memory { get; }

    /// <summary>The whole environment.</summary>
    public Dictionary<string, string> Environment { get; }

    /// <summary>Copies a program into memory.</summary>
    /// <param name="program">The program.</param>
    /// <param name="name">The folder that it gets there.</param>
    /// <returns>The copy's path.</returns>
    public string Copy(string program, string name)
    {
        var place = Path.Combine(Memory.CreateSubdirectory(name).FullName, "nctrust");
        File.Copy(program, place);
        return place;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Memory.Delete(recursive: true);
        Folder.Dispose();
    }
}
