using NativeCerts.Run.Profiles;
using NativeCerts.Run.Profiles.Detection;
using TestSupport;

namespace NativeCerts.Run.Tests.Profiles.Detection;

/// <summary>The real programs of the machine, also under a name that tells nothing.</summary>
public sealed class InstalledToolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory(Timeout = 30_000)]
    [InlineData("java", "java")]
    [InlineData("mvn", "maven")]
    [InlineData("gradle", "gradle")]
    [InlineData("npm", "npm")]
    [InlineData("npx", "npx")]
    [InlineData("composer", "composer")]
    [InlineData("poetry", "poetry")]
    [InlineData("gem", "gem")]
    public async Task A_tool_is_found_by_name(string tool, string profile)
    {
        await Task.CompletedTask;
        Assert.Equal(profile, Detect(tool, Tools.Require(tool))[0]);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("mvn", "java")]
    [InlineData("gradle", "java")]
    [InlineData("npm", "node")]
    [InlineData("composer", "php")]
    [InlineData("poetry", "python")]
    [InlineData("gem", "ruby")]
    public async Task A_copy_of_another_name_is_found_by_what_is_in_it(string tool, string runtime)
    {
        await Task.CompletedTask;
        var copy = _folder["copy"];
        File.Copy(Tools.Require(tool), copy);
        Assert.Equal(runtime, Detect("copy", copy).FirstOrDefault());
    }

    [Theory(Timeout = 30_000)]
    [InlineData("java", "java")]
    [InlineData("php", "php")]
    public async Task A_link_of_another_name_is_found_by_where_it_leads(string tool, string profile)
    {
        await Task.CompletedTask;
        File.CreateSymbolicLink(_folder["link"], Tools.Require(tool));
        Assert.Equal(profile, Detect("link", _folder["link"]).FirstOrDefault());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_shim_of_pyenv_is_a_program_of_pythons()
    {
        await Task.CompletedTask;
        var shims = Path.GetDirectoryName(Tools.Require("pyenv"))!;
        var shim = Directory.EnumerateFiles(shims is var bin && bin.EndsWith("/shims", StringComparison.Ordinal) ? bin : Path.Combine(bin, "..", "shims"))
            .FirstOrDefault(file => ProfileRegistry.Builtin.Match(Path.GetFileName(file)) is null && File.ReadAllText(file).Contains("pyenv\" exec"));
        Assert.SkipWhen(shim is null, "pyenv has no shim of a program that isn't known by name");
        Assert.Equal(["pyenv", "python", "openssl"], Detect("shim", shim));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("true")]
    [InlineData("cat")]
    [InlineData("make")]
    public async Task Another_program_is_nothing(string tool)
    {
        await Task.CompletedTask;
        Assert.Empty(Detect(tool, Tools.Require(tool)));
    }

    private static List<string> Detect(string command, string? program) =>
        [.. TargetDetector.Detect(ProfileRegistry.Builtin, command, program, [], "/usr/bin:/bin").Select(detected => detected.Profile.Name)];
}
