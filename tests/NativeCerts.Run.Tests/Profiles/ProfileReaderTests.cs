using System.Text;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Tests.Profiles;

/// <summary>A profile's file that isn't right is refused with file, line, column and one sentence.</summary>
public class ProfileReaderTests
{
    private const string Rule = "\"scope\": \"always\", \"roots\": \"added\", \"why\": \"w\"";

    [Theory(Timeout = 30_000)]
    [InlineData("", 1, 1, "the file is empty, a profile is a JSON object")]
    [InlineData("[]", 1, 1, "a profile is a JSON object")]
    [InlineData("{}", 1, 1, "a profile needs a `name`")]
    [InlineData("{\n  \"name\": \"x\",\n  \"titel\": \"X\"\n}", 3, 3, "unknown field `titel` in a profile")]
    [InlineData("{\n  \"name\": 5\n}", 2, 11, "`name` must be a text, not a number")]
    [InlineData("{ \"name\": null }", 1, 11, "`name` must be a text, not null")]
    [InlineData("{ \"name\": \"\" }", 1, 11, "`name` must not be empty")]
    [InlineData("{ \"name\": \"Pip\" }", 1, 11, "`name` must be of small letters, digits and `-`")]
    [InlineData("{ \"name\": \"x\",\n\"name\": \"y\" }", 2, 1, "field `name` is given twice")]
    [InlineData("{ \"match\": \"pip\" }", 1, 12, "`match` must be a list of texts, not a text")]
    [InlineData("{ \"match\": [] }", 1, 13, "`match` must hold something, or be left out")]
    [InlineData("{ \"match\": [\"pip\", 3] }", 1, 20, "`match` must be a list of texts, not a number")]
    [InlineData("{ \"match\": [\"/usr/bin/pip\"] }", 1, 13, "`/usr/bin/pip` is no file name: no folder, and not `*` alone")]
    [InlineData("{ \"match\": [\"*\"] }", 1, 13, "`*` is no file name: no folder, and not `*` alone")]
    [InlineData("{ \"ownRoots\": [\"system\", \"windows\"] }", 1, 26, "`ownRoots` has no `windows`, but `system`, `systemFiles`, `node`, `java`, `certifi`, `pip`, `mozilla`, `unknown`")]
    [InlineData("{ \"overlooks\": [\"expired\"] }", 1, 17, "`overlooks` has no `expired`, but `wrongHost`, `notForServers`, `nameConstraint`")]
    [InlineData("{ \"insecureByDefault\": \"yes\" }", 1, 24, "`insecureByDefault` must be true or false, not a text")]
    [InlineData("{ \"inject\": {} }", 1, 13, "`inject` must be a list of rules, not an object")]
    [InlineData("{ \"inject\": [3] }", 1, 14, "a rule is a JSON object")]
    [InlineData("{ \"probe\": [\"curl\"] }", 1, 19, "`probe` must contain `{url}`, or `{host}` and `{port}`")]
    [InlineData("{ \"source\": \"http://x\" }", 1, 13, "`source` must be an `https://` address")]
    [InlineData("{ \"name\": \"x\", \"title\": \"X\", \"category\": \"c\" }", 1, 1, "a profile needs a `source`")]
    [InlineData("{ \"title\": \"Grüße 🙂\", \"x\": 1 }", 1, 24, "unknown field `x` in a profile")]
    public async Task A_wrong_profile_is_refused_at_its_place(string json, int line, int column, string reason)
    {
        await Task.CompletedTask;
        AssertRefused(json, line, column, reason);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("""{ }""", 1, "a rule needs one of `env`, `unset`, `arg`, `file`, `shim`")]
    [InlineData("""{ "env": "A", "value": "{bundle}" }""", 1, "a rule needs a `scope`")]
    [InlineData("""{ "env": "A", "value": "{bundle}", "scope": "ever" }""", 45, "`scope` must be `always`, `target` or `exact`")]
    [InlineData("""{ "env": "A", "value": "{bundle}", "merge": "mix" }""", 45, "`merge` must be `certificates`, `append`, `prepend`, `replace` or `keep`")]
    [InlineData("""{ "roots": "some" }""", 12, "`roots` must be `added`, `replaced` or `unchanged`")]
    [InlineData("""{ "os": ["bsd"] }""", 10, "`os` takes `linux`, `macos` and `windows`")]
    [InlineData("""{ "env": "A B" }""", 10, "`A B` is no variable's name: letters, digits and `_`")]
    [InlineData("""{ "env": "A", "unset": "B" }""", 15, "a rule is one of `env`, `unset`, `arg`, `file`, `shim`, not two")]
    [InlineData("""{ "env": "A", "scope": "always" }""", 1, "a rule with `env` needs a `value`")]
    [InlineData("""{ "file": "a" }""", 1, "a rule with `file` needs its `lines`")]
    [InlineData("""{ "file": "../a" }""", 11, "`../a` must be a file's name below the trust folder, such as `php/trust.ini`")]
    [InlineData("""{ "file": "/etc/a" }""", 11, "`/etc/a` must be a file's name below the trust folder, such as `php/trust.ini`")]
    [InlineData("""{ "env": "A", "value": "{bundel}" }""", 24, "unknown placeholder `{bundel}`")]
    [InlineData("""{ "env": "A", "value": "x{bundle" }""", 24, "unknown placeholder `{bundle`")]
    [InlineData("""{ "env": "A", "value": "{file:}" }""", 24, "unknown placeholder `{file:}`")]
    [InlineData("""{ "env": "A", "value": "system" }""", 1, "a rule with `env` needs a `merge`, unless its value is the bundle or a folder")]
    [InlineData("""{ "env": "A", "value": "{bundle}", "separator": ":" }""", 1, "`separator` is only for `merge` `append` and `prepend`")]
    [InlineData("""{ "env": "A", "value": "{bundle}", "default": "" }""", 1, "`default` is only for `merge` `append` and `prepend`")]
    [InlineData("""{ "arg": ["--x"], "value": "y" }""", 1, "`value` is only for `env`")]
    [InlineData("""{ "arg": ["--x"], "lines": ["y"] }""", 1, "`lines` is only for `file`")]
    [InlineData("""{ "arg": ["--x"], "include": ["y"] }""", 1, "`include` is only for `file`")]
    [InlineData("""{ "arg": ["--x"], "merge": "keep" }""", 1, "`merge` is only for `env` and `unset`")]
    [InlineData("""{ "unset": "A", "merge": "append" }""", 1, "`merge` of an `unset` is `certificates` or `replace`")]
    [InlineData("""{ "unset": "A", "unset": "B" }""", 17, "field `unset` is given twice")]
    [InlineData("""{ "whenever": "x" }""", 3, "unknown field `whenever` in a rule")]
    public async Task A_wrong_rule_is_refused_at_its_place(string rule, int column, string reason)
    {
        await Task.CompletedTask;
        const string before = "{ \"inject\": [\n";
        AssertRefused(before + rule + "] }", 2, column, reason);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("{ \"name\": \"x\"", 1)]
    [InlineData("{\n\"name\" \"x\" }", 2)]
    [InlineData("{\n\n'name': 1 }", 3)]
    [InlineData("{ \"name\": \"x\", } ", 1)]
    [InlineData("// no\n{}", 1)]
    public async Task What_is_no_json_is_refused_at_its_place(string json, int line)
    {
        await Task.CompletedTask;
        var refused = Assert.Throws<ProfileFormatException>(() => Read(json));
        Assert.Equal(line, refused.Line);
        Assert.StartsWith("not JSON: ", refused.Reason);
        Assert.DoesNotContain("LineNumber", refused.Message);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_text_that_is_not_utf8_is_refused()
    {
        await Task.CompletedTask;
        byte[] json = [.. "{ \"title\": \""u8, 0xFF, .. "\" }"u8];
        var refused = Assert.Throws<ProfileFormatException>(() => ProfileReader.Read(json, "x.json"));
        Assert.Equal((1, 12, "this text isn't valid UTF-8"), (refused.Line, refused.Column, refused.Reason));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_second_profile_in_a_file_is_refused()
    {
        await Task.CompletedTask;
        AssertRefused(Profile("") + "\n{}", 2, 1, "a file holds one profile, here begins something else");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_file_that_nothing_generates_is_refused()
    {
        await Task.CompletedTask;
        AssertRefused(
            Profile($$"""{ "env": "A", "value": "{file:b}", "merge": "replace", {{Rule}} }"""), 1, 1,
            "`{file:b}` is used, but no rule of the profile generates that file");
        Read(Profile($$"""{ "env": "A", "value": "{file:b}", "merge": "replace", {{Rule}} }, { "file": "b", "lines": ["c"], {{Rule}} }"""));
    }

    [Fact(Timeout = 30_000)]
    public async Task Every_field_of_a_rule_arrives()
    {
        await Task.CompletedTask;
        var rules = Read(Profile("""
            { "env": "A", "value": "x={jks}", "merge": "prepend", "separator": ":", "default": "d", "unless": ["u"], "scope": "exact", "os": ["linux", "macos"], "roots": "replaced", "why": "w" },
            { "unset": "B", "merge": "certificates", "scope": "target", "roots": "unchanged", "why": "v" },
            { "arg": ["--a", "{hashed}"], "unless": ["--b"], "scope": "target", "roots": "added", "why": "w" },
            { "arg": ["-x"], "at": "subcommand", "when": ["$A=1", "pull"], "unless": ["$B"], "version": ">=2.1 <3", "scope": "always", "roots": "added", "why": "w" },
            { "file": "d/e", "include": ["$A", "{home}/f"], "lines": ["1", "{bundle}"], "scope": "target", "roots": "unchanged", "why": "w" }
            """)).Inject;
        Assert.Equivalent(
            new InjectionRule
            {
                Kind = InjectionKind.Environment,
                Name = "A",
                Value = "x={jks}",
                Merge = InjectionMerge.Prepend,
                Separator = ":",
                Default = "d",
                Unless = ["u"],
                Scope = InjectionScope.Exact,
                Os = ["linux", "macos"],
                Roots = InjectionRoots.Replaced,
                Why = "w",
            },
            rules[0], strict: true);
        Assert.Equal((InjectionKind.Unset, "B", InjectionMerge.Certificates), (rules[1].Kind, rules[1].Name, rules[1].Merge));
        Assert.Equal(["--a", "{hashed}"], rules[2].Arguments);
        Assert.Equal((ArgumentPosition.Subcommand, ">=2.1 <3"), (rules[3].At, rules[3].Version?.ToString()));
        Assert.Equal(["$A=1", "pull"], rules[3].When);
        Assert.Equal(["$B"], rules[3].Unless);
        Assert.Equal(("d/e", "1\n{bundle}\n"), (rules[4].Name, rules[4].Value));
        Assert.Equal(["$A", "{home}/f"], rules[4].Include);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_is_left_out_has_the_value_that_the_schema_says()
    {
        await Task.CompletedTask;
        var rules = Read(Profile($$"""{ "env": "A", "value": "{bundle}", {{Rule}} }, { "unset": "B", {{Rule}} }""")).Inject;
        Assert.Equal((InjectionMerge.Certificates, " ", null), (rules[0].Merge, rules[0].Separator, rules[0].Default));
        Assert.Equal(InjectionMerge.Replace, rules[1].Merge);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_byte_order_mark_and_escaped_names_are_read()
    {
        await Task.CompletedTask;
        Assert.Equal("x", Read("\uFEFF" + Profile("").Replace("\"name\"", "\"n\\u0061me\"")).Name);
    }

    private static string Profile(string rules) =>
        $$"""{ "$schema": "s", "name": "x", "title": "X", "category": "c", {{(rules.Length == 0 ? "" : $"\"inject\": [{rules}],")}} "source": "https://x.test/" }""";

    private static ToolProfile Read(string json) => ProfileReader.Read(Encoding.UTF8.GetBytes(json), "x.json");

    private static void AssertRefused(string json, int line, int column, string reason)
    {
        var refused = Assert.Throws<ProfileFormatException>(() => Read(json));
        Assert.Equal($"x.json:{line}:{column}: {reason}", refused.Message);
    }
}
