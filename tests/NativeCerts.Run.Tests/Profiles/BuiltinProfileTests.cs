using System.Text;
using NativeCerts.Run.Injection;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.Profiles.Conflicts;

namespace NativeCerts.Run.Tests.Profiles;

/// <summary>Every file of the registry, discovered.</summary>
public class BuiltinProfileTests
{
    // What harms a process tree, measured: see the `limits` of the profiles of the same tools.
    private static readonly string[] NeverSet =
    [
        "HTTPS_CA_FILE", "ETCDCTL_CACERT", "YARN_CAFILE", "PIP_USE_FEATURE", "PIP_USE_DEPRECATED", "WGETRC", "WGET2RC", "CURL_HOME",
        "MYSQL_HOME", "BRZ_HOME", "DOCKER_CERT_PATH", "NODE_USE_SYSTEM_CA", "NODE_TLS_REJECT_UNAUTHORIZED", "GIT_SSL_NO_VERIFY",
        "PYTHONHTTPSVERIFY", "PERL_LWP_SSL_VERIFY_HOSTNAME", "LD_PRELOAD", "PATH", "HOME",
    ];

    private static readonly string[] NeverGiven =
        ["--use-system-ca", "--insecure", "--no-check-certificate", "insecure", "trust-all", "verify=false", "trustAll", "-k"];

    public static TheoryData<string> Names => [.. ProfileSources.Names];

    [Theory(Timeout = 30_000), MemberData(nameof(Names))]
    public async Task A_profile_reads_and_is_named_as_its_file(string name)
    {
        await Task.CompletedTask;
        Assert.Equal(name, Read(name).Name);
    }

    [Theory(Timeout = 30_000), MemberData(nameof(Names))]
    public async Task A_profile_sets_nothing_that_is_known_to_harm(string name)
    {
        await Task.CompletedTask;
        foreach (var rule in Read(name).Inject.Where(rule => rule.Kind != InjectionKind.Unset))
        {
            Assert.DoesNotContain(rule.Name, NeverSet);
            Assert.False(rule.Name.StartsWith("XDG_", StringComparison.OrdinalIgnoreCase), rule.Name);
            Assert.DoesNotContain(NeverGiven, harmful => (rule.Value + ' ' + string.Join(' ', rule.Arguments)).Split(' ', '=').Contains(harmful));
        }
    }

    // With any other sslmode libpq falls back to plaintext where it can't verify, and `require` turns into verify-ca.
    [Theory(Timeout = 30_000), MemberData(nameof(Names))]
    public async Task Roots_for_PostgreSQL_are_named_only_where_the_server_is_to_be_verified(string name)
    {
        await Task.CompletedTask;
        foreach (var rule in Read(name).Inject.Where(rule => rule.Name == "PGSSLROOTCERT" && rule.Kind == InjectionKind.Environment))
        {
            Assert.Equal(InjectionScope.Target, rule.Scope);
            Assert.NotEmpty(rule.When);
            Assert.All(rule.When, condition => Assert.Matches("mode=verify-(ca|full)$", condition.ToLowerInvariant()));
        }
    }

    [Theory(Timeout = 30_000), MemberData(nameof(Names))]
    public async Task What_later_versions_warn_of_is_set_for_earlier_ones_only(string name)
    {
        await Task.CompletedTask;
        foreach (var rule in Read(name).Inject.Where(rule => rule.Name == "UV_NATIVE_TLS")) Assert.False(rule.Version?.Contains(new(0, 12)) ?? true);
    }

    [Theory(Timeout = 30_000), MemberData(nameof(Names))]
    public async Task What_displaces_the_users_own_is_only_for_the_target(string name)
    {
        await Task.CompletedTask;
        foreach (var rule in Read(name).Inject.Where(rule => rule.Scope == InjectionScope.Always))
        {
            Assert.True(rule.Kind is InjectionKind.Environment or InjectionKind.Unset or InjectionKind.Argument, $"a file can't be for every command: {rule.Why}");
            // A key store costs its making and its reading, and every JVM says on stderr that it was told of one.
            Assert.DoesNotContain("{jks}", rule.Value);
            Assert.DoesNotContain("{emptydir}", rule.Value);
            Assert.DoesNotContain("{hashed}", rule.Value);
        }
    }

