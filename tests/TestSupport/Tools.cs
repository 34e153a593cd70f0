namespace TestSupport;

/// <summary>The programs of the machine that tests run; a missing one skips the test by name, or fails it where <c>NCTRUST_REQUIRE_TOOLS=1</c>.</summary>
public static class Tools
{
    /// <summary>Finds a program on the machine's <c>PATH</c>.</summary>
    /// <returns>Its absolute path, or <see langword="null"/>.</returns>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <summary>Finds a program, or ends the running test: skipped with the program's name, or failed where tools are required.</summary>
    /// <returns>Its absolute path.</returns>
    public static string Require(string name)
    {
        if (Find(name) is { } path) return path;
        var reason = $"`{name}` is not installed";
        if (Environment.GetEnvironmentVariable("NCTRUST_REQUIRE_TOOLS") == "1") Xunit.Assert.Fail(reason);
        Xunit.Assert.Skip(reason);
        return "";
    }
}
