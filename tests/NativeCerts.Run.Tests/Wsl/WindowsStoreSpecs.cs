using NativeCerts.Run.Tests.Cli;
using NativeCerts.Run.Tests.Shell;
using NativeCerts.Windows;
using TestSupport;

namespace NativeCerts.Run.Tests.Wsl;

/// <summary><c>--from windows</c>, with a <c>powershell.exe</c> that prints what the real one would.</summary>
public sealed class WindowsStoreSpecs : IDisposable
{
    private readonly Session _session = new();
    private readonly TestAuthority _system = new(), _trusted = new(), _other = new(), _disallowed = new(), _noPurpose = new(), _distrusted = new(), _intermediate = new();

    public WindowsStoreSpecs()
    {
        _session.Sandbox.Environment["WSL_DISTRO_NAME"] = "Debian";
        _session.Sandbox.Environment["SSL_CERT_FILE"] = _session.Sandbox.Folder.Write("store.pem", _system.Pem);
        _session.Sandbox.Environment["SSL_CERT_DIR"] = Directory.CreateDirectory(_session.Sandbox.Folder["no-roots"]).FullName;
        Windows(Answer());
    }

    [Fact(Timeout = 60_000)]
    public async Task What_Windows_trusts_for_servers_is_trusted_on_top_and_what_it_does_not_is_not()
    {
        var bundle = await RunAsync();
        Assert.Equal(_system.Pem + _trusted.Pem + _other.Pem, bundle);
        // What was asked is what the class of the script says, in the form that PowerShell takes.
        var words = await File.ReadAllLinesAsync(_session.Sandbox.Folder["home/asked"], TestContext.Current.CancellationToken);
        Assert.Equal(["-NoLogo", "-NoProfile", "-NonInteractive", "-EncodedCommand"], words[..^1]);
        Assert.Contains("'Root', 'Disallowed'", System.Text.Encoding.Unicode.GetString(Convert.FromBase64String(words[^1])), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_answer_is_kept_for_an_hour_and_then_what_Windows_no_longer_trusts_is_gone()
    {
        await RunAsync();
        Windows(Answer(("Disallowed", "0", "0", _trusted)));
        Assert.Equal(_system.Pem + _trusted.Pem + _other.Pem, await RunAsync());
        var kept = _session.Sandbox.Folder["cache/nctrust/windows/roots.pem"];
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kept));
        File.SetLastWriteTimeUtc(kept, DateTime.UtcNow.AddMinutes(-61));
        Assert.Equal(_system.Pem + _other.Pem, await RunAsync());
    }

