using NativeCerts.Run.Profiles;
using TestSupport;

namespace NativeCerts.Run.LiveTests.Matrix;

/// <summary>A program that is asked to make one TLS connection.</summary>
/// <remarks>
/// This folder is the live matrix: every profile with a probe, and libraries and versions that no program name tells, each alone
/// and with nctrust, against servers that it has to trust and servers that it must not.
/// </remarks>
public sealed record MatrixClient
{
    /// <summary>The profile's name; a library or a version has the runtime's in front: <c>python requests</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The command; <c>{url}</c>, <c>{host}</c>, <c>{port}</c> and <c>{tests}</c>, the folder of the tests' own files, are filled in.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Files that the command needs in its folder: their names, and their content.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>Programs of which one at least must be there.</summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <summary>A command that succeeds only where the client is installed; empty where <see cref="Programs"/> say it all.</summary>
    public IReadOnlyList<string> Check { get; init; } = [];

    /// <summary>The command that prints the version.</summary>
    public IReadOnlyList<string> Version { get; init; } = [];

    /// <summary>What the client speaks before TLS.</summary>
    public ProbeProtocol Protocol { get; init; }

    /// <summary>It is said to verify nothing by default.</summary>
    public bool InsecureByDefault { get; init; }

    /// <summary>It is said to follow what nctrust sets; otherwise nctrust must not do harm, and no more.</summary>
    public bool IsReached { get; init; } = true;

    /// <summary>How it is made to trust one root by hand; <see langword="null"/> where nobody has written that down.</summary>
    public OwnTrust? OwnTrust { get; init; }

    /// <summary>Ends the test, by name, where the client is not installed.</summary>
    /// <param name="isRequired">It fails then where tools are required, instead of being skipped.</param>
    public async Task RequireAsync(bool isRequired)
    {
        var reason = Tools.Find(Command[0]) is null ? $"`{Command[0]}` is not installed"
            : Programs.Count > 0 && !Programs.Any(program => Tools.Find(program) is not null) ? $"none of `{string.Join("`, `", Programs)}` is installed"
            : await ChecksAsync() ? null : $"`{string.Join(' ', Check)}` fails";
        if (reason is null) return;
        if (isRequired) Tools.Missing(reason);
        Assert.Skip(reason);
    }

    /// <summary>The first number with a point that the program calls its version; a dash where it says none.</summary>
    public async Task<string> ReadVersionAsync()
    {
        if (Version is [] || Tools.Find(Version[0]) is null) return "–";
        using var sandbox = new ProbeSandbox();
        var run = await ProbeRun.StartAsync(sandbox, Version, "", Task.Delay(Timeout.Infinite));
        var match = System.Text.RegularExpressions.Regex.Match(run.Output, @"\d+\.\d+(\.\d+)?");
        return match.Success ? match.Value : "–";
    }

    private async Task<bool> ChecksAsync()
    {
        if (Check is []) return true;
        if (Tools.Find(Check[0]) is null) return false;
        using var sandbox = new ProbeSandbox();
        return (await ProbeRun.StartAsync(sandbox, Check, "", Task.Delay(Timeout.Infinite))).ExitCode == 0;
    }
}
