using NativeCerts.Run.Injection;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Tests.Injection;

public sealed class InjectionPlannerSpecs
{
    [Fact(Timeout = 30_000)]
    public Task What_is_harmless_is_set_for_every_command() => Task.Run(() =>
    {
        var plan = Plan([Tool("pip", Set("PIP_CERT", "{bundle}"))]);

        var variable = Assert.Single(plan.Variables);
        Assert.Equal(("PIP_CERT", "{bundle}", "pip"), (variable.Name, variable.Value, variable.Profile));
        Assert.Equal(TrustForms.Bundle, plan.Forms);
    });

    [Fact(Timeout = 30_000)]
    public Task What_displaces_something_is_set_for_the_target_alone() => Task.Run(() =>
    {
        var java = Tool("java", Set("JAVA_TOOL_OPTIONS", "-Dx={jks}") with { Scope = InjectionScope.Target });

        Assert.Empty(Plan([java]).Variables);
        Assert.Equal(TrustForms.None, Plan([java]).Forms);
        Assert.Single(Plan([java], targets: [java]).Variables);
    });

    [Fact(Timeout = 30_000)]
    public Task A_rule_for_the_target_beats_one_for_every_command_whatever_their_order() => Task.Run(() =>
    {
        var any = Tool("openssl", Set("SSL_CERT_DIR", "{folder}"));
        var dotnet = Tool("dotnet", Set("SSL_CERT_DIR", "{emptydir}") with { Scope = InjectionScope.Target });

        Assert.Equal("{emptydir}", Assert.Single(Plan([any, dotnet], targets: [dotnet]).Variables).Value);
        Assert.Equal("{emptydir}", Assert.Single(Plan([dotnet, any], targets: [dotnet]).Variables).Value);
        Assert.Equal("{folder}", Assert.Single(Plan([dotnet, any]).Variables).Value);
    });

    [Theory(Timeout = 30_000)]
    [InlineData(InjectionMerge.Append, "theirs ours")]
    [InlineData(InjectionMerge.Prepend, "ours theirs")]
    [InlineData(InjectionMerge.Replace, "ours")]
    [InlineData(InjectionMerge.Certificates, "ours")]
    [InlineData(InjectionMerge.Keep, null)]
    public Task The_users_own_value_is_merged_as_the_profile_says(InjectionMerge merge, string? expected) => Task.Run(() =>
    {
        var tool = Tool("tool", Set("OPTIONS", "ours") with { Merge = merge });

        Assert.Equal(expected, Plan([tool], environment: new() { ["OPTIONS"] = "theirs" }).Variables.SingleOrDefault()?.Value);
        Assert.Equal("ours", Plan([tool]).Variables.Single().Value);
        Assert.Equal("ours", Plan([tool], environment: new() { ["OPTIONS"] = "" }).Variables.Single().Value);
    });

    [Fact(Timeout = 30_000)]
    public Task Two_profiles_that_append_to_one_variable_both_do() => Task.Run(() =>
    {
        var first = Tool("first", Set("OPTIONS", "a") with { Merge = InjectionMerge.Append });
        var second = Tool("second", Set("OPTIONS", "b") with { Merge = InjectionMerge.Append });

        Assert.Equal("user a b", Plan([first, second], environment: new() { ["OPTIONS"] = "user" }).Variables.Single().Value);
    });

    [Fact(Timeout = 30_000)]
    public Task A_value_that_already_has_what_the_rule_gives_stays_as_it_is() => Task.Run(() =>
    {
        var java = Tool("java", Set("JAVA_TOOL_OPTIONS", "-Dstore={jks}") with { Merge = InjectionMerge.Append, Unless = ["-Dstore="] });

        Assert.Empty(Plan([java], environment: new() { ["JAVA_TOOL_OPTIONS"] = "-Xmx1g -Dstore=/mine" }).Variables);
        Assert.Equal("-Xmx1g -Dstore={jks}", Plan([java], environment: new() { ["JAVA_TOOL_OPTIONS"] = "-Xmx1g" }).Variables.Single().Value);
    });

