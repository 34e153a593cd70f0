namespace TestSupport;

/// <summary>A test's own folder, deleted with all that is in it when the test ends.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Makes a folder that only its owner can enter.</summary>
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("nctrust-test-").FullName;

    /// <summary>The folder's absolute path.</summary>
    public string Path { get; }

    /// <summary>The path of something in the folder.</summary>
    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    /// <summary>Writes a file in the folder, with the folders that lead to it.</summary>
    /// <returns>Its absolute path.</returns>
    public string Write(string relative, string content)
    {
        var path = this[relative];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <inheritdoc cref="Write(string, string)"/>
    public string Write(string relative, byte[] content)
    {
        var path = this[relative];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
