using System.Text.Json;
using System.Text.Json.Nodes;
using NativeCerts.Run.Tests.Explain;
using NativeCerts.Run.Tests.Profiles;
using TestSupport;

namespace NativeCerts.Run.Tests.Cli;

/// <summary>The schemas of what <c>store</c> and <c>explain</c> write for programs describe each field, and no report that has more or less is valid.</summary>
public sealed class OutputSchemaSpecs
{
    [Fact(Timeout = 120_000)]
    public async Task A_report_of_the_store_is_valid_as_it_is_and_with_a_field_more_or_less_it_is_not()
    {
        using var ours = new TestAuthority("Ours");
        using var old = new TestAuthority("Old", DateTimeOffset.UtcNow.AddDays(-9), DateTimeOffset.UtcNow.AddDays(-1));
        using var theirs = new TestAuthority("Theirs");
        using var store = new ScenicStore(ours.Pem, old.Pem);
        MustBeExact("Inventory/store.schema.json", (await store.NctrustAsync("store", "--json", "--diff", store.Sandbox.Folder.Write("theirs.pem", theirs.Pem))).MustSucceed(), "/diff");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_report_of_a_server_is_valid_as_it_is_and_with_a_field_more_or_less_it_is_not()
    {
        using var scene = new ForecastScene();
        scene.Tool("follower", """ "ownRoots": ["system"], """);
        using var server = await scene.StartAsync(scene.Root.Server());
        MustBeExact("Explain/explain.schema.json", (await scene.Store.NctrustAsync("explain", $"localhost:{server.Port}", "--json")).MustSucceed());
    }

    [Theory(Timeout = 30_000)]
    [InlineData("Doctor/doctor.schema.json")]
    [InlineData("Explain/explain.schema.json")]
    [InlineData("Inventory/store.schema.json")]
    public async Task A_schema_is_packed_with_the_tool(string file)
    {
        var project = await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(ProfileSources.Schema)!, "..", "NativeCerts.Run.csproj"), TestContext.Current.CancellationToken);
        Assert.Matches($"<None Include=\"[^\"]*{file}[\";][^>]*PackagePath=\"schema/\"", project);
    }

    private static void MustBeExact(string file, ToolResult result, params string[] optional)
    {
        var schema = JsonSchema.OfOutput(file);
        var report = JsonNode.Parse(result.StandardOutput)!;
        Assert.Null(schema.FindProblem(JsonSerializer.SerializeToElement(report)));
        var places = new HashSet<string>();
        foreach (var (place, found) in Objects(report, "").ToList())
        {
            places.Add(place);
            found["frob"] = 1;
            Assert.NotNull(schema.FindProblem(JsonSerializer.SerializeToElement(report)));
            found.Remove("frob");
            foreach (var (name, value) in found.ToList())
            {
                found.Remove(name);
                Assert.True(schema.FindProblem(JsonSerializer.SerializeToElement(report)) is not null || optional.Contains($"{place}/{name}"), $"{place}/{name} may be missing");
                found[name] = value;
            }
        }

        Assert.Null(schema.FindProblem(JsonSerializer.SerializeToElement(report)));
        // There was something to look at.
        Assert.True(places.Count >= 4, string.Join(' ', places));
    }

    /// <summary>The objects of a report; of a list the first.</summary>
    private static IEnumerable<(string Place, JsonObject Found)> Objects(JsonNode? node, string place) => node switch
    {
        JsonObject found => found.SelectMany(field => Objects(field.Value, $"{place}/{field.Key}")).Prepend((place, found)),
        JsonArray { Count: > 0 } list => Objects(list[0], place),
        _ => [],
    };
}
