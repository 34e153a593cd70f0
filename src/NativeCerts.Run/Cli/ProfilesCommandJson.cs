using System.Text.Encodings.Web;
using System.Text.Json;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.Profiles.Conflicts;

namespace NativeCerts.Run.Cli;

/// <summary>
/// One profile for programs: the fields of its file, as <c>profile.schema.json</c> describes them, with what was left out filled in, and
/// besides <c>runtimes</c> (what it runs on, the nearest first), <c>exact</c> (by system, when its own roots give way
/// to ours: <c>always</c>, with <c>exact</c>, <c>never</c>, or <c>untouched</c>), <c>installed</c> (the program on
/// <c>PATH</c>, or null) and <c>file</c> (the user's own file, or null for a built-in one).
/// </summary>
internal static class ProfilesCommandJson
{
    /// <summary>Indented, and readable: it is data of the user's and ours, and goes into no page of HTML.</summary>
    public static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it to standard output.</summary>
    public static void Write(KnownProfiles known, ToolProfile profile)
    {
        using var output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output, Options))
        {
            var runtimes = known.Registry.RuntimesOf(profile).ToList();
            json.WriteStartObject();
            WriteProfile(json, profile);
            WriteTexts(json, "runtimes", runtimes.Select(runtime => runtime.Name));
            json.WriteStartObject("exact");
            foreach (var (system, reach) in ProfileFacts.Exact(profile, runtimes)) json.WriteString(system, Name(reach));
            json.WriteEndObject();
            json.WriteString("installed", known.InstalledAt(profile));
            json.WriteString("file", known.FileOf(profile));
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteProfile(Utf8JsonWriter json, ToolProfile profile)
    {
        json.WriteString("name", profile.Name);
        json.WriteString("title", profile.Title);
        json.WriteString("category", profile.Category);
        json.WriteString("runtime", profile.Runtime);
        WriteTexts(json, "match", profile.Match);
        WriteTexts(json, "version", profile.Version);
        WriteTexts(json, "beside", profile.Beside);
        json.WriteStartArray("inject");
        foreach (var rule in profile.Inject) WriteRule(json, rule);
        json.WriteEndArray();
        json.WriteStartArray("conflicts");
        foreach (var conflict in profile.Conflicts) WriteConflict(json, conflict);
        json.WriteEndArray();
        WriteTexts(json, "limits", profile.Limits);
        if (profile.Alias is not AliasRule.Never) json.WriteString("alias", Name(profile.Alias));
        if (profile.Container is { } container) WriteContainer(json, container);
        json.WriteBoolean("insecureByDefault", profile.InsecureByDefault);
        WriteTexts(json, "ownRoots", profile.OwnRoots.Select(Name));
        json.WriteBoolean("ownRootsInherited", profile.OwnRootsInherited);
        WriteTexts(json, "overlooks", profile.Overlooks.Select(Name));
        WriteTexts(json, "probe", profile.Probe);
        if (profile.ProbeFiles.Count > 0)
        {
            json.WriteStartObject("probeFiles");
            foreach (var (name, content) in profile.ProbeFiles) json.WriteString(name, content);
            json.WriteEndObject();
        }

        json.WriteString("probeProtocol", Name(profile.ProbeProtocol));
        json.WriteString("source", profile.Source);
    }

    private static void WriteContainer(Utf8JsonWriter json, ContainerRule container)
    {
        json.WriteStartObject("container");
        WriteTexts(json, "options", container.Options);
        WriteTexts(json, "run", container.Run);
        WriteTexts(json, "volume", container.Volume);
        WriteTexts(json, "build", container.Build);
        WriteTexts(json, "beyond", container.Beyond);
        if (container.Project is { } project) WriteProject(json, project);
        WriteTexts(json, "endpoint", container.Endpoint);
        WriteTexts(json, "local", container.Local);
        json.WriteEndObject();
    }

    private static void WriteProject(Utf8JsonWriter json, ProjectRule project)
    {
        json.WriteStartObject("project");
        WriteTexts(json, "start", project.Start);
        WriteTexts(json, "build", project.Build);
        WriteTexts(json, "model", project.Model);
        WriteTexts(json, "everything", project.Everything);
        WriteTexts(json, "file", project.File);
        WriteTexts(json, "folder", project.Folder);
        json.WriteString("variable", project.Variable);
        json.WriteString("separator", project.Separator);
        WriteTexts(json, "settings", project.Settings);
        WriteTexts(json, "names", project.Names);
        WriteTexts(json, "overrides", project.Overrides);
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, InjectionRule rule)
    {
        json.WriteStartObject();
        switch (rule.Kind)
        {
            case InjectionKind.Environment:
                json.WriteString("env", rule.Name);
                json.WriteString("value", rule.Value);
                break;
            case InjectionKind.Unset:
                json.WriteString("unset", rule.Name);
                break;
            case InjectionKind.Argument:
                WriteTexts(json, "arg", rule.Arguments);
                json.WriteString("at", Name(rule.At));
                break;
            case InjectionKind.File:
                json.WriteString("file", rule.Name);
                WriteTexts(json, "lines", rule.Value.TrimEnd('\n').Split('\n'));
                WriteTexts(json, "include", rule.Include);
                break;
            case InjectionKind.Shim:
                json.WriteString("shim", rule.Name);
                break;
        }

        if (rule.Kind is InjectionKind.Environment or InjectionKind.Unset) json.WriteString("merge", Name(rule.Merge));
        if (rule.Merge is InjectionMerge.Append or InjectionMerge.Prepend)
        {
            json.WriteString("separator", rule.Separator);
            json.WriteString("default", rule.Default);
        }

        WriteTexts(json, "when", rule.When);
        WriteTexts(json, "unless", rule.Unless);
        json.WriteString("scope", Name(rule.Scope));
        WriteTexts(json, "os", rule.Os);
        json.WriteString("version", rule.Version?.ToString());
        json.WriteString("roots", Name(rule.Roots));
        json.WriteString("why", rule.Why);
        json.WriteEndObject();
    }

    private static void WriteConflict(Utf8JsonWriter json, ConflictRule conflict)
    {
        json.WriteStartObject();
        switch (conflict.Kind)
        {
            case ConflictKind.Environment:
                json.WriteString("env", conflict.Name);
                break;
            case ConflictKind.Argument:
                WriteTexts(json, "arg", conflict.Arguments);
                break;
            case ConflictKind.Setting:
                json.WriteString("setting", conflict.Name);
                WriteTexts(json, "files", conflict.Files);
                json.WriteString("section", conflict.Section);
                break;
            case ConflictKind.File:
                WriteTexts(json, "file", conflict.Files);
                break;
        }

        WriteTexts(json, "values", conflict.Values);
        json.WriteString("effect", Name(conflict.Effect));
        if (conflict.Effect is ConflictEffect.Certificates)
        {
            WriteTexts(json, "displacedBy", conflict.DisplacedBy);
            json.WriteString("relativeTo", Name(conflict.RelativeTo));
        }

        json.WriteString("why", conflict.Why);
        json.WriteString("fix", conflict.Fix);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
