using NativeCerts.Run.Profiles;
using NativeCerts.Run.Profiles.Conflicts;
using TestSupport;

namespace NativeCerts.Run.Tests.Profiles.Conflicts;

/// <summary>What stands against a run is found where it stands, and nothing else is.</summary>
public sealed class ConflictFinderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Home => _folder["home"];

    private string Project => _folder["home/src/project"];

    public ConflictFinderTests() => Directory.CreateDirectory(Project);

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 30_000)]
    public async Task A_variable_counts_only_with_a_value_that_matters_and_for_a_target()
    {
        await Task.CompletedTask;
        var rule = Rule(ConflictKind.Environment, ConflictEffect.Insecure) with { Name = "VERIFY", Values = ["0"] };
        var finding = Assert.Single(Find(rule, environment: new() { ["VERIFY"] = "0" }));
        Assert.Equal((FindingEffect.Insecure, "VERIFY=0", "VERIFY"), (finding.Effect, finding.Text, finding.Variable));
        Assert.Equal("`VERIFY=0` switches the verification of Tool off: because", finding.Message);
        Assert.Empty(Find(rule, environment: new() { ["VERIFY"] = "1" }));
        Assert.Empty(Find(rule, environment: new() { ["VERIFY"] = "" }));
        Assert.Empty(Find(rule));
        Assert.Empty(Find(rule, environment: new() { ["VERIFY"] = "0" }, isTarget: false));
    }

    [Fact(Timeout = 30_000)]
    public async Task Any_value_of_a_variable_is_any_but_the_empty_one_unless_a_star_says_so()
    {
        await Task.CompletedTask;
        var rule = Rule(ConflictKind.Environment, ConflictEffect.Overrules) with { Name = "CA" };
        Assert.Single(Find(rule, environment: new() { ["CA"] = "/x" }));
        Assert.Empty(Find(rule, environment: new() { ["CA"] = "" }));
        Assert.Single(Find(rule with { Values = ["*"] }, environment: new() { ["CA"] = "" }));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("-k", true)]
    [InlineData("-sk", true)]
    [InlineData("--insecure", true)]
    [InlineData("--insecure=host", true)]
    [InlineData("--insecured", false)]
    [InlineData("-o", false)]
    [InlineData("-- -k", false)]
    [InlineData("--check=false", true)]
    [InlineData("--check FALSE", true)]
    [InlineData("--check=true", false)]
    [InlineData("--check", false)]
    public async Task An_argument_counts_as_the_tool_reads_it(string arguments, bool counts)
    {
        await Task.CompletedTask;
        ConflictRule[] rules =
        [
            Rule(ConflictKind.Argument, ConflictEffect.Insecure) with { Arguments = ["-k", "-s*k*", "--insecure"] },
            Rule(ConflictKind.Argument, ConflictEffect.Insecure) with { Arguments = ["--check"], Values = ["false"] },
        ];
        var found = rules.SelectMany(rule => Find(rule, arguments: arguments.Split(' '))).ToList();
        Assert.Equal(counts, found.Count == 1);
        if (counts) Assert.Equal($"`{arguments}` on the command line switches the verification of Tool off: because", found[0].Message);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_setting_is_named_with_file_and_line()
    {
        await Task.CompletedTask;
        var file = _folder.Write("home/.toolrc", "# strict = false\n\nstrict = false\n");
        var finding = Assert.Single(Find(Strict("~/.toolrc")));
        Assert.Equal((file, 3, "strict=false"), (finding.File, finding.Line, finding.Text));
        Assert.Equal($"`strict=false` in `{file}:3` switches the verification of Tool off: because (`mend it`)", (finding with { Rule = finding.Rule with { Fix = "mend it" } }).Message);
        Assert.Empty(Find(Strict("~/.toolrc"), isTarget: false));
        _folder.Write("home/.toolrc", "# strict = false\nstrict = true\n");
        Assert.Empty(Find(Strict("~/.toolrc")));
    }

    [Fact(Timeout = 30_000)]
    public async Task The_strongest_file_that_has_a_setting_decides_and_in_it_the_last_line()
    {
        await Task.CompletedTask;
        _folder.Write("home/.toolrc", "strict=false\n");
        _folder.Write("home/src/.toolrc", "strict=false\nstrict=true\n");
        Assert.Empty(Find(Strict("./.toolrc", "~/.toolrc")));
        _folder.Write("home/src/project/.toolrc", "strict=true\nstrict=false\n");
        Assert.Equal(2, Assert.Single(Find(Strict("./.toolrc", "~/.toolrc"))).Line);
        Assert.Equal(_folder["home/.toolrc"], Assert.Single(Find(Strict("~/.toolrc"))).File);
    }

    [Fact(Timeout = 30_000)]
    public async Task Certificates_of_the_users_settings_count_for_every_command_if_something_displaces_them()
    {
        await Task.CompletedTask;
        _folder.Write("home/.toolrc", "cafile = ~/corp ca.pem\n");
        var rule = Cafile("~/.toolrc");
        var finding = Assert.Single(Find(rule, isTarget: false, injects: "TOOL_CA"));
        Assert.Equal((FindingEffect.Certificates, $"{Home}/corp ca.pem", $"{Home}/.toolrc:1"), (finding.Effect, finding.Certificates, finding.Place));
        Assert.Empty(Find(rule, isTarget: false, injects: "OTHER"));
        Assert.Empty(Find(rule, isTarget: false, injects: "TOOL_CA", environment: new() { ["TOOL_CA"] = "/own.pem" }));
        Assert.Single(Find(rule, isTarget: false, injects: "TOOL_CA", environment: new() { ["TOOL_CA"] = "" }));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("ca.pem", RelativeTo.WorkingFolder, "home/src/project/ca.pem")]
    [InlineData("ca.pem", RelativeTo.File, "home/.tool/ca.pem")]
    [InlineData("ca.pem", RelativeTo.Parent, "home/ca.pem")]
    [InlineData("../ca.pem", RelativeTo.File, "home/ca.pem")]
    [InlineData("${CORP}/ca.pem", RelativeTo.File, "corp/ca.pem")]
    [InlineData("$HOME/ca.pem", RelativeTo.File, "home/ca.pem")]
    public async Task Paths_are_taken_as_the_tool_takes_them(string value, RelativeTo relativeTo, string expected)
    {
        await Task.CompletedTask;
        _folder.Write("home/.tool/rc", $"cafile = {value}\n");
        var finding = Assert.Single(Find(Cafile("~/.tool/rc") with { RelativeTo = relativeTo }, injects: "TOOL_CA", environment: new() { ["CORP"] = _folder["corp"] }));
        Assert.Equal(_folder[expected], finding.Certificates);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("cafile =")]
    [InlineData("cafile")]
    [InlineData("cafile = ${NOWHERE}/x.pem")]
    [InlineData("#cafile = /x.pem")]
    public async Task A_setting_without_a_path_names_no_certificates(string line)
    {
        await Task.CompletedTask;
        _folder.Write("home/.toolrc", line);
        Assert.Empty(Find(Cafile("~/.toolrc"), injects: "TOOL_CA"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_projects_file_adds_no_certificates()
    {
        await Task.CompletedTask;
        _folder.Write("home/src/.toolrc", "cafile = ca.pem\n");
        _folder.Write("home/.toolrc", "cafile = /users.pem\n");
        var finding = Assert.Single(Find(Cafile("./.toolrc", "~/.toolrc"), injects: "TOOL_CA"));
        Assert.Equal((FindingEffect.Kept, _folder["home/src/project/ca.pem"]), (finding.Effect, finding.Certificates));
        Assert.Equal($"nctrust run --ca {_folder["home/src/project/ca.pem"]} -- ...", finding.Fix);
        var silent = Assert.Single(Find(Cafile("./.toolrc", "~/.toolrc") with { DisplacedBy = [] }, injects: "TOOL_CA"));
        Assert.Equal(FindingEffect.Displaced, silent.Effect);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_users_own_file_is_no_projects_where_the_search_upwards_meets_it()
    {
        await Task.CompletedTask;
        _folder.Write("home/.toolrc", "cafile = /users.pem\n");
        Assert.Equal(FindingEffect.Certificates, Assert.Single(Find(Cafile("./.toolrc", "~/.toolrc"), injects: "TOOL_CA")).Effect);
        Assert.Equal(FindingEffect.Kept, Assert.Single(Find(Cafile("./.toolrc"), injects: "TOOL_CA")).Effect);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_users_own_file_is_the_users_below_a_home_that_is_a_link()
    {
        await Task.CompletedTask;
        _folder.Write("home/.toolrc", "cafile = /users.pem\n");
        File.CreateSymbolicLink(_folder["link"], Home);
        var environment = new Dictionary<string, string> { ["HOME"] = _folder["link"] };
        var tool = Tool("tool", Cafile("./.toolrc", "~/.toolrc"));
        var finding = Assert.Single(new ConflictFinder(environment, [], Project).Find([tool], [tool], _ => true));
        Assert.Equal((FindingEffect.Certificates, "/users.pem"), (finding.Effect, finding.Certificates));
    }

    [Fact(Timeout = 30_000)]
    public async Task Certificates_in_the_setting_itself_stay_in_force()
    {
        await Task.CompletedTask;
        _folder.Write("home/.toolrc", "cafile = \"-----BEGIN CERTIFICATE-----\\nAA\"\n");
        var finding = Assert.Single(Find(Cafile("~/.toolrc"), injects: "TOOL_CA"));
        Assert.Equal((FindingEffect.Kept, null, "cafile"), (finding.Effect, finding.Certificates, finding.Text));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_variable_that_holds_certificates_is_told_by_its_name_alone()
    {
        await Task.CompletedTask;
        using var place = new SettingsPlace();
        var finding = Assert.Single(place.Find("npm", variable: "npm_config_ca=-----BEGIN CERTIFICATE-----\nAA", injects: "npm_config_cafile"));
        Assert.Equal((FindingEffect.Kept, "npm_config_ca", "npm_config_ca"), (finding.Effect, finding.Text, finding.Variable));
    }

    [Fact(Timeout = 30_000)]
    public async Task Certificates_on_the_command_line_count_for_the_target()
    {
        await Task.CompletedTask;
        var rule = Rule(ConflictKind.Argument, ConflictEffect.Certificates) with { Arguments = ["-c"], Values = ["http.cainfo=*"], DisplacedBy = ["TOOL_CA"] };
        string[] arguments = ["-c", "http.caInfo=x.pem"];
        Assert.Equal(_folder["home/src/project/x.pem"], Assert.Single(Find(rule, arguments: arguments, injects: "TOOL_CA")).Certificates);
        Assert.Empty(Find(rule, arguments: arguments, injects: "TOOL_CA", isTarget: false));
        Assert.Empty(Find(rule, arguments: ["-c", "http.proxy=x.pem"], injects: "TOOL_CA"));
    }

    [Fact(Timeout = 30_000)]
    public async Task The_same_setting_of_two_profiles_is_found_once_as_the_targets()
    {
        await Task.CompletedTask;
        _folder.Write("home/.toolrc", "cafile = /users.pem\n");
        var other = Tool("other", Cafile("~/.toolrc"));
        var target = Tool("target", Cafile("~/.toolrc"));
        var finder = new ConflictFinder(Environment(), [], Project);
        Assert.Equal("target", Assert.Single(finder.Find([target], [other, target], _ => true)).Profile.Name);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_a_project_wrote_can_not_steer_the_terminal()
    {
        await Task.CompletedTask;
        _folder.Write("home/src/project/.toolrc", "strict=false\e[2J\a`\n");
        var finding = Assert.Single(Find(Strict("./.toolrc") with { Values = [] }));
        Assert.Equal("strict=false?[2J??", finding.Text);
        Assert.DoesNotContain(finding.Message, char.IsControl);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_run_warns_of_what_its_targets_do_and_not_of_certificates_that_it_reads()
    {
        await Task.CompletedTask;
        _folder.Write("home/.toolrc", "cafile = /users.pem\nstrict = false\n");
        var insecure = Assert.Single(Find(Strict("~/.toolrc")));
        Assert.True(insecure.IsWarning(["tool"]));
        Assert.False(insecure.IsWarning(["other"]));
        Assert.False(Assert.Single(Find(Cafile("~/.toolrc"), injects: "TOOL_CA")).IsWarning(["tool"]));
    }

    private static ConflictRule Rule(ConflictKind kind, ConflictEffect effect) => new() { Kind = kind, Effect = effect, Why = "because" };

    private static ConflictRule Strict(params string[] files) => Rule(ConflictKind.Setting, ConflictEffect.Insecure) with { Name = "strict", Files = files, Values = ["false"] };

    private static ConflictRule Cafile(params string[] files) => Rule(ConflictKind.Setting, ConflictEffect.Certificates) with { Name = "cafile", Files = files, DisplacedBy = ["TOOL_CA"] };

    private static ToolProfile Tool(string name, ConflictRule rule) => new() { Name = name, Title = "Tool", Category = "http", Conflicts = [rule], Source = "https://x.test/" };

    private Dictionary<string, string> Environment(Dictionary<string, string>? more = null) => new(more ?? []) { ["HOME"] = Home };

    private IReadOnlyList<ConflictFinding> Find(ConflictRule rule, Dictionary<string, string>? environment = null, string[]? arguments = null, bool isTarget = true, string? injects = null)
    {
        var tool = Tool("tool", rule);
        return new ConflictFinder(Environment(environment), arguments ?? [], Project).Find(isTarget ? [tool] : [], [tool], name => name == injects);
    }
}
