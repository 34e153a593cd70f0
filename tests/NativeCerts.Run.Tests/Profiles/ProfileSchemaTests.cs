using System.Text.Json;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.Profiles.Conflicts;

namespace NativeCerts.Run.Tests.Profiles;

/// <summary>The schema that editors go by and the reader know the same.</summary>
public class ProfileSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllBytes(ProfileSources.Schema)).RootElement;

    [Fact(Timeout = 30_000)]
    public async Task The_schema_and_the_reader_know_the_same_fields()
    {
        await Task.CompletedTask;
        Assert.Equal(Names<ProfileField>().Order(), FieldsOf(Schema).Select(field => field.TrimStart('$')).Order());
        Assert.Equal(Names<InjectionField>().Order(), FieldsOf(Rule).Order());
        Assert.Equal(Names<ConflictField>().Order(), FieldsOf(Conflict).Order());
    }

    [Fact(Timeout = 30_000)]
    public async Task The_schema_and_the_reader_know_the_same_words()
    {
        await Task.CompletedTask;
        Assert.Equal(Names<InjectionMerge>(), Words("merge"));
        Assert.Equal(Names<InjectionScope>(), Words("scope"));
        Assert.Equal(Names<InjectionRoots>(), Words("roots"));
        Assert.Equal(Names<ConflictEffect>(), Words("effect", Conflict));
        Assert.Equal(Names<AliasRule>().Skip(1), Schema.GetProperty("properties").GetProperty("alias").GetProperty("enum").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal(Names<RelativeTo>(), Words("relativeTo", Conflict));
        Assert.Equal(Names<RootSource>(), Items("ownRoots"));
        Assert.Equal(Names<OverlookedDefect>(), Items("overlooks"));

        static IEnumerable<string?> Items(string field) => Schema.GetProperty("properties").GetProperty(field).GetProperty("items").GetProperty("enum").EnumerateArray().Select(word => word.GetString());
    }

    [Fact(Timeout = 30_000)]
    public async Task Every_field_says_what_it_means()
    {
        await Task.CompletedTask;
        foreach (var field in Schema.GetProperty("properties").EnumerateObject().Concat(Rule.GetProperty("properties").EnumerateObject()).Concat(Conflict.GetProperty("properties").EnumerateObject()))
        {
            Assert.True(field.Value.TryGetProperty("description", out var meaning) && meaning.GetString()!.Length > 10, field.Name);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task Nothing_else_is_allowed()
    {
        await Task.CompletedTask;
        Assert.False(Schema.GetProperty("additionalProperties").GetBoolean());
        Assert.False(Rule.GetProperty("additionalProperties").GetBoolean());
        Assert.False(Conflict.GetProperty("additionalProperties").GetBoolean());
    }

    public static TheoryData<string> Files => [.. ProfileSources.Names];

    [Theory(Timeout = 30_000), MemberData(nameof(Files))]
    public async Task A_built_in_profile_is_valid(string name)
    {
        await Task.CompletedTask;
        using var profile = JsonDocument.Parse(ProfileSources.Read(name));
        Assert.Null(new JsonSchema(Schema).FindProblem(profile.RootElement));
    }

    // Every field with values that are right and wrong: the reader and the schema say the same of each.
    [Theory(Timeout = 30_000)]
    [InlineData(true, """ "limits": ["l"], "beside": ["{name}.dll"], "insecureByDefault": true, "version": ["version", "--short"] """)]
    [InlineData(true, """ "probe": ["sh", "-c", "x {host} {port}"], "probeProtocol": "postgres" """)]
    [InlineData(true, """ "probe": ["x", "{url}"], "probeFiles": { "a.txt": "b\nc" } """)]
    [InlineData(false, """ "probe": ["x", "{url}"], "probeFiles": { } """)]
    [InlineData(false, """ "probe": ["x", "{url}"], "probeFiles": { "../a": "b" } """)]
    [InlineData(false, """ "probe": ["x", "{url}"], "probeFiles": { ".": "b" } """)]
    [InlineData(false, """ "probe": ["x", "{url}"], "probeFiles": { "a": "" } """)]
    [InlineData(false, """ "probe": ["x", "{url}"], "probeFiles": ["a"] """)]
    [InlineData(false, """ "probe": ["x"] """)]
    [InlineData(false, """ "probeProtocol": "gopher" """)]
    [InlineData(false, """ "limits": [] """)]
    [InlineData(false, """ "match": ["a/b"] """)]
    [InlineData(false, """ "match": "x" """)]
    [InlineData(false, """ "runtime": "Node" """)]
    [InlineData(false, """ "insecureByDefault": "yes" """)]
    [InlineData(true, """ "ownRoots": ["system", "pip"], "ownRootsInherited": false, "overlooks": ["wrongHost"] """)]
    [InlineData(false, """ "ownRoots": ["windows"] """)]
    [InlineData(false, """ "ownRoots": ["System"] """)]
    [InlineData(false, """ "ownRoots": "system" """)]
    [InlineData(false, """ "ownRoots": [] """)]
    [InlineData(false, """ "ownRootsInherited": "no" """)]
    [InlineData(false, """ "overlooks": ["expired"] """)]
    [InlineData(false, """ "overlooks": [] """)]
    [InlineData(true, """ "alias": "alone", "container": { "options": ["-c"], "run": ["run"], "volume": ["x"], "build": ["b"], "beyond": ["y"], "endpoint": ["$H"], "local": ["*"] } """)]
    [InlineData(false, """ "alias": true """)]
    [InlineData(false, """ "alias": "never" """)]
    [InlineData(false, """ "container": { } """)]
    [InlineData(false, """ "container": { "frob": ["x"] } """)]
    [InlineData(false, """ "container": { "run": [] } """)]
    [InlineData(false, """ "container": ["run"] """)]
    [InlineData(true, """ "container": { "project": { "start": ["a up"], "build": ["a b"], "model": ["c"], "everything": ["--p", "*"], "file": ["-f"], "folder": ["-d"], "variable": "F", "separator": "S", "settings": [".env"], "names": ["n"], "overrides": ["o"] } } """)]
    [InlineData(false, """ "container": { "project": { "start": ["a up"] } } """)]
    [InlineData(false, """ "container": { "project": { "model": ["c"], "file": ["-f"], "variable": "", "separator": "S", "names": ["n"] } } """)]
    [InlineData(false, """ "container": { "project": { "model": ["c"], "file": ["-f"], "variable": "F", "separator": "S", "names": ["n"], "frob": ["x"] } } """)]
    [InlineData(false, """ "frob": 1 """)]
    [InlineData(false, """ "inject": [] """)]
    public async Task The_schema_and_the_reader_say_the_same_of_a_profile(bool valid, string fields)
    {
        await Task.CompletedTask;
        AssertBoth(valid, fields);
    }

    [Theory(Timeout = 30_000)]
    [InlineData(true, """ "env": "A", "value": "{bundle}" """)]
    [InlineData(true, """ "env": "A", "value": "x", "merge": "append", "separator": ":", "default": "" """)]
    [InlineData(true, """ "unset": "A", "merge": "certificates" """)]
    [InlineData(true, """ "arg": ["--x", "{hashed}"], "at": "subcommand", "when": ["$A=b", "--y"], "unless": ["$C"], "version": ">=1.2 <3", "os": ["linux"] """)]
    [InlineData(true, """ "file": "a/b", "lines": ["{jks}"], "include": ["$A", "/b"] """)]
    [InlineData(false, """ "env": "A" """)]
    [InlineData(false, """ "env": "A", "unset": "B", "value": "{bundle}" """)]
    [InlineData(false, """ "env": "A-B", "value": "{bundle}" """)]
    [InlineData(false, """ "env": "A", "value": "x" """)]
    [InlineData(false, """ "env": "A", "value": "{bundel}" """)]
    [InlineData(false, """ "env": "A", "value": "{bundle}", "merge": "mix" """)]
    [InlineData(false, """ "env": "A", "value": "{bundle}", "separator": ":" """)]
    [InlineData(false, """ "env": "A", "value": "{bundle}", "at": "last" """)]
    [InlineData(false, """ "env": "A", "value": "{bundle}", "lines": ["x"] """)]
    [InlineData(false, """ "env": "A", "value": "{bundle}", "when": ["$"] """)]
    [InlineData(false, """ "env": "A", "value": "{bundle}", "unless": [] """)]
    [InlineData(false, """ "env": "A", "value": "{bundle}", "version": "22" """)]
    [InlineData(false, """ "env": "A", "value": "{bundle}", "version": ">=1,<2" """)]
    [InlineData(false, """ "env": "A", "value": "{bundle}", "os": ["bsd"] """)]
    [InlineData(false, """ "arg": ["--x"], "at": "middle" """)]
    [InlineData(false, """ "arg": [] """)]
    [InlineData(false, """ "file": "../a", "lines": ["x"] """)]
    [InlineData(false, """ "file": "a" """)]
    [InlineData(false, """ "shim": "" """)]
    [InlineData(false, """ "unset": "A", "merge": "append" """)]
    [InlineData(false, """ "frob": 1 """)]
    [InlineData(false, "")]
    public async Task The_schema_and_the_reader_say_the_same_of_a_rule(bool valid, string fields)
    {
        await Task.CompletedTask;
        AssertBoth(valid, $$""" "inject": [{ {{fields}}{{(fields.Length > 0 ? "," : "")}} "scope": "target", "roots": "added", "why": "w" }] """);
    }

    private static void AssertBoth(bool valid, string fields)
    {
        var json = $$"""{ "name": "x", "title": "X", "category": "c", "source": "https://x.test/", {{fields}} }""";
        using var profile = JsonDocument.Parse(json);
        Assert.Equal(valid, new JsonSchema(Schema).IsValid(profile.RootElement));
        if (valid) ProfileReader.Read(System.Text.Encoding.UTF8.GetBytes(json), "x.json");
        else Assert.Throws<ProfileFormatException>(() => ProfileReader.Read(System.Text.Encoding.UTF8.GetBytes(json), "x.json"));
    }

    private static JsonElement Rule => Schema.GetProperty("$defs").GetProperty("rule");

    private static JsonElement Conflict => Schema.GetProperty("$defs").GetProperty("conflict");

    private static IEnumerable<string> FieldsOf(JsonElement schema) => schema.GetProperty("properties").EnumerateObject().Select(field => field.Name);

    private static IEnumerable<string?> Words(string field, JsonElement? of = null) =>
        (of ?? Rule).GetProperty("properties").GetProperty(field).GetProperty("enum").EnumerateArray().Select(word => word.GetString());

    private static IEnumerable<string> Names<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(name => char.ToLowerInvariant(name[0]) + name[1..]);
}
