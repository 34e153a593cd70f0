using System.Text.Json;
using NativeCerts.Run.Tests.Cli;
using NativeCerts.Run.Tests.Profiles;
using TestSupport;

namespace NativeCerts.Run.Tests.Doctor;

/// <summary>A machine with a few programs and profiles of the test's own, on which doctor is run.</summary>
internal sealed class DoctorScene : IDisposable
{
    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.OfOutput("Doctor/doctor.schema.json"));

    public DoctorScene()
    {
        Directory.CreateDirectory(Bin);
        Sandbox.Environment["PATH"] = $"{Bin}:{Tools.SearchPath}";
    }

    /// <summary>Where it is run.</summary>
    public Sandbox Sandbox { get; } = new();

    private string Bin => Sandbox.Folder["bin"];

    /// <summary>Leaves no program on the search path but those that were put there.</summary>
    public void HideOthers() => Sandbox.Environment["PATH"] = Bin;

    /// <summary>Puts a shell script in front of all programs.</summary>
    public void Program(string name, string script) =>
        File.SetUnixFileMode(Sandbox.Folder.Write($"bin/{name}", $"#!/bin/sh\n{script}\n"), (UnixFileMode)0x1ED);

    /// <summary>Adds a profile of the user's own whose probe is a script: a program <paramref name="name"/>, given the server's URL, host and port.</summary>
    public void Tool(string name, string script, string more = "")
    {
        Program(name, script);
        var profile = $$"""
            { "name": "{{name}}", "title": "{{name}}", "category": "http", "match": ["{{name}}"], "probe": ["{{name}}", "{url}", "{host}", "{port}"], {{more}} "source": "https://acme.example" }
            """;
        Sandbox.Folder.Write($"config/nctrust/profiles/{name}.json", profile);
    }

    /// <summary>Runs doctor for programs, and checks that its report is as the schema has it.</summary>
    public async Task<(int ExitCode, JsonElement Report)> RunAsync(params string[] arguments)
    {
        var result = await Nctrust.RunAsync(Sandbox, ["doctor", "--json", .. arguments]);
        Assert.True(result.ExitCode is 0 or 1, result.ToString());
        var report = JsonDocument.Parse(result.StandardOutput).RootElement;
        Assert.Null(Schema.Value.FindProblem(report));
        return (result.ExitCode, report);
    }

    /// <summary>Runs doctor for one tool.</summary>
    public async Task<(int ExitCode, string Verdict, JsonElement Tool)> TryAsync(string name, params string[] arguments)
    {
        var (code, report) = await RunAsync([name, .. arguments]);
        var tool = report.GetProperty("tools").EnumerateArray().Single();
        return (code, tool.GetProperty("verdict").GetString()!, tool);
    }

    /// <summary>What a server saw in one run.</summary>
    public static string? Seen(JsonElement tool, string run) => tool.GetProperty("runs").TryGetProperty(run, out var one) ? one.GetProperty("server").GetString() : null;

    /// <summary>Asserts that nothing is left: no file in the temporary and runtime folders, and no process that was started here.</summary>
    public void MustBeClean()
    {
        // What .NET leaves there of a process that a signal ended is not ours.
        Assert.DoesNotContain(Directory.GetFileSystemEntries(Sandbox.Folder["tmp"]), path => Path.GetFileName(path).StartsWith("nctrust", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(Sandbox.Folder["runtime"]));
        foreach (var process in Directory.GetDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            try
            {
                Assert.DoesNotContain(Sandbox.Folder.Path, File.ReadAllText(process + "/environ"), StringComparison.Ordinal);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Gone, or somebody else's.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Sandbox.Dispose();
}