    [Fact(Timeout = 30_000)]
    public Task A_variable_is_taken_away_only_where_the_user_has_it() => Task.Run(() =>
    {
        var npm = Tool("npm", Set("NPM_CONFIG_CAFILE", "") with { Kind = InjectionKind.Unset, Merge = InjectionMerge.Certificates });

        Assert.Empty(Plan([npm]).Variables);
        var variable = Assert.Single(Plan([npm], environment: new() { ["NPM_CONFIG_CAFILE"] = "/corp.pem" }).Variables);
        Assert.Null(variable.Value);
        Assert.Equal("/corp.pem", variable.UserValue);
    });

    [Fact(Timeout = 30_000)]
    public Task An_argument_is_given_unless_the_user_gave_one() => Task.Run(() =>
    {
        var aria = Tool("aria2c", new InjectionRule { Kind = InjectionKind.Argument, Name = "", Arguments = ["--ca-certificate={bundle}"], Unless = ["--ca-certificate"], Scope = InjectionScope.Target, Roots = InjectionRoots.Replaced, Why = "" });

        Assert.Single(Plan([aria], targets: [aria], arguments: ["https://x"]).Arguments);
        Assert.Empty(Plan([aria], targets: [aria], arguments: ["--ca-certificate=/mine"]).Arguments);
        Assert.Empty(Plan([aria]).Arguments);
    });

    [Fact(Timeout = 30_000)]
    public Task A_file_is_generated_only_if_something_names_it_and_with_the_forms_it_names() => Task.Run(() =>
    {
        var wgetrc = new InjectionRule { Kind = InjectionKind.File, Name = "wget/wgetrc", Value = "ca_certificate={bundle}", Include = ["$SYSTEM_WGETRC", "/etc/wgetrc"], Scope = InjectionScope.Target, Roots = InjectionRoots.Unchanged, Why = "" };
        var wget = Tool("wget", wgetrc, Set("SYSTEM_WGETRC", "{file:wget/wgetrc}") with { Scope = InjectionScope.Target });

        var plan = Plan([wget], targets: [wget], environment: new() { ["SYSTEM_WGETRC"] = "/my/wgetrc" });
        Assert.Equal(["/my/wgetrc", "/etc/wgetrc"], Assert.Single(plan.Files).Include);
        Assert.Equal(TrustForms.Bundle, plan.Forms);
        var silent = Tool("wget", wgetrc);
        Assert.Empty(Plan([silent], targets: [silent]).Files);
    });

    [Theory(Timeout = 30_000)]
    [InlineData("$MODE=verify-full", "verify-full", "x", true)]
    [InlineData("$MODE=verify-full", "require", "x", false)]
    [InlineData("$MODE", "require", "x", true)]
    [InlineData("$MODE", "", "x", false)]
    [InlineData("sslmode=verify", "", "host=x sslmode=verify-ca", true)]
    [InlineData("sslmode=verify", "", "host=x", false)]
    public Task A_rule_with_a_condition_applies_only_where_it_is_true(string condition, string mode, string argument, bool applies) => Task.Run(() =>
    {
        var when = Tool("psql", Set("PGSSLROOTCERT", "{bundle}") with { When = ["$NEVER", condition] });
        var unless = Tool("psql", Set("PGSSLROOTCERT", "{bundle}") with { Unless = ["$NEVER", condition] });

        Assert.Equal(applies, Plan([when], environment: new() { ["MODE"] = mode }, arguments: [argument]).Variables.Count == 1);
        Assert.Equal(!applies, Plan([unless], environment: new() { ["MODE"] = mode }, arguments: [argument]).Variables.Count == 1);
    });

    [Fact(Timeout = 30_000)]
    public Task A_rule_for_some_versions_applies_only_to_a_version_that_is_known() => Task.Run(() =>
    {
        var node = Tool("node", Set("X", "1") with { Version = VersionRange.TryParse(">=22.15 <24") });

        Assert.Empty(Plan([node]).Variables);
        Assert.Empty(InjectionPlanner.Plan(Request([node], [], [], []) with { Versions = new Dictionary<ToolProfile, Version> { [node] = new(20, 1) } }).Variables);
        Assert.Single(InjectionPlanner.Plan(Request([node], [], [], []) with { Versions = new Dictionary<ToolProfile, Version> { [node] = new(22, 15) } }).Variables);
    });

