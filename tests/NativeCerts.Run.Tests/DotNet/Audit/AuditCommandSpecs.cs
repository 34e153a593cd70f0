using System.Text.Json;
using NativeCerts.Run.Tests.Cli;
using TestSupport;

namespace NativeCerts.Run.Tests.DotNet.Audit;

/// <summary><c>nctrust audit</c> as users and other programs have it.</summary>
public sealed class AuditCommandSpecs : IDisposable
{
    private const int Limit = 60_000;
    private readonly Sandbox _sandbox = new();

    [Fact(Timeout = Limit)]
    public async Task Own_code_that_accepts_anything_ends_with_1()
    {
        Copy("app/App.dll");
        var result = await AuditAsync("app");
        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Empty(result.StandardError);
        Assert.StartsWith("Own code\n", result.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("high    AuditSamples.CallbackSins.HandlerLambda, lambda: accepts any certificate, as `HttpClientHandler.ServerCertificateCustomValidationCallback`\n", result.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("app/App.dll, IL_0001)  [callback-accepts-anything]\n", result.StandardOutput, StringComparison.Ordinal);
        Assert.DoesNotContain("\e", result.StandardOutput, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_library_has_the_capability_and_ends_with_0()
    {
        Copy("app/Library.dll");
        Copy("app/App.dll", clean: true);
        WriteDependencies("package");
        var result = (await AuditAsync("app")).MustSucceed();
        Assert.StartsWith("Libraries (capability present", result.StandardOutput, StringComparison.Ordinal);
        Assert.DoesNotContain("Own code", result.StandardOutput, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Another_project_of_the_solution_is_own_code()
    {
        Copy("app/Library.dll");
        WriteDependencies("project");
        Assert.Equal(1, (await AuditAsync("app")).ExitCode);
    }

    [Fact(Timeout = Limit)]
    public async Task A_package_in_the_cache_of_packages_is_a_library()
    {
        Copy(".nuget/packages/some/1.0.0/lib/net10.0/Some.dll");
        (await AuditAsync(".nuget")).MustSucceed();
    }

    [Fact(Timeout = Limit)]
    public async Task Clean_code_ends_with_0_and_says_what_was_read()
    {
        Copy("app/App.dll", clean: true);
        var result = (await AuditAsync("app")).MustSucceed();
        Assert.Equal("nothing found; 1 assembly and 0 settings files read\n", result.StandardOutput);
    }

    [Fact(Timeout = Limit)]
    public async Task What_is_not_NET_or_is_broken_is_counted_and_named_with_v()
    {
        Copy("app/App.dll", clean: true);
        var whole = File.ReadAllBytes(AuditSampleSpecs.Sample("Debug"));
        _sandbox.Folder.Write("work/app/truncated.dll", whole[..(whole.Length / 2)]);
        _sandbox.Folder.Write("work/app/scrambled.dll", Scrambled(whole));
        _sandbox.Folder.Write("work/app/empty.dll", "");
        _sandbox.Folder.Write("work/app/text.exe", "not a program\n");
        _sandbox.Folder.Write("work/app/appsettings.json", "{ \"a\": ");
        var result = await AuditAsync("-v", "app");
        Assert.Contains("1 assembly and 0 settings files read, 5 files skipped (`-v` names them)\n", result.StandardOutput, StringComparison.Ordinal);
        Assert.Equal(
            [
                "nctrust: skipped `app/appsettings.json`: broken",
                "nctrust: skipped `app/empty.dll`: not a .NET assembly",
                "nctrust: skipped `app/scrambled.dll`: broken",
                "nctrust: skipped `app/text.exe`: not a .NET assembly",
                "nctrust: skipped `app/truncated.dll`: broken",
            ],
            result.MustSucceed().StandardError.TrimEnd('\n').Split('\n').Order(StringComparer.Ordinal));
    }

    [Fact(Timeout = Limit)]
    public async Task Circles_of_links_end_and_nothing_is_told_twice()
    {
        Copy("app/App.dll");
        Directory.CreateSymbolicLink(_sandbox.Folder["work/app/circle"], "..");
        Directory.CreateSymbolicLink(_sandbox.Folder["work/app/itself"], "itself");
        Directory.CreateSymbolicLink(_sandbox.Folder["work/again"], "app");
        File.CreateSymbolicLink(_sandbox.Folder["work/zz.dll"], "app/App.dll");
        var once = await FindingsAsync("app/App.dll");
        Assert.Equal(once, await FindingsAsync("."));
        Assert.Equal(once, await FindingsAsync("app", "again", "zz.dll"));
    }

    [Fact(Timeout = Limit)]
    public async Task What_a_build_leaves_on_its_way_is_not_told_again()
    {
        Copy("app/bin/App.dll");
        Copy("app/obj/Release/App.dll");
        _sandbox.Folder.Write("work/app/obj/project.assets.json", "{}");
        Assert.Equal(await FindingsAsync("app/bin"), await FindingsAsync("app"));
    }

    [Theory(Timeout = Limit)]
    [InlineData("there is no file or folder `nowhere`", "nowhere")]
    [InlineData("there is no .NET assembly in `empty`", "empty")]
    [InlineData("`text.txt` cannot be audited: not a .NET assembly", "text.txt")]
    [InlineData("there is no format `xml`", "--format", "xml", "empty")]
    [InlineData("`PATH`")]
    [InlineData("there is no option `--frob`", "--frob", "empty")]
    public async Task What_cannot_be_meant_is_refused(string sentence, params string[] arguments)
    {
        Directory.CreateDirectory(_sandbox.Folder["work/empty"]);
        _sandbox.Folder.Write("work/text.txt", "text\n");
        (await AuditAsync(arguments)).MustRefuse(_sandbox, sentence);
    }

    [Fact(Timeout = Limit)]
    public async Task Programs_get_every_field_of_a_finding()
    {
        Copy("app/App.dll");
        _sandbox.Folder.Write("work/app/appsettings.json", "{\n  \"SkipTlsVerify\": true\n}\n");
        using var report = JsonDocument.Parse((await AuditAsync("--json", "app")).StandardOutput);
        var root = report.RootElement;
        Assert.Equal((1, 1, 1), (root.GetProperty("version").GetInt32(), root.GetProperty("assemblies").GetInt32(), root.GetProperty("settingsFiles").GetInt32()));
        var findings = root.GetProperty("findings").EnumerateArray().ToList();
        Assert.All(findings, finding => Assert.Equal(
            ["rule", "severity", "code", "message", "path", "type", "method", "ilOffset", "file", "line", "fix", "help"],
            finding.EnumerateObject().Select(property => property.Name)));
        var setting = Assert.Single(findings, finding => finding.GetProperty("code").GetString() == "settings");
        Assert.Equal(("app/appsettings.json", 2, "medium"), (setting.GetProperty("file").GetString(), setting.GetProperty("line").GetInt32(), setting.GetProperty("severity").GetString()));
        Assert.Equal(JsonValueKind.Null, setting.GetProperty("ilOffset").ValueKind);
    }

    public void Dispose() => _sandbox.Dispose();

    private Task<ToolResult> AuditAsync(params IEnumerable<string> arguments) => Nctrust.RunAsync(_sandbox, ["audit", .. arguments]);

    private async Task<int> FindingsAsync(params string[] paths)
    {
        using var report = JsonDocument.Parse((await AuditAsync(["--json", .. paths])).StandardOutput);
        return report.RootElement.GetProperty("findings").GetArrayLength();
    }

    private void Copy(string path, bool clean = false)
    {
        var target = _sandbox.Folder["work/" + path];
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        // That one has nothing that switches verification off.
        File.Copy(clean ? Path.Combine(AppContext.BaseDirectory, "TestProgram.dll") : AuditSampleSpecs.Sample("Release"), target);
    }

    private void WriteDependencies(string type) => _sandbox.Folder.Write("work/app/App.deps.json", $$"""
        {
          "targets": { ".NETCoreApp,Version=v10.0": { "App/1.0.0": { "runtime": { "App.dll": {} } }, "Library/1.0.0": { "runtime": { "lib/net10.0/Library.dll": {} } } } },
          "libraries": { "App/1.0.0": { "type": "project" }, "Library/1.0.0": { "type": "{{type}}" } }
        }
        """);

    private static byte[] Scrambled(byte[] whole)
    {
        var bytes = (byte[])whole.Clone();
        var metadata = bytes.AsSpan().IndexOf("BSJB"u8);
        bytes.AsSpan(metadata + 16, 400).Fill(0xEE);
        return bytes;
    }
}
