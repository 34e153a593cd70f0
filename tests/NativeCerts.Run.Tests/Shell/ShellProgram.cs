using System.Reflection;
using TestSupport;

namespace NativeCerts.Run.Tests.Shell;

/// <summary>A real shell, and how it takes what nctrust prints for it.</summary>
/// <param name="Name">What <c>--shell</c> calls it.</param>
/// <param name="Program">Its program.</param>
/// <param name="Options">What keeps its own configuration out, and takes a script as the next argument.</param>
/// <param name="Evaluate">The statement that evaluates a file; <c>FILE</c> stands for its path.</param>
internal sealed record ShellProgram(string Name, string Program, string[] Options, string Evaluate)
{
    private static string Host => typeof(ShellProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "PowerShellHost").Value!;

    /// <summary>The shells.</summary>
    public static IReadOnlyList<ShellProgram> All { get; } =
    [
        new("bash", "bash", ["--norc", "--noprofile", "-c"], "set -eu; eval \"$(cat FILE)\""),
        new("zsh", "zsh", ["-f", "-c"], "set -eu; eval \"$(cat FILE)\""),
        new("sh", "dash", ["-c"], "set -eu; eval \"$(cat FILE)\""),
        new("busybox", "busybox", ["sh", "-c"], "set -eu; eval \"$(cat FILE)\""),
        new("fish", "fish", ["--no-config", "-c"], "cat FILE | source"),
        new("nushell", "nu", ["--no-config-file", "-c"], "source FILE"),
        new("elvish", "elvish", ["-norc", "-c"], "eval (cat FILE | slurp)"),
        new("pwsh", "dotnet", [Host], ". ([scriptblock]::Create([IO.File]::ReadAllText('FILE')))"),
        new("xonsh", "xonsh", ["--no-rc", "-c"], "execx(open('FILE').read())"),
    ];

    /// <summary>The names, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Select(shell => shell.Name)];

    /// <summary>The shell of a name.</summary>
    public static ShellProgram Of(string name) => All.Single(shell => shell.Name == name);

    /// <summary>Evaluates a text, then runs more statements.</summary>
    public Task<ToolResult> EvaluateAsync(Sandbox sandbox, byte[] text, params IEnumerable<string> then)
    {
        var file = sandbox.Folder.Write("evaluated", text);
        return sandbox.RunAsync([Program, .. Options, string.Join('\n', [Evaluate.Replace("FILE", file, StringComparison.Ordinal), .. then])]);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
