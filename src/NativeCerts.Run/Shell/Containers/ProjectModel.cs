using System.Text;
using System.Text.Json;
using NativeCerts.Run.Launch;

namespace NativeCerts.Run.Shell.Containers;

/// <summary>What is in a project of services, as its tool resolves it: the model of the Compose Specification [docs.docker.com/reference/cli/docker/compose/config/].</summary>
internal sealed class ProjectModel
{
    // A project that includes others from elsewhere has them fetched first.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const int Longest = 16 << 20;

    private ProjectModel(JsonElement root) => Root = root;

    /// <summary>All of it.</summary>
    public JsonElement Root { get; }

    /// <summary>Its services.</summary>
    public IEnumerable<JsonProperty> Services => Root.GetProperty("services").EnumerateObject();

    /// <summary>Asks the tool.</summary>
    /// <param name="executable">Its program.</param>
    /// <param name="words">The command as typed, and the arguments that have it print the model.</param>
    /// <param name="environment">The environment that it is asked in.</param>
    /// <param name="problem">Why there is none, as the end of a sentence that the command begins.</param>
    /// <param name="isOverdue">Whether it had to be ended.</param>
    public static ProjectModel? Ask(string executable, IReadOnlyList<string> words, ProcessEnvironment environment, out string? problem, out bool isOverdue)
    {
        (problem, isOverdue) = ("cannot be started", false);
        if (CommandOutput.Run(new(Encoding.UTF8.GetBytes(executable), [.. words.Select(Encoding.UTF8.GetBytes)], environment), Patience, null, Longest) is not { } end) return null;
        isOverdue = end.IsOverdue;
        problem = isOverdue ? $"takes longer than {Patience.TotalSeconds:0} seconds" : end.ExitCode is not 0 ? $"ended with exit code {end.ExitCode}" : "prints no JSON";
        if (end.ExitCode is not 0 || Parse(end.Output) is not { } root) return null;
        problem = null;
        return new(root);
    }

    /// <summary>Whether another model is this one, but for what was added to it: more variables, mounts, arguments and secrets of services and builds, and values for variables without one.</summary>
    public bool IsPartOf(ProjectModel other) =>
        IsPartOf(Root, other.Root, "services", "secrets")
        && HasAll(Root, other.Root, "secrets")
        && IsPartOf(Root.GetProperty("services"), other.Root.GetProperty("services"), [.. Services.Select(service => service.Name)])
        && Services.All(service => other.Root.GetProperty("services").TryGetProperty(service.Name, out var its) && IsServicePartOf(service.Value, its));

    private static bool IsServicePartOf(JsonElement service, JsonElement other) =>
        IsPartOf(service, other, "environment", "volumes", "build")
        && HasAll(service, other, "environment")
        && HasAll(service, other, "volumes")
        && (Of(service, "build"), Of(other, "build")) switch
        {
            (null, null) => true,
            ({ } build, { } its) => IsPartOf(build, its, "args", "secrets") && HasAll(build, its, "args") && HasAll(build, its, "secrets"),
            _ => false,
        };

    /// <summary>Whether two objects are the same, but for some of their properties.</summary>
    private static bool IsPartOf(JsonElement one, JsonElement other, params string[] except) =>
        one.EnumerateObject().All(property => except.Contains(property.Name) || (other.TryGetProperty(property.Name, out var its) && JsonElement.DeepEquals(property.Value, its)))
        && other.EnumerateObject().All(property => except.Contains(property.Name) || one.TryGetProperty(property.Name, out _));

    /// <summary>Whether another object has all that is in a property of one: whatever it has besides.</summary>
    private static bool HasAll(JsonElement one, JsonElement other, string property)
    {
        if (Of(one, property) is not { } own) return true;
        if (Of(other, property) is not { } its || its.ValueKind != own.ValueKind) return false;
        return own.ValueKind switch
        {
            JsonValueKind.Object => own.EnumerateObject().All(each => its.TryGetProperty(each.Name, out var value) && (each.Value.ValueKind is JsonValueKind.Null || JsonElement.DeepEquals(each.Value, value))),
            JsonValueKind.Array => own.EnumerateArray().All(each => its.EnumerateArray().Any(value => JsonElement.DeepEquals(each, value))),
            _ => JsonElement.DeepEquals(own, its),
        };
    }

    /// <summary>A property that says something.</summary>
    public static JsonElement? Of(JsonElement parent, string property) =>
        parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(property, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    /// <summary>A text that the model has to have twice what another file would be read for: <c>$$</c> [docs.docker.com/reference/compose-file/interpolation/].</summary>
    public static string Plain(string text) => text.Replace("$$", "$", StringComparison.Ordinal);

    /// <summary>What is on standard error comes behind it.</summary>
    private static JsonElement? Parse(byte[] output)
    {
        var start = output.AsSpan().IndexOf((byte)'{');
        if (start < 0) return null;
        try
        {
            var reader = new Utf8JsonReader(output.AsSpan(start));
            var root = JsonElement.ParseValue(ref reader);
            return root.TryGetProperty("services", out var services) && services.ValueKind is JsonValueKind.Object && services.EnumerateObject().All(service => service.Value.ValueKind is JsonValueKind.Object) ? root : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