    [Theory(Timeout = 60_000)]
    [InlineData(null, "`powershell.exe` is not on `PATH`")]
    [InlineData("MZ\0", "`powershell.exe` cannot be started")]
    [InlineData("#!/bin/sh\necho nctrust 1\necho end\nexit 3\n", "ended with 3 and no complete answer")]
    [InlineData("#!/bin/sh\nhead -n 3 \"$HOME/answer\"\n", "ended with 0 and no complete answer")]
    [InlineData("#!/bin/sh\necho nctrust 1\necho end\n", "it trusts none")]
    public async Task Where_Windows_cannot_be_asked_one_line_says_so_and_the_command_runs_without(string? program, string reason)
    {
        var file = _session.Sandbox.Folder["bin/powershell.exe"];
        if (program is null) File.Delete(file);
        else File.WriteAllText(file, program);
        var result = (await Nctrust.RunAsync(_session.Sandbox, "run", "--from", "windows", "--", "sh", "-c", "cat $SSL_CERT_FILE")).MustSucceed();
        Assert.Equal(_system.Pem, result.StandardOutput);
        Assert.Matches("^nctrust: warning: the roots of Windows are left out: [^\n]+\n$", result.StandardError);
        Assert.Contains(reason, result.StandardError, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Where_there_is_no_Windows_and_for_other_stores_it_is_refused()
    {
        (await Nctrust.RunAsync(_session.Sandbox, "run", "--from", "macos", "--", "true")).MustRefuse(_session.Sandbox, "there is no store `macos`");
        if ((await File.ReadAllTextAsync("/proc/sys/kernel/osrelease", TestContext.Current.CancellationToken)).Contains("microsoft", StringComparison.OrdinalIgnoreCase)) Assert.Skip("this is WSL");
        _session.Sandbox.Environment.Remove("WSL_DISTRO_NAME");
        foreach (var command in (string[][])[["run", "--from", "windows", "--", "true"], ["env", "--from", "windows"], ["store", "--from", "windows"], ["export", "--from", "windows"]])
        {
            (await Nctrust.RunAsync(_session.Sandbox, command)).MustRefuse(_session.Sandbox, "`--from windows` is for the Windows Subsystem for Linux, and this is none");
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_session_has_it_with_everything_that_is_started_in_it_and_store_and_export_say_it()
    {
        Assert.Equal(_system.Pem + _trusted.Pem + _other.Pem, await _session.ShAsync("eval \"$(nctrust env --from windows)\"; nctrust run -- sh -c 'cat $PIP_CERT'"));
        Assert.Contains("\"origin\": \"--from windows\"", await _session.ShAsync("nctrust store --json --from windows"), StringComparison.Ordinal);
        Assert.Equal(_system.Pem + _trusted.Pem + _other.Pem, await _session.ShAsync("nctrust export --from windows"));
        var script = await _session.ShAsync("nctrust init bash --from windows --no-completions");
        Assert.Contains("nctrust env --from windows --shell bash)", script, StringComparison.Ordinal);
        Assert.Equal(_system.Pem + _trusted.Pem + _other.Pem, await _session.ShAsync("bash -euc 'eval \"$(nctrust init bash --from windows)\"; cat $PIP_CERT'"));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("nctrust 1\nRoot LocalMachine 0 1 AQI=\nend\n", "0102")]
    [InlineData("noise of a profile\r\nnctrust 1\r\nRoot LocalMachine 0 1 AQI=\r\nRoot CurrentUser 0 1 AQI=\r\nend\r\nmore\r\n", "0102")]
    [InlineData("nctrust 1\nRoot LocalMachine 16 1 AQI=\nRoot CurrentUser 0 1 AQI=\nend", "0102")]
    [InlineData("nctrust 1\nRoot LocalMachine 0 1 AQI=\nRoot LocalMachine 0 1 AwQ=\nDisallowed CurrentUser 0 0 AQI=\nend", "0304")]
    [InlineData("nctrust 1\nRoot LocalMachine 0 2 AQI=\nCA LocalMachine 0 1 AwQ=\nend", "")]
    [InlineData("nctrust 1\nRoot LocalMachine 0 1 AQI=\n", null)]
    [InlineData("nctrust 1\nRoot LocalMachine 0 1 AQI=\nDisallowed LocalMachine 0 0 ?\nend", null)]
    [InlineData("nctrust 2\nend", null)]
    [InlineData("", null)]
    public async Task An_answer_is_taken_as_a_whole_or_not_at_all(string text, string? expected)
    {
        await Task.CompletedTask;
        Assert.Equal(expected, WindowsStoreListing.Trusted(text) is { } trusted ? string.Join(' ', trusted.Select(Convert.ToHexString)) : null);
    }

    public void Dispose()
    {
        _session.Dispose();
        foreach (var root in (TestAuthority[])[_system, _trusted, _other, _disallowed, _noPurpose, _distrusted, _intermediate]) root.Dispose();
    }

    private Task<string> RunAsync() => _session.ShAsync("nctrust run --from windows -- sh -c 'cat $SSL_CERT_FILE'");

    private void Windows(string answer)
    {
        _session.Sandbox.Folder.Write("home/answer", answer);
        _session.Program("powershell.exe", "printf '%s\\n' \"$@\" > \"$HOME/asked\"; cat \"$HOME/answer\"");
    }

    // As Windows has it: its lines end with CR LF, and the user's store has the machine's in it once more.
    private string Answer(params (string Store, string Status, string Elements, TestAuthority Root)[] more)
    {
        const string notValidForUsage = "16", explicitDistrust = "67108864";
        (string, string, string, TestAuthority)[] all =
        [
            ("Root", "0", "1", _trusted), ("Root", notValidForUsage, "1", _noPurpose), ("Root", explicitDistrust, "1", _distrusted), ("Root", "0", "2", _intermediate), ("Root", "0", "1", _disallowed),
            ("Disallowed", "0", "0", _disallowed), ("Root", "0", "1", _trusted), ("Root", "0", "1", _other), .. more,
        ];
        return string.Concat(all.Select(line => $"{line.Item1} LocalMachine {line.Item2} {line.Item3} {string.Concat(line.Item4.Pem.Split('\n').Where(text => !text.StartsWith('-')))}\r\n").Prepend("nctrust 1\r\n").Append("end\r\n"));
    }
}
