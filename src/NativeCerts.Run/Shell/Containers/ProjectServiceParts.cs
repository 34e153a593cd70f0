using System.Text.Json;

namespace NativeCerts.Run.Shell.Containers;

/// <summary>Reads the parts of a service that matter here, in the canonical form that its tool prints [github.com/compose-spec/compose-go, <c>types/types.go</c>].</summary>
internal static class ProjectServiceParts
{
    /// <summary>Where something is mounted in its containers.</summary>
    public static List<string> Targets(JsonElement service)
    {
        var targets = new List<string>();
        foreach (var part in (string[])["volumes", "tmpfs", "configs", "secrets"])
        {
            if (ProjectModel.Of(service, part) is not { ValueKind: JsonValueKind.Array } mounts) continue;
            foreach (var mount in mounts.EnumerateArray())
            {
                var target = (mount.ValueKind is JsonValueKind.String ? mount : ProjectModel.Of(mount, "target"))?.ToString();
                // tmpfs has its options behind the path: /run:size=64k.
                if (target is ['/', ..]) targets.Add(ProjectModel.Plain(part is "tmpfs" ? target.Split(':')[0] : target) is { Length: > 1 } path ? path.TrimEnd('/') : "/");
            }
        }

        return targets;
    }

    /// <summary>Variables or arguments, each as the model has it, which is as another file would have to have it; <see langword="null"/> for one that comes by its name alone.</summary>
    public static List<KeyValuePair<string, string?>> Values(JsonElement parent, string property)
    {
        if (ProjectModel.Of(parent, property) is not { ValueKind: JsonValueKind.Object } values) return [];
        return [.. values.EnumerateObject().Select(value => KeyValuePair.Create(value.Name, value.Value.ValueKind is JsonValueKind.Null ? null : value.Value.ToString()))];
    }

    /// <summary>Whether a step of a build asks for a secret that it has not yet; where its Dockerfile is on no disk of this machine, nobody knows.</summary>
    public static bool AsksFor(JsonElement build, string secret)
    {
        if (ProjectModel.Of(build, "secrets") is { ValueKind: JsonValueKind.Array } own && own.EnumerateArray().Any(each => (each.ValueKind is JsonValueKind.String ? each : ProjectModel.Of(each, "source"))?.ToString() == secret)) return false;
        if (Text(build, "dockerfile_inline") is { } inline) return BuildFiles.Asks(inline, secret);
        return Text(build, "context") is { } context && BuildFiles.FileAsksFor(Path.Combine(context, Text(build, "dockerfile") ?? "Dockerfile"), secret) is true;
    }

    private static string? Text(JsonElement parent, string property) => ProjectModel.Of(parent, property)?.ToString() is { } text ? ProjectModel.Plain(text) : null;
}
