using System.Text.Encodings.Web;
using System.Text.Json;
using NativeCerts.Run.Shell.Formats;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run.Shell.Containers;

/// <summary>
/// The file that comes on top of a project's own: what each service and each build lacks, and nothing that one of them has. It is JSON, which YAML is a superset of
/// [docs.docker.com/reference/compose-file/merge/].
/// </summary>
internal sealed class ProjectOverride
{
    // What JSON may escape YAML may not read: surrogates one by one.
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _bundle;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _inContainer;
    private readonly HashSet<string> _changed;
    private readonly bool _buildsOnly, _hasSecret;
    private readonly List<ProjectService> _services = [];

    private ProjectOverride(string bundle, IReadOnlyList<KeyValuePair<string, string>> inContainer, HashSet<string> changed, bool buildsOnly, bool hasSecret) =>
        (_bundle, _inContainer, _changed, _buildsOnly, _hasSecret) = (bundle, inContainer, changed, buildsOnly, hasSecret);

    /// <summary>The services whose containers have the roots with it.</summary>
    public IReadOnlyList<string> Started => [.. _services.Where(service => service.HasMount).Select(service => service.Name)];

    /// <summary>The services whose builds have them.</summary>
    public IReadOnlyList<string> Built => [.. _services.Where(service => service.HasSecret).Select(service => service.Name)];

    /// <summary>Those where a mount of the user's leaves no place for them, and that mount.</summary>
    public IReadOnlyList<(string Service, string Mount)> Covered => [.. _services.Where(service => service.Covered is not null).Select(service => (service.Name, service.Covered!))];

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => _services.TrueForAll(service => service.IsEmpty);

    /// <summary>Says what is in it.</summary>
    /// <param name="model">The project.</param>
    /// <param name="bundle">The bundle's path on this machine.</param>
    /// <param name="inContainer">The variables that name it, as they are in a container.</param>
    /// <param name="changed">The variables of the tool's own environment that are not as the user has them.</param>
    /// <param name="buildsOnly">Whether nothing is started.</param>
    public static ProjectOverride Of(ProjectModel model, string bundle, IReadOnlyList<KeyValuePair<string, string>> inContainer, HashSet<string> changed, bool buildsOnly)
    {
        // A secret of that name is the user's own.
        var hasSecret = ProjectModel.Of(model.Root, "secrets") is { } secrets && ProjectModel.Of(secrets, DockerfileFormat.SecretName) is not null;
        var file = new ProjectOverride(bundle, inContainer, changed, buildsOnly, hasSecret);
        foreach (var service in model.Services) file._services.Add(file.Read(service.Name, service.Value));
        return file;
    }

    /// <summary>Its bytes.</summary>
    public byte[] Encode()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteStartObject("services");
            foreach (var service in _services.Where(service => !service.IsEmpty)) Write(json, service);
            json.WriteEndObject();
            if (Built.Count > 0)
            {
                json.WriteStartObject("secrets");
                json.WriteStartObject(DockerfileFormat.SecretName);
                json.WriteString("file", Escape(_bundle));
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return [.. buffer.ToArray(), (byte)'\n'];
    }

    private ProjectService Read(string name, JsonElement service)
    {
        var targets = ProjectServiceParts.Targets(service);
        var covered = targets.Find(target => DockerFormat.BundleInContainer.StartsWith(target.TrimEnd('/') + "/", StringComparison.Ordinal));
        // What starts no container takes neither [docs.docker.com/reference/compose-file/services/#provider].
        var isLeft = _buildsOnly || ProjectModel.Of(service, "provider") is not null || targets.Contains(DockerFormat.BundleInContainer);
        var read = new ProjectService(name) { HasMount = !isLeft && covered is null, Covered = isLeft ? null : covered };
        if (!_buildsOnly) AddVariables(read, service);
        if (ProjectModel.Of(service, "build") is { } build)
        {
            read.HasSecret = !_hasSecret && ProjectServiceParts.AsksFor(build, DockerfileFormat.SecretName);
            foreach (var (argument, value) in ProjectServiceParts.Values(build, "args").Where(argument => _changed.Contains(argument.Key))) read.Arguments.Add(new(argument, value ?? ""));
        }

        return read;
    }

    /// <summary>
    /// A variable of the service's stays: what it has by its name alone, or by another's value, is what the user's environment says, never this machine's path that the tool
    /// itself gets.
    /// </summary>
    private void AddVariables(ProjectService read, JsonElement service)
    {
        var own = ProjectServiceParts.Values(service, "environment");
        foreach (var (name, value) in own)
        {
            var ours = read.HasMount ? _inContainer.FirstOrDefault(variable => variable.Key == name).Value : null;
            if (value is null && ours is not null) read.Variables.Add(new(name, Escape(ours)));
            else if (_changed.Contains(name)) read.Variables.Add(new(name, value ?? ""));
        }

        if (!read.HasMount) return;
        read.Variables.AddRange(_inContainer.Where(variable => !own.Exists(each => each.Key == variable.Key)).Select(variable => KeyValuePair.Create(variable.Key, Escape(variable.Value))));
    }

    private void Write(Utf8JsonWriter json, ProjectService service)
    {
        json.WriteStartObject(service.Name);
        if (service.Variables.Count > 0) Write(json, "environment", service.Variables);
        if (service.HasMount)
        {
            json.WriteStartArray("volumes");
            json.WriteStartObject();
            json.WriteString("type", "bind");
            json.WriteString("source", Escape(_bundle));
            json.WriteString("target", DockerFormat.BundleInContainer);
            json.WriteBoolean("read_only", true);
            json.WriteStartObject("bind");
            json.WriteBoolean("create_host_path", false);
            if (ContainerBundle.IsLabelled) json.WriteString("selinux", "z");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        }

        if (service.HasSecret || service.Arguments.Count > 0)
        {
            json.WriteStartObject("build");
            if (service.Arguments.Count > 0) Write(json, "args", service.Arguments);
            if (service.HasSecret)
            {
                json.WriteStartArray("secrets");
                json.WriteStringValue(DockerfileFormat.SecretName);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> values)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in values) json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static string Escape(string text) => text.Replace("$", "$$", StringComparison.Ordinal);
}
