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
        Assert.Equal(Names<RelativeTo>(), Words("relativeTo", Conflict));
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

    private static JsonElement Rule => Schema.GetProperty("$defs").GetProperty("rule");

    private static JsonElement Conflict => Schema.GetProperty("$defs").GetProperty("conflict");

    private static IEnumerable<string> FieldsOf(JsonElement schema) => schema.GetProperty("properties").EnumerateObject().Select(field => field.Name);

    private static IEnumerable<string?> Words(string field, JsonElement? of = null) =>
        (of ?? Rule).GetProperty("properties").GetProperty(field).GetProperty("enum").EnumerateArray().Select(word => word.GetString());

    private static IEnumerable<string> Names<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(name => char.ToLowerInvariant(name[0]) + name[1..]);
}