    [Fact(Timeout = 30_000)]
    public Task An_argument_for_every_tree_comes_by_a_launcher_where_the_tool_is_installed() => Task.Run(() =>
    {
        var aria = Tool("aria2c", new InjectionRule { Kind = InjectionKind.Argument, Name = "", Arguments = ["--ca-certificate={bundle}"], Scope = InjectionScope.Always, Roots = InjectionRoots.Replaced, Why = "" });
        var request = Request([aria], [], new() { ["PATH"] = "/a:/b" }, []);

        Assert.Empty(InjectionPlanner.Plan(request).Variables);
        var plan = InjectionPlanner.Plan(request with { Launched = [new("aria2c", aria)] });
        Assert.Equal("{launchers}:/a:/b", Assert.Single(plan.Variables).Value);
        Assert.Equal("aria2c", Assert.Single(plan.Launchers).Program);
        Assert.Equal(TrustForms.Bundle | TrustForms.Launchers, plan.Forms);
        Assert.Empty(plan.Arguments);
        Assert.Single(InjectionPlanner.Plan(request with { Targets = [aria], Command = aria }).Arguments);
        Assert.Empty(InjectionPlanner.Plan(request with { Targets = [aria] }).Arguments);
    });

    [Fact(Timeout = 30_000)]
    public Task An_argument_for_a_subcommand_has_no_place_without_one() => Task.Run(() =>
    {
        var helm = Tool("helm", new InjectionRule { Kind = InjectionKind.Argument, Name = "", Arguments = ["--ca-file={bundle}"], At = ArgumentPosition.Subcommand, Scope = InjectionScope.Target, Roots = InjectionRoots.Replaced, Why = "" });

        Assert.Empty(Plan([helm], targets: [helm], arguments: ["--help"]).Arguments);
        Assert.Single(Plan([helm], targets: [helm], arguments: ["--debug", "pull"]).Arguments);
    });

    [Fact(Timeout = 30_000)]
    public Task A_rule_of_another_operating_system_does_not_apply() => Task.Run(() =>
        Assert.Empty(Plan([Tool("curl", Set("X", "1") with { Os = ["macos"] })]).Variables));

    [Fact(Timeout = 30_000)]
    public Task The_variables_whose_certificates_would_be_displaced_are_named() => Task.Run(() =>
    {
        var pip = Tool("pip", Set("PIP_CERT", "{bundle}"), Set("OTHER", "x") with { Merge = InjectionMerge.Replace });
        var request = Request([pip], [], new() { ["PIP_CERT"] = "/corp.pem", ["OTHER"] = "y" }, []);

        Assert.Equal([new("PIP_CERT", "/corp.pem")], InjectionPlanner.CertificateVariables(request));
    });

    [Fact(Timeout = 30_000)]
    public Task Paths_take_the_place_of_every_placeholder() => Task.Run(() =>
    {
        var paths = new FormPaths { Home = "/home/me" };
        paths.Add(TrustForms.Bundle, "/b.pem");
        paths.Add("php/ca.ini", "/t/php/ca.ini");

        Assert.Equal("/b.pem:{bundle}", paths.Expand(new PlannedVariable("X", "{bundle}:{bundle}", "x", "", InjectionRoots.Added, ":{bundle}")));
        Assert.Equal("x=/b.pem:/t/php/ca.ini:/t/php:/home/me:{jks}", paths.Expand("x={bundle}:{file:php/ca.ini}:{dir:php/ca.ini}:{home}:{jks}"));
    });

    private static InjectionPlan Plan(ToolProfile[] profiles, ToolProfile[]? targets = null, Dictionary<string, string>? environment = null, string[]? arguments = null) =>
        InjectionPlanner.Plan(Request(profiles, targets ?? [], environment ?? [], arguments ?? []));

    private static InjectionRequest Request(ToolProfile[] profiles, ToolProfile[] targets, Dictionary<string, string> environment, string[] arguments) =>
        new() { Profiles = profiles, Targets = targets, Command = targets.FirstOrDefault(), Environment = environment, Arguments = arguments, Os = "linux" };

    private static ToolProfile Tool(string name, params InjectionRule[] inject) =>
        new() { Name = name, Title = name, Category = "http", Inject = inject, Source = "https://example.org" };

    private static InjectionRule Set(string name, string value) =>
        new() { Kind = InjectionKind.Environment, Name = name, Value = value, Scope = InjectionScope.Always, Roots = InjectionRoots.Replaced, Why = "because" };
}