    [Theory(Timeout = 30_000), MemberData(nameof(Names))]
    public async Task A_generated_file_is_named_by_a_rule_of_the_same_scope(string name)
    {
        await Task.CompletedTask;
        var rules = Read(name).Inject;
        foreach (var file in rules.Where(rule => rule.Kind == InjectionKind.File))
        {
            Assert.Contains(rules, rule => rule.Scope == file.Scope && rule.Kind != InjectionKind.File
                && (rule.Value.Contains($":{file.Name}}}") || rule.Arguments.Any(argument => argument.Contains($":{file.Name}}}"))
                    || (rule.Kind == InjectionKind.Shim && Encoding.UTF8.GetString(BuiltinShims.Find(rule.Name)).Contains($":{file.Name}}}"))));
        }
    }

    [Theory(Timeout = 30_000), MemberData(nameof(Names))]
    public async Task A_source_is_the_address_of_a_page(string name)
    {
        await Task.CompletedTask;
        Assert.True(Uri.TryCreate(Read(name).Source, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address.AbsolutePath.Length > 1);
    }

    [Theory(Timeout = 30_000), MemberData(nameof(Names))]
    public async Task A_variable_of_one_profile_has_one_value_a_scope_and_system(string name)
    {
        await Task.CompletedTask;
        foreach (var group in Read(name).Inject.Where(rule => rule.Kind is not (InjectionKind.Argument or InjectionKind.File)).GroupBy(rule => (rule.Name, rule.Scope)))
        {
            var systems = group.SelectMany(rule => rule.Os.Count == 0 ? ["linux", "macos", "windows"] : rule.Os).ToList();
            Assert.Equal(systems.Distinct(), systems);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task Profiles_agree_on_what_a_variable_is_set_to_for_every_command()
    {
        await Task.CompletedTask;
        foreach (var group in ProfileSources.Names.SelectMany(name => Read(name).Inject)
            .Where(rule => rule.Scope == InjectionScope.Always).GroupBy(rule => rule.Name))
        {
            Assert.Single(group.Select(rule => (rule.Kind, rule.Value, rule.Merge, rule.Separator)).Distinct());
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_program_belongs_to_one_profile()
    {
        await Task.CompletedTask;
        var patterns = ProfileSources.Names.SelectMany(name => Read(name).Match.Select(pattern => (pattern, name))).ToList();
        foreach (var (pattern, name) in patterns.Where(entry => !entry.pattern.Contains('*')))
        {
            Assert.Equal([name], patterns.Where(other => other.pattern == pattern).Select(other => other.name));
            Assert.Equal(name, ProfileRegistry.Builtin.Match(pattern)?.Name);
        }

        Assert.Equal(patterns.Select(entry => entry.pattern).Distinct().Count(), patterns.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_runtime_is_a_profile_and_no_profile_is_its_own_runtimes_runtime()
    {
        await Task.CompletedTask;
        foreach (var profile in ProfileRegistry.Builtin.Profiles)
        {
            var runtimes = ProfileRegistry.Builtin.RuntimesOf(profile).ToList();
            Assert.Equal(profile.Runtime, runtimes.FirstOrDefault()?.Name);
            Assert.Equal(runtimes.Distinct().Count(), runtimes.Count);
            Assert.Null(runtimes.LastOrDefault()?.Runtime);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task The_program_holds_every_file_and_nothing_else()
    {
        await Task.CompletedTask;
        Assert.Equal(ProfileSources.Names, ProfileRegistry.Builtin.Profiles.Select(profile => profile.Name).Order(StringComparer.Ordinal));
        foreach (var profile in ProfileRegistry.Builtin.Profiles) Assert.Equivalent(Read(profile.Name), profile, strict: true);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_silent_run_has_the_rules_for_every_command_and_the_targets_are_completed()
    {
        await Task.CompletedTask;
        Assert.InRange(ProfileRegistry.BuiltinRules.Profiles.Count, 1, ProfileRegistry.Builtin.Profiles.Count - 1);
        Assert.Equal(ProfileRegistry.Builtin.Profiles.Select(profile => profile.Name), ProfileRegistry.BuiltinRules.Names);
        foreach (var all in ProfileRegistry.Builtin.Profiles)
        {
            var rules = ProfileRegistry.BuiltinRules.Find(all.Name)!;
            var silent = all with
            {
                Title = "",
                Category = "",
                Conflicts = [.. all.Conflicts.Select(conflict => conflict with { Why = "", Fix = null })],
                Limits = [],
                OwnRoots = [],
                Overlooks = [],
                Probe = [],
                ProbeFiles = new Dictionary<string, string>(),
                ProbeProtocol = ProbeProtocol.Https,
                Source = "",
                Inject = [.. all.Inject.Select(rule => rule with { Why = "" })],
            };
            Assert.Equivalent(silent, ProfileRegistry.Complete(rules), strict: true);
            Assert.Equivalent(all, ProfileRegistry.Explain(rules), strict: true);
            var brief = silent with
            {
                Alias = AliasRule.Never,
                Container = null,
                InsecureByDefault = false,
                OwnRootsInherited = true,
                Inject = [.. silent.Inject.Where(rule => rule.Scope == InjectionScope.Always)],
                Conflicts = [.. silent.Conflicts.Where(conflict => conflict.Effect is ConflictEffect.Certificates && conflict.Kind is not ConflictKind.Argument)],
            };
            if (brief.Conflicts.Count > 0 || brief.Beside.Count > 0) Assert.Contains(rules, ProfileRegistry.BuiltinRules.Profiles);
            if (rules.IsBrief) Assert.Equivalent(brief, rules, strict: true);
        }
    }

    [Theory(Timeout = 30_000)]
    [InlineData("linux")]
    [InlineData("macos")]
    [InlineData("windows")]
    public async Task A_silent_run_plans_for_every_command_what_a_talkative_one_does(string os)
    {
        await Task.CompletedTask;
        var names = ProfileRegistry.Builtin.Profiles.SelectMany(profile => profile.Inject).Select(rule => rule.Name).Where(name => name.Length > 0).Distinct().ToList();
        foreach (var environment in (Dictionary<string, string>[])[[], names.ToDictionary(name => name, _ => ""), names.ToDictionary(name => name, name => "/its/" + name)])
        {
            var (all, silent) = (Plan(ProfileRegistry.Builtin), Plan(ProfileRegistry.BuiltinRules));
            Assert.NotEmpty(all.Variables);
            // Their order, and whose they are said to be, is for people.
            Assert.Equal(all.Variables.Select(variable => (variable.Name, variable.Value, variable.Roots is InjectionRoots.Unchanged, variable.UserValue)).Order(), silent.Variables.Select(variable => (variable.Name, variable.Value, variable.Roots is InjectionRoots.Unchanged, variable.UserValue)).Order());
            Assert.Equal(all.Files.Select(file => (file.Name, file.Content)), silent.Files.Select(file => (file.Name, file.Content)));
            Assert.Equal(all.Launchers.Select(launcher => launcher.Program), silent.Launchers.Select(launcher => launcher.Program));
            Assert.Equal(all.Forms, silent.Forms);

            InjectionPlan Plan(ProfileRegistry registry) => InjectionPlanner.Plan(new()
            {
                Profiles = registry.Profiles,
                Targets = [],
                Environment = environment,
                Os = os,
                Launched = [.. registry.Profiles.SelectMany(profile => profile.Match.Where(_ => profile.Inject.Any(InjectionPlanner.IsLaunchers)).Select(program => KeyValuePair.Create(program, profile)))],
            });
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_silent_run_recognises_every_program_as_a_talkative_one_does()
    {
        await Task.CompletedTask;
        var patterns = ProfileRegistry.Builtin.Profiles.SelectMany(profile => profile.Match).ToList();
        var names = patterns.SelectMany(pattern => (string[])[pattern, pattern.Replace("*", "", StringComparison.Ordinal), pattern.Replace("*", "3.11", StringComparison.Ordinal), pattern + "x", "x" + pattern]);
        foreach (var name in names.Append("nosuchprogram").Append("").Distinct()) Assert.Equal((name, ProfileRegistry.Builtin.Match(name)?.Name), (name, ProfileRegistry.BuiltinRules.Match(name)?.Name));
    }

    private static ToolProfile Read(string name) => ProfileReader.Read(ProfileSources.Read(name), name + ".json");
}
