using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NativeCerts.Run.Tests.Profiles;

/// <summary>Validates JSON by a schema [JSON Schema 2020-12], as far as <c>profile.schema.json</c> goes: a keyword that it does not know is an error of the test.</summary>
/// <param name="root">The whole schema, in which references begin.</param>
/// <param name="isClosed">Whether a field that the schema does not name is a problem: what is written has to be described, though whoever reads it has to expect more.</param>
internal sealed class JsonSchema(JsonElement root, bool isClosed = false)
{
    private static readonly string[] Annotations = ["$schema", "$defs", "title", "description", "default"];

    /// <summary>The schema of a command's output, a file below the tool's sources: nothing that it does not describe may be written.</summary>
    public static JsonSchema OfOutput(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "NativeCerts.Run.sln"))) folder = folder.Parent!;
        return new(JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, "src", "NativeCerts.Run", file))).RootElement, isClosed: true);
    }

    /// <summary>Whether a value is valid.</summary>
    public bool IsValid(JsonElement value) => FindProblem(root, value, "") is null;

    /// <summary>What is wrong with a value and where; <see langword="null"/> where it is valid.</summary>
    public string? FindProblem(JsonElement value) => FindProblem(root, value, "");

    private string? FindProblem(JsonElement schema, JsonElement value, string place)
    {
        if (schema.ValueKind is JsonValueKind.True) return null;
        if (schema.ValueKind is JsonValueKind.False) return $"{place}: is not allowed";
        foreach (var keyword in schema.EnumerateObject())
        {
            if (Annotations.Contains(keyword.Name) || keyword.Name is "then" or "else") continue;
            if (!Holds(schema, keyword, value, place, out var inner)) return inner ?? $"{place}: `{keyword.Name}` does not hold";
        }

        return null;
    }

    private bool Holds(JsonElement schema, JsonProperty keyword, JsonElement value, string place, out string? inner)
    {
        inner = null;
        var rule = keyword.Value;
        switch (keyword.Name)
        {
            case "$ref": return (inner = FindProblem(Resolve(rule.GetString()!), value, place)) is null;
            case "type": return rule.GetString() == TypeOf(value);
            case "enum": return rule.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value));
            case "const": return JsonElement.DeepEquals(rule, value);
            case "not": return FindProblem(rule, value, place) is not null;
            case "allOf": return (inner = rule.EnumerateArray().Select(one => FindProblem(one, value, place)).FirstOrDefault(problem => problem is not null)) is null;
            case "anyOf": return rule.EnumerateArray().Any(one => FindProblem(one, value, place) is null);
            case "oneOf": return rule.EnumerateArray().Count(one => FindProblem(one, value, place) is null) == 1;
            case "if": return !schema.TryGetProperty(FindProblem(rule, value, place) is null ? "then" : "else", out var branch) || (inner = FindProblem(branch, value, place)) is null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => ObjectHolds(schema, keyword, value, place, out inner),
            JsonValueKind.Array => ArrayHolds(keyword, value, place, out inner),
            JsonValueKind.String => TextHolds(keyword, value.GetString()!),
            _ => true,
        };
    }

    private bool ObjectHolds(JsonElement schema, JsonProperty keyword, JsonElement value, string place, out string? inner)
    {
        inner = null;
        var rule = keyword.Value;
        switch (keyword.Name)
        {
            case "required": return rule.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _));
            case "dependentRequired": return rule.EnumerateObject().Where(each => value.TryGetProperty(each.Name, out _)).All(each => each.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)));
            case "additionalProperties": return value.EnumerateObject().All(field => (schema.TryGetProperty("properties", out var named) && named.TryGetProperty(field.Name, out _)) || (rule.ValueKind is not JsonValueKind.False && FindProblem(rule, field.Value, place) is null));
            case "minProperties": return value.EnumerateObject().Count() >= rule.GetInt32();
            case "propertyNames": return value.EnumerateObject().All(field => TextHolds(rule.EnumerateObject().Single(), field.Name));
            case "properties": return (inner = value.EnumerateObject().Select(field => rule.TryGetProperty(field.Name, out var one) ? FindProblem(one, field.Value, $"{place}/{field.Name}") : isClosed ? $"{place}/{field.Name}: is not described" : null).FirstOrDefault(problem => problem is not null)) is null;
            default: return IsOf(keyword.Name, "items", "minItems", "contains", "uniqueItems", "pattern", "minLength");
        }
    }

    private bool ArrayHolds(JsonProperty keyword, JsonElement value, string place, out string? inner)
    {
        inner = null;
        switch (keyword.Name)
        {
            case "items": return (inner = value.EnumerateArray().Select((item, at) => FindProblem(keyword.Value, item, string.Create(CultureInfo.InvariantCulture, $"{place}/{at}"))).FirstOrDefault(problem => problem is not null)) is null;
            case "minItems": return value.GetArrayLength() >= keyword.Value.GetInt32();
            case "contains": return value.EnumerateArray().Any(item => FindProblem(keyword.Value, item, place) is null);
            case "uniqueItems": return value.EnumerateArray().Select(item => item.GetRawText()).Distinct().Count() == value.GetArrayLength();
            default: return IsOf(keyword.Name, "required", "dependentRequired", "additionalProperties", "properties", "minProperties", "propertyNames", "pattern", "minLength");
        }
    }

    private static bool TextHolds(JsonProperty keyword, string text) => keyword.Name switch
    {
        "pattern" => Regex.IsMatch(text, keyword.Value.GetString()!, RegexOptions.ECMAScript),
        "minLength" => text.Length >= keyword.Value.GetInt32(),
        _ => IsOf(keyword.Name, "required", "dependentRequired", "additionalProperties", "properties", "minProperties", "propertyNames", "items", "minItems", "contains", "uniqueItems"),
    };

    // A keyword for another type says nothing about this one; one that nobody knows would be passed over in silence.
    private static bool IsOf(string keyword, params string[] others) => others.Contains(keyword) ? true : throw new NotSupportedException($"the schema's keyword `{keyword}`");

    private JsonElement Resolve(string reference)
    {
        var found = root;
        foreach (var name in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries)) found = found.GetProperty(name);
        return found;
    }

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.Null => "null",
        _ => "boolean",
    };
}
