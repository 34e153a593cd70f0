using System.Text.Json;

namespace NativeCerts.Run.DotNet.Targets;

/// <summary>The few facts of a program's <c>.runtimeconfig.json</c> that matter here.</summary>
/// <remarks>https://github.com/dotnet/sdk/blob/main/documentation/specs/runtime-configuration-file.md</remarks>
/// <param name="Framework">Its target framework, such as <c>net8.0</c>.</param>
/// <param name="IsSelfContained">Whether it brings its runtime.</param>
/// <param name="IgnoresHooks">Whether startup hooks are switched off.</param>
internal sealed record RuntimeConfiguration(string? Framework, bool IsSelfContained, bool IgnoresHooks)
{
    private const int Largest = 256 * 1024;

    /// <summary>Reads the one beside an assembly.</summary>
    /// <returns><see langword="null"/> where there is none, or none that can be read: the runtime then says so itself.</returns>
    public static RuntimeConfiguration? Beside(string assembly)
    {
        try
        {
            var path = Path.ChangeExtension(assembly, ".runtimeconfig.json");
            if (new FileInfo(path) is not { Exists: true, Length: <= Largest }) return null;
            return Parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads its text.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static RuntimeConfiguration Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        if (Property(document.RootElement, "runtimeOptions") is not { } options) return new(null, false, false);
        var framework = Property(options, "tfm") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        var hooks = Property(options, "configProperties") is { } properties ? Property(properties, "System.StartupHookProvider.IsSupported") : null;
        return new(framework, Property(options, "includedFrameworks") is not null, hooks is { ValueKind: JsonValueKind.False });
    }

    private static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
}
