namespace TestSupport;

/// <summary>The programs of the machine that tests run; a missing one skips the test by name, or fails it where <c>NCTRUST_REQUIRE_TOOLS=1</c>.</summary>
public static class Tools
{
    /// <summary>The variable that names a folder of programs for tests alone, laid as <c>.ci/install-tools</c> lays it.</summary>
    public const string FolderVariable = "NCTRUST_TEST_TOOLS";

    private static readonly string[] SystemFolders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <summary>
    /// Where programs are looked up: the tests' own tools, the system's folders, then the rest of <c>PATH</c>. The system comes
    /// first, because a version manager's stand-ins read settings of the user's home.
    /// </summary>
    public static string SearchPath { get; } = string.Join(':', Folders().Where(Directory.Exists).Distinct(StringComparer.Ordinal));

    /// <summary>Finds a program in <see cref="SearchPath"/>; an absolute path is taken as it is.</summary>
    /// <returns>Its absolute path, or <see langword="null"/>.</returns>
    public static string? Find(string name) =>
        SearchPath.Split(':').Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Finds a program, or ends the running test: skipped with the program's name, or failed where tools are required.</summary>
    /// <returns>Its absolute path.</returns>
    public static string Require(string name)
    {
        if (Find(name) is { } path) return path;
        Missing($"`{name}` is not installed");
        return "";
    }

    /// <summary>A file of the tests' own tools, or ends the running test as <see cref="Require"/> does.</summary>
    /// <param name="relative">Its path below the folder of <see cref="FolderVariable"/>.</param>
    /// <returns>Its absolute path.</returns>
    public static string RequireFile(string relative)
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } own && Path.Combine(own, relative) is var path && File.Exists(path)) return path;
        Missing($"`{relative}` is not in `{FolderVariable}`");
        return "";
    }

    /// <summary>Ends the running test because the machine lacks something: skipped with the reason, or failed where tools are required.</summary>
    public static void Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("NCTRUST_REQUIRE_TOOLS") == "1") Xunit.Assert.Fail(reason);
        Xunit.Assert.Skip(reason);
    }

    private static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } own)
        {
            yield return Path.Combine(own, "bin");
            yield return Path.Combine(own, "npm", "node_modules", ".bin");
        }

        foreach (var folder in SystemFolders) yield return folder;
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)) yield return folder;
    }
}
