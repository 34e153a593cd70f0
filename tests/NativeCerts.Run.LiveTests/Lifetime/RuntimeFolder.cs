using TestSupport;

namespace NativeCerts.Run.LiveTests.Lifetime;

/// <summary>What runs leave in a sandbox's <c>$XDG_RUNTIME_DIR/nctrust</c>.</summary>
public static class RuntimeFolder
{
    /// <summary>
    /// Runs <c>true</c>, which sweeps what dead runs left, and checks that the folder then holds no more than after a
    /// first run in a new place.
    /// </summary>
    public static async Task MustBeSweptAsync(InstalledTool tool, Sandbox sandbox)
    {
        using var untouched = new Sandbox();
        (await untouched.RunAsync(tool.Run([], ["true"]))).MustSucceed();
        (await sandbox.RunAsync(tool.Run([], ["true"]))).MustSucceed();
        var expected = Entries(untouched);
        var left = Entries(sandbox);
        Assert.True(left.Count <= expected.Count, $"left behind: {string.Join(' ', left)}");
    }

    private static List<string> Entries(Sandbox sandbox) =>
        Directory.Exists(sandbox.Folder["runtime/nctrust"])
            ? [.. Directory.EnumerateFileSystemEntries(sandbox.Folder["runtime/nctrust"], "*", SearchOption.AllDirectories)]
            : [];
}
