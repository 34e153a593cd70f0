using System.Text.Json;

namespace NativeCerts.Run.LiveTests.Matrix;

/// <summary>The matrix's data files, which lie beside the tests.</summary>
internal static class MatrixData
{
    /// <summary>The clients that <c>.ci/run</c> tries.</summary>
    public static IReadOnlySet<string> ReadCore() => Read("core.json").EnumerateArray().Select(name => name.GetString()!).ToHashSet(StringComparer.Ordinal);

    /// <summary>How clients are made to trust a root by hand, by the name of the client.</summary>
    public static IReadOnlyDictionary<string, OwnTrust> ReadOwnTrusts() => Read("own-trust.json").EnumerateObject().ToDictionary(
        entry => entry.Name,
        entry => new OwnTrust(
            entry.Value.TryGetProperty("env", out var variables)
                ? variables.EnumerateObject().ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!, StringComparer.Ordinal)
                : [],
            entry.Value.TryGetProperty("command", out var command) ? Strings(command) : null));

    /// <summary>The commands that show whether what no program's name tells is installed, by the name of the client.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ReadChecks() => Read("packages.json").EnumerateObject()
        .Where(entry => entry.Value.ValueKind == JsonValueKind.Object && entry.Value.TryGetProperty("check", out _))
        .ToDictionary(entry => entry.Name, entry => Strings(entry.Value.GetProperty("check")), StringComparer.Ordinal);

    private static JsonElement Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Matrix", name)));
        return document.RootElement.Clone();
    }

    private static IReadOnlyList<string> Strings(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];
}
