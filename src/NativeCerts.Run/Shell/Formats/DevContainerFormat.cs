using System.Text.Json;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Shell.Formats;

/// <summary>
/// The properties of a <c>devcontainer.json</c> that give a development container the roots [containers.dev/implementors/json_reference]. A Feature
/// is the same for everybody who uses it, and the bundle's path is this user's alone.
/// </summary>
internal sealed class DevContainerFormat() : ContainerFormat("devcontainer")
{
    /// <inheritdoc/>
    protected override string Print(string bundle, IReadOnlyList<KeyValuePair<string, string>> variables)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, new() { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("mounts");
            json.WriteStringValue($"type=bind,source={bundle},target={DockerFormat.BundleInContainer},readonly");
            json.WriteEndArray();
            json.WriteStartObject("containerEnv");
            foreach (var (name, value) in variables) json.WriteString(name, value.Replace(Placeholders.Bundle, DockerFormat.BundleInContainer, StringComparison.Ordinal));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Wire(output.ToArray()) + "\n";
    }
}
