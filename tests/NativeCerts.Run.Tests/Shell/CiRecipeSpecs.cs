using System.Text.RegularExpressions;
using TestSupport;

namespace NativeCerts.Run.Tests.Shell;

/// <summary>The recipes of README: their steps, carried out as the runner does, each by a shell of its own or all by one.</summary>
public sealed partial class CiRecipeSpecs : IDisposable
{
    private readonly Session _session = new();
    private readonly TestAuthority _root = new();

    public CiRecipeSpecs()
    {
        _session.Program("dotnet", "echo \"$*\" >> \"$HOME/installed\"");
        _session.Program("npm", "cat \"${NODE_EXTRA_CA_CERTS:-/dev/null}\"");
        _session.Sandbox.Environment["SSL_CERT_FILE"] = _session.Sandbox.Folder.Write("store.pem", _root.Pem);
        _session.Sandbox.Environment["SSL_CERT_DIR"] = Directory.CreateDirectory(_session.Sandbox.Folder["no-roots"]).FullName;
    }

    [Fact(Timeout = 60_000)]
    public async Task The_steps_for_GitHub_Actions_hand_the_variables_on()
    {
        var steps = Steps("GitHub Actions", "  - run: ");
        var file = _session.Sandbox.Environment["GITHUB_ENV"] = _session.Sandbox.Folder.Write("github", "");
        var output = "";
        foreach (var step in steps)
        {
            output = await _session.ShAsync(step);
            foreach (Match variable in Variable().Matches(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))) _session.Sandbox.Environment[variable.Groups[1].Value] = variable.Groups[3].Value;
        }

        MustTrust(output, steps);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_lines_for_GitLab_CI_are_one_script()
    {
        var steps = Steps("GitLab CI", "    - ");
        MustTrust(await _session.ShAsync(string.Join('\n', steps)), steps);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_steps_for_Azure_Pipelines_each_stand_for_themselves()
    {
        var steps = Steps("Azure Pipelines", "  - bash: ");
        var output = "";
        foreach (var step in steps) output = await _session.ShAsync(step);
        MustTrust(output, steps);
    }

    public void Dispose()
    {
        _session.Dispose();
        _root.Dispose();
    }

    private void MustTrust(string output, string[] steps)
    {
        Assert.Equal(_root.Pem, output);
        Assert.Equal("npm ci", steps[^1].Replace("nctrust run -- ", "", StringComparison.Ordinal));
        Assert.Equal("tool install --global nctrust\n", File.ReadAllText(_session.Sandbox.Folder["home/installed"]));
    }

    private static string[] Steps(string service, string prefix)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "NativeCerts.Run.sln"))) folder = folder.Parent!;
        var text = File.ReadAllText(Path.Combine(folder.FullName, "README.md"));
        var start = text.IndexOf($"\n{service}:\n\n```yaml\n", StringComparison.Ordinal);
        Assert.True(start > 0, $"README has no recipe for {service}");
        start = text.IndexOf("```yaml\n", start, StringComparison.Ordinal);
        return [.. text[start..text.IndexOf("\n```\n", start, StringComparison.Ordinal)].Split('\n').Where(line => line.StartsWith(prefix, StringComparison.Ordinal)).Select(line => line[prefix.Length..])];
    }

    [GeneratedRegex(@"^(\w+)<<(\w+)\n([\s\S]*?)\n\2$", RegexOptions.Multiline)]
    private static partial Regex Variable();
}
