using System.Text;
using NativeCerts.Run.DotNet.Targets;
using TestSupport;

namespace NativeCerts.Run.Tests.DotNet;

public sealed class TargetFinderSpecs : IDisposable
{
    private const string Host = "/usr/bin/dotnet";
    private readonly TemporaryFolder _folder = new();

    [Theory(Timeout = 30_000)]
    [InlineData("build -c Release", "build")]
    [InlineData("restore", "restore")]
    [InlineData("test --no-build", "test")]
    [InlineData("tool install x", "tool")]
    [InlineData("run -- a.dll", "run")]
    [InlineData("-d build", "build")]
    [InlineData("--info", null)]
    [InlineData("", null)]
    public Task A_command_of_the_SDK_is_told_by_its_name(string arguments, string? command) => Task.Run(() =>
        Assert.Equal(new(DotNetTargetKind.Sdk) { Program = command }, Find(arguments)));

    [Theory(Timeout = 30_000)]
    [InlineData("{0}/app.dll build")]
    [InlineData("exec {0}/app.dll")]
    [InlineData("exec --runtimeconfig other.json --depsfile x.dll {0}/app.dll")]
    [InlineData("--roll-forward Major --fx-version 8.0.1 {0}/app.dll")]
    public Task An_assembly_is_told_by_its_ending_and_its_framework_by_what_lies_beside_it(string arguments) => Task.Run(() =>
    {
        _folder.Write("app.runtimeconfig.json", """{ "runtimeOptions": { "tfm": "net8.0", "framework": { "name": "Microsoft.NETCore.App" } } }""");
        var target = Find(string.Format(System.Globalization.CultureInfo.InvariantCulture, arguments, _folder.Path));
        Assert.Equal(new(DotNetTargetKind.Assembly) { Program = _folder["app.dll"], Framework = "net8.0" }, target);
    });

    [Theory(Timeout = 30_000)]
    [InlineData("""{ "runtimeOptions": { "tfm": "net10.0" } }""", "net10.0", false, false)]
    [InlineData("""{ "runtimeOptions": { "includedFrameworks": [], "configProperties": { "System.StartupHookProvider.IsSupported": false } } }""", null, true, true)]
    [InlineData("""{ "runtimeOptions": { "configProperties": { "System.StartupHookProvider.IsSupported": true } } }""", null, false, false)]
    [InlineData("{ /* a comment, */ \"runtimeOptions\": { \"tfm\": 8, \"configProperties\": [] }, }", null, false, false)]
    [InlineData("[]", null, false, false)]
    public Task A_runtime_configuration_says_three_things(string json, string? framework, bool isSelfContained, bool ignoresHooks) => Task.Run(() =>
        Assert.Equal(new(framework, isSelfContained, ignoresHooks), RuntimeConfiguration.Parse(Encoding.UTF8.GetBytes(json))));

    [Fact(Timeout = 30_000)]
    public Task A_broken_configuration_is_the_runtimes_own_affair() => Task.Run(() =>
    {
        _folder.Write("app.runtimeconfig.json", "{ no");
        Assert.Null(RuntimeConfiguration.Beside(_folder["app.dll"]));
        Assert.Null(RuntimeConfiguration.Beside(_folder["missing.dll"]));
    });

    [Fact(Timeout = 30_000)]
    public Task An_executable_of_the_SDK_is_told_by_what_is_written_into_it() => Task.Run(() =>
    {
        // These tests are one: an executable beside its assembly.
        var tests = AppHost();
        Assert.Equal(new(DotNetTargetKind.AppHost) { Program = "NativeCerts.Run.Tests.dll", Framework = "net10.0" }, TargetFinder.Find(tests));

        // Moved and renamed, and behind a link: the name inside counts.
        var moved = _folder["other"];
        File.Copy(tests, moved);
        File.CreateSymbolicLink(_folder["link"], moved);
        Assert.Equal(new(DotNetTargetKind.AppHost) { Program = "NativeCerts.Run.Tests.dll" }, TargetFinder.Find(_folder["link"]));
    });

    [Fact(Timeout = 30_000)]
    public Task An_executable_that_says_where_its_bundle_begins_holds_its_assemblies() => Task.Run(() =>
    {
        var program = File.ReadAllBytes(AppHost());
        var marker = program.AsSpan().IndexOf<byte>([0x8b, 0x12, 0x02, 0xb9, 0x6a, 0x61, 0x20, 0x38]);
        program[marker - 8] = 1;
        File.WriteAllBytes(_folder["bundle"], program);
        Assert.Equal(DotNetTargetKind.SingleFile, TargetFinder.Find(_folder["bundle"])?.Kind);
    });

    [Fact(Timeout = 30_000)]
    public Task Other_programs_are_not_NETs() => Task.Run(() =>
    {
        Assert.Null(TargetFinder.Find(Tools.Require("true")));
        Assert.Null(TargetFinder.Find(_folder.Write("script", "#!/bin/sh\n")));
        Assert.Null(TargetFinder.Find(_folder["missing"]));
        Assert.Null(TargetFinder.Find(_folder.Path));
        // Cut off anywhere, it is no program, and no failure either.
        var program = File.ReadAllBytes(AppHost());
        foreach (var length in (int[])[0, 3, 64, 1000, program.Length / 2, program.Length - 1])
        {
            File.WriteAllBytes(_folder["cut"], program[..length]);
            Assert.Null(TargetFinder.Find(_folder["cut"]));
        }
    });

    public void Dispose() => _folder.Dispose();

    private static DotNetTarget? Find(string arguments) => TargetFinder.Find(Host, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string AppHost() => Path.ChangeExtension(typeof(TargetFinderSpecs).Assembly.Location, null);
}
