using System.Text;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.Profiles.Conflicts;

namespace NativeCerts.Run.Tests.Profiles.Conflicts;

/// <summary>The conflicts of a profile's file arrive whole, and a wrong one is refused with its place.</summary>
public sealed class ConflictParserTests
{
    [Theory(Timeout = 30_000)]
    [InlineData("""{ }""", 1, "a conflict needs one of `env`, `arg`, `setting`, `file`")]
    [InlineData("""3""", 1, "a conflict is a JSON object")]
    [InlineData("""{ "env": "A", "effect": "insecure" }""", 1, "a conflict needs a `why`")]
    [InlineData("""{ "env": "A", "why": "w" }""", 1, "a conflict needs an `effect`")]
    [InlineData("""{ "env": "A", "effect": "kept" }""", 25, "`effect` must be `insecure`, `overrules` or `certificates`")]
    [InlineData("""{ "env": "A", "setting": "b" }""", 15, "a conflict is one of `env`, `arg`, `setting`, `file`, not two")]
    [InlineData("""{ "env": "" }""", 10, "`env` must not be empty")]
    [InlineData("""{ "env": "A", "env": "B" }""", 15, "field `env` is given twice")]
    [InlineData("""{ "arg": [] }""", 11, "`arg` must hold something, or be left out")]
    [InlineData("""{ "arg": ["--"] }""", 11, "`--` is no argument of a tool")]
    [InlineData("""{ "setting": "b", "effect": "insecure", "why": "w" }""", 1, "a conflict with `setting` needs its `files`")]
    [InlineData("""{ "setting": "b", "files": ["x/y"] }""", 29, "`x/y` must begin with `~/`, `./`, `/` or `$VARIABLE`")]
    [InlineData("""{ "setting": "b", "files": ["${A:-~/x"] }""", 29, "`${A:-~/x` has a `{` or `[` without its partner")]
    [InlineData("""{ "setting": "b", "files": ["~/x["] }""", 29, "`~/x[` has a `{` or `[` without its partner")]
    [InlineData("""{ "env": "A", "files": ["~/x"] }""", 1, "`files` is only for `setting`")]
    [InlineData("""{ "env": "A", "section": "x" }""", 1, "`section` is only for `setting`")]
    [InlineData("""{ "env": "A", "relativeTo": "file" }""", 1, "`relativeTo` is only for `setting`")]
    [InlineData("""{ "setting": "b", "files": ["~/x"], "relativeTo": "home" }""", 51, "`relativeTo` must be `workingFolder`, `file` or `parent`")]
    [InlineData("""{ "setting": "b", "files": ["~/x"], "relativeTo": "file", "effect": "insecure" }""", 1, "`relativeTo` is only for `certificates`")]
    [InlineData("""{ "env": "A", "displacedBy": ["B"], "effect": "overrules" }""", 1, "`displacedBy` is only for `certificates`")]
    [InlineData("""{ "file": ["~/x"], "effect": "insecure" }""", 1, "`file` is only for `certificates`")]
    [InlineData("""{ "file": ["~/x"], "values": ["a"], "effect": "certificates" }""", 1, "`values` is not for `file`")]
    [InlineData("""{ "file": ["x"] }""", 12, "`x` must begin with `~/`, `./`, `/` or `$VARIABLE`")]
    [InlineData("""{ "file": ["~/x"], "files": ["~/y"] }""", 1, "`files` is only for `setting`")]
    [InlineData("""{ "value": "A" }""", 3, "unknown field `value` in a conflict")]
    public async Task A_wrong_conflict_is_refused_at_its_place(string conflict, int column, string reason)
    {
        await Task.CompletedTask;
        var refused = Assert.Throws<ProfileFormatException>(() => Read($"{{ \"conflicts\": [\n{conflict}] }}"));
        Assert.Equal($"x.json:2:{column}: {reason}", refused.Message);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("{}", "`conflicts` must be a list, not an object")]
    [InlineData("[]", "`conflicts` must hold something, or be left out")]
    public async Task What_is_no_list_of_conflicts_is_refused(string list, string reason)
    {
        await Task.CompletedTask;
        Assert.Equal(reason, Assert.Throws<ProfileFormatException>(() => Read($"{{ \"conflicts\": {list} }}")).Reason);
    }

    [Fact(Timeout = 30_000)]
    public async Task Every_field_arrives()
    {
        await Task.CompletedTask;
        var conflicts = Read(Profile("""
            { "env": "A", "values": ["0", "off"], "effect": "insecure", "why": "w", "fix": "unset A" },
            { "arg": ["-k", "--insecure"], "effect": "overrules", "why": "v" },
            { "setting": "cafile", "files": ["./a", "~/b"], "section": "http", "effect": "certificates", "displacedBy": ["B"], "relativeTo": "parent", "why": "u" }
            """)).Conflicts;
        Assert.Equivalent(new ConflictRule { Kind = ConflictKind.Environment, Name = "A", Values = ["0", "off"], Effect = ConflictEffect.Insecure, Why = "w", Fix = "unset A" }, conflicts[0], strict: true);
        Assert.Equivalent(new ConflictRule { Kind = ConflictKind.Argument, Arguments = ["-k", "--insecure"], Effect = ConflictEffect.Overrules, Why = "v" }, conflicts[1], strict: true);
        Assert.Equivalent(
            new ConflictRule
            {
                Kind = ConflictKind.Setting,
                Name = "cafile",
                Files = ["./a", "~/b"],
                Section = "http",
                Effect = ConflictEffect.Certificates,
                DisplacedBy = ["B"],
                RelativeTo = RelativeTo.Parent,
                Why = "u",
            },
            conflicts[2], strict: true);
    }

    private static string Profile(string conflicts) =>
        $$"""{ "name": "x", "title": "X", "category": "c", "conflicts": [{{conflicts}}], "limits": ["l"], "source": "https://x.test/" }""";

    private static ToolProfile Read(string json) => ProfileReader.Read(Encoding.UTF8.GetBytes(json), "x.json");
}
