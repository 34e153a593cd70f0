using System.Text;
using System.Text.Json;
using NativeCerts.Run.Injection;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.Shell;
using TestSupport;

namespace NativeCerts.Run.Tests.Shell;

/// <summary>Whatever is in a value, the real shell has it in its environment as it was.</summary>
public sealed class QuotingSpecs
{
    private static readonly string[] Hostile =
    [
        "/usr/lib/plain:/and.more", "", " ", " a  b ", "'", "''", "\"", "it's \"so\"", "$HOME ${HOME} $(id) `id`", "\\", "a\\'b\\\\", "\\n\\t\\x41\\u0041", "!! !x", "~ ~root", "* ? [a-z] {a,b}",
        "a;b & c | d > /dev/null < x # y", "-n", "=a=b", "%PATH% %% ^ ^&", "(a) [b] {c} <d>", "é€😀", "\u2018\u2019\u201A\u201B\u201C\u201D", "a\nb", "\n", "a\n\n", "a\tb", "\r\n", "\u0001\u001b[0m\u007f",
        "@a $x; @(1+1) $env:PATH", "{}{{}} {bundle} {home}", "a,b", "true", "0", "1e3", "nctrust", "nctrust\nnctrust_1\n",
    ];

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(ShellProgram.Names), MemberType = typeof(ShellProgram))]
    public async Task Every_value_arrives_in_the_environment_as_it_was(string shell)
    {
        using var sandbox = new Sandbox();
        var program = ShellProgram.Of(shell);
        var values = Hostile.Select(Encoding.UTF8.GetBytes).ToList();
        if (shell is not ("nushell" or "elvish" or "xonsh" or "pwsh")) values.Add([0xFF, (byte)'\'', 0xFE, (byte)' ', 0xE9]);
        var variables = values.Select((value, number) => new SessionVariable($"HOSTILE_{number}", value, Plan($"HOSTILE_{number}"))).ToList();
        var text = Encoding.Latin1.GetBytes(Format(shell).Print(variables, explained: true, _ => { }));

        var result = (await program.EvaluateAsync(sandbox, text, "/bin/sh -c '/usr/bin/env -0 > environment'")).MustSucceed();
        Assert.Empty(result.StandardOutput + result.StandardError);
        var environment = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(sandbox.Work, "environment"), TestContext.Current.CancellationToken)).Split('\0');
        foreach (var variable in variables) Assert.Contains($"{variable.Name}={Encoding.Latin1.GetString(variable.Value!)}", environment);
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(ShellProgram.Names), MemberType = typeof(ShellProgram))]
    public async Task A_variable_is_taken_away_and_one_that_is_not_there_is_no_error(string shell)
    {
        using var sandbox = new Sandbox();
        sandbox.Environment["GOES"] = "x";
        var text = Encoding.Latin1.GetBytes(Format(shell).Print([new("GOES", null, Plan("GOES")), new("NEVER_THERE", null, Plan("NEVER_THERE"))], explained: true, _ => { }));
        var result = (await ShellProgram.Of(shell).EvaluateAsync(sandbox, text, "/usr/bin/env")).MustSucceed();
        Assert.Empty(result.StandardError);
        Assert.DoesNotContain("GOES=", result.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("HOME=", result.StandardOutput, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_dotenv_file_means_the_same_to_Node_and_to_a_shell_and_what_cannot_be_said_is_named()
    {
        using var sandbox = new Sandbox();
        var (variables, notes) = (Variables(Hostile), new List<string>());
        var text = Format("dotenv").Print(variables, explained: true, notes.Add);
        var file = sandbox.Folder.Write("work/.env", Encoding.Latin1.GetBytes(text));
        var said = variables.Where(variable => !notes.Exists(note => note.Contains($"`{variable.Name}`", StringComparison.Ordinal))).ToList();
        Assert.True(said.Count > 20);

        var shell = (await sandbox.RunAsync(["sh", "-c", $"set -a; . '{file}'; env -0"])).MustSucceed();
        var node = (await sandbox.RunAsync(["node", $"--env-file={file}", "-e", "for (const [k, v] of Object.entries(process.env)) process.stdout.write(`${k}=${v}\\0`)"])).MustSucceed();
        foreach (var variable in said)
        {
            var expected = $"{variable.Name}={Encoding.UTF8.GetString(variable.Value!)}";
            Assert.Contains(expected, shell.StandardOutput.Split('\0'));
            Assert.Contains(expected, node.StandardOutput.Split('\0'));
        }
    }

    [Fact(Timeout = 30_000)]
    public void The_lines_for_GitHub_hold_each_value_between_marks_that_are_not_in_it()
    {
        var variables = Variables(Hostile);
        var lines = Format("github").Print(variables, explained: false, _ => { }).Split('\n');
        // As the runner reads the file [github.com/actions/runner, FileCommandManager].
        var read = new Dictionary<string, string>();
        for (var at = 0; at < lines.Length - 1; at++)
        {
            var (name, mark) = (lines[at].Split("<<")[0], lines[at].Split("<<")[1]);
            var end = Array.IndexOf(lines, mark, at + 1);
            read[name] = string.Join('\n', lines[(at + 1)..end]);
            at = end;
        }

        Assert.Equal(variables.ToDictionary(variable => variable.Name, variable => Encoding.Latin1.GetString(variable.Value!)), read);
    }

    [Fact(Timeout = 30_000)]
    public void Json_holds_every_value_and_null_for_what_goes()
    {
        var variables = Variables(Hostile).Append(new("GOES", null, Plan("GOES"))).ToList();
        using var json = JsonDocument.Parse(Encoding.Latin1.GetBytes(Format("json").Print(variables, explained: false, _ => { })));
        foreach (var variable in variables) Assert.Equal(variable.Value is { } value ? Encoding.UTF8.GetString(value) : null, json.RootElement.GetProperty(variable.Name).GetString());
    }

    [Theory(Timeout = 30_000)]
    [InlineData("nushell")]
    [InlineData("json")]
    [InlineData("dotenv")]
    public void A_value_that_is_no_text_is_named_and_left_alone(string shell)
    {
        var notes = new List<string>();
        var text = Format(shell).Print([new("LATIN", [0xE9], Plan("LATIN"))], explained: false, notes.Add);
        Assert.DoesNotContain("LATIN", text, StringComparison.Ordinal);
        Assert.Contains("`LATIN`", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("a b", "@set \"X=a b\"")]
    [InlineData("100%", "@set \"X=100%%\"")]
    [InlineData("a\"b&c", "@set X=a^\"b^&c")]
    [InlineData("a\nb", null)]
    public void The_command_interpreter_gets_a_line_of_a_batch_file(string value, string? line)
    {
        var notes = new List<string>();
        Assert.Equal(line is null ? "" : line + "\n", Format("cmd").Print([new("X", Encoding.UTF8.GetBytes(value), Plan("X"))], explained: false, notes.Add));
        Assert.Equal(line is null, notes.Count == 1);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("it's", "$env:X = 'it''s'")]
    [InlineData("\u2019", "$env:X = '\u2019\u2019'")]
    [InlineData("$x `n", "$env:X = '$x `n'")]
    [InlineData("a\r\nb", "$env:X = ('a'+[char]13+''+[char]10+'b')")]
    public void PowerShell_gets_strings_that_it_takes_literally(string value, string line) =>
        Assert.Equal(line + "\n", Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(Format("pwsh").Print([new("X", Encoding.UTF8.GetBytes(value), Plan("X"))], explained: false, _ => { }))));

    private static EnvironmentFormat Format(string name) => EnvironmentFormats.Find(name)!;

    private static List<SessionVariable> Variables(IEnumerable<string> values) => [.. values.Select((value, number) => new SessionVariable($"HOSTILE_{number}", Encoding.UTF8.GetBytes(value), Plan($"HOSTILE_{number}")))];

    // What is shown as the user's own value must not get out of its comment either.
    private static PlannedVariable Plan(string name) => new(name, "x", "tool", "because", InjectionRoots.Added, "own\n'); echo \"injected\"; exit 1 #");
}
