using NativeCerts.Files;
using NativeCerts.Run.TrustFolder;
using TestSupport;

namespace NativeCerts.Run.Tests.TrustFolder;

public sealed class RuntimeFolderSpecs
{
    [Fact(Timeout = 30_000)]
    public Task It_lies_in_XDG_RUNTIME_DIR() => Task.Run(() =>
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(folder["nctrust"], RuntimeFolder.Locate(new Dictionary<string, string> { ["XDG_RUNTIME_DIR"] = folder.Path }));
    });

    [Theory(Timeout = 30_000)]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("relative")]
    [InlineData("/nonexistent/runtime")]
    public Task Without_a_usable_XDG_RUNTIME_DIR_it_lies_in_the_temporary_folder_under_a_name_of_the_users_own(string? runtime) => Task.Run(() =>
    {
        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string> { ["TMPDIR"] = folder.Path };
        if (runtime is not null) environment["XDG_RUNTIME_DIR"] = runtime;
        Assert.Equal(folder[$"nctrust-{FileStatus.CurrentUser}"], RuntimeFolder.Locate(environment));
    });

    [Fact(Timeout = 30_000)]
    public Task It_is_made_for_its_owner_alone() => Task.Run(() =>
    {
        using var folder = new TemporaryFolder();
        RuntimeFolder.Ensure(folder["nctrust"]);
        RuntimeFolder.Ensure(folder["nctrust"]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder["nctrust"]));
    });

    [Theory(Timeout = 30_000)]
    [InlineData("open", "is open to others")]
    [InlineData("link", "is a link")]
    [InlineData("file", "is not a folder")]
    public Task One_that_others_could_change_is_refused(string flaw, string message) => Task.Run(() =>
    {
        using var folder = new TemporaryFolder();
        var path = folder["nctrust"];
        switch (flaw)
        {
            case "open":
                Directory.CreateDirectory(path, (UnixFileMode)0x1ED);
                break;
            case "link":
                Directory.CreateDirectory(folder["elsewhere"], (UnixFileMode)0x1C0);
                File.CreateSymbolicLink(path, folder["elsewhere"]);
                break;
            default:
                File.WriteAllText(path, "");
                break;
        }

        var refusal = Assert.Throws<RunFailedException>(() => RuntimeFolder.Ensure(path));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(125, refusal.ExitCode);
        Assert.NotEmpty(refusal.Hint);
    });

    [Fact(Timeout = 30_000)]
    public Task An_XDG_RUNTIME_DIR_in_which_others_could_replace_it_is_refused() => Task.Run(() =>
    {
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0x1FF);
        var refusal = Assert.Throws<RunFailedException>(() => RuntimeFolder.Locate(new Dictionary<string, string> { ["XDG_RUNTIME_DIR"] = folder.Path }));
        Assert.Contains("is open to others", refusal.Message, StringComparison.Ordinal);
    });

    [Fact(Timeout = 30_000)]
    public Task A_TMPDIR_in_which_others_could_replace_it_is_passed_over() => Task.Run(() =>
    {
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0x1FF);
        Assert.DoesNotContain(folder.Path, RuntimeFolder.Locate(new Dictionary<string, string> { ["TMPDIR"] = folder.Path }), StringComparison.Ordinal);
    });

    [Theory(Timeout = 30_000)]
    [InlineData("with space")]
    [InlineData("with:colon")]
    [InlineData("with\"quote")]
    public Task A_path_that_a_variable_would_take_apart_is_passed_over(string name) => Task.Run(() =>
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder[name]);
        Assert.DoesNotContain(name, RuntimeFolder.Locate(new Dictionary<string, string> { ["XDG_RUNTIME_DIR"] = folder[name] }), StringComparison.Ordinal);
    });
}
