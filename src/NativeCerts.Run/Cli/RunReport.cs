using System.Text;
using System.Text.Json;
using NativeCerts.Run.DotNet.Overlay;
using NativeCerts.Run.Injection;
using NativeCerts.Run.Inventory;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Cli;

/// <summary>What a run does and why, for <c>-v</c> and <c>--dry-run</c>: the same facts as text and as JSON.</summary>
internal static class RunReport
{
    /// <summary>The report for people, with a final newline.</summary>
    public static string Text(TrustedRun run)
    {
        var text = new StringBuilder();
        text.Append($"nctrust: command   {run.ExecutablePath}\n");
        foreach (var sources in run.Store.Roots.GroupBy(root => (root.Origin, root.Path))) text.Append($"nctrust: trust     {sources.Count()} roots from {sources.Key.Path} ({sources.Key.Origin})\n");
        foreach (var problem in run.Store.Problems.Where(problem => problem.Severity is TrustProblemSeverity.Information)) text.Append($"nctrust: note      {problem.Message}\n");
        foreach (var target in run.Targets) text.Append($"nctrust: target    {target.Profile.Name}, {target.Reason}\n");
        if (run.DotNet is { } dotnet) text.Append($"nctrust: .net      {dotnet.Description}; {dotnet.HookDescription(run.Plan.Forms.HasFlag(TrustForms.StartupHook))}\n");
        foreach (var variable in run.Plan.Variables)
        {
            text.Append(run.Paths.Expand(variable) is { } value ? $"nctrust: set       {variable.Name}={value}\n" : $"nctrust: unset     {variable.Name}\n");
            text.Append($"                   {variable.Profile}: {variable.Why}{Effect(variable)}\n");
            if (variable.UserValue is { } own) text.Append($"                   yours was {own}\n");
        }

        foreach (var argument in run.Plan.Arguments) text.Append($"nctrust: argument  {run.Paths.Expand(argument.Value)}\n                   {argument.Profile}: {argument.Why}\n");
        foreach (var launcher in run.Plan.Launchers) text.Append($"nctrust: launcher  {launcher.Program}\n                   {launcher.Profile}: {launcher.Rules[0].Why}\n");
        if (run.Plan.Launchers.Count > 0 && !run.HasLaunchers) text.Append("nctrust: note      the launchers are left out: the run's folder is on a disk that is mounted `noexec`; point `TMPDIR` or `XDG_RUNTIME_DIR` at another\n");
        foreach (var file in run.Plan.Files) text.Append($"nctrust: file      {run.Paths.Expand($"{{file:{file.Name}}}")}\n                   {file.Profile}: {file.Why}\n");
        foreach (var conflict in run.Conflicts) text.Append($"nctrust: conflict  {conflict.Message}\n");
        foreach (var line in OverlayFacts.Lines(run)) text.Append($"nctrust: overlay   {line}\n");
        if (run.Namespace is { } space) text.Append($"nctrust: private   {space.Description}\n");
        foreach (var (_, target) in run.Mounts) text.Append($"nctrust: mount     {target}\n");
        foreach (var profile in run.Targets) foreach (var limit in profile.Profile.Limits) text.Append($"nctrust: limit     {profile.Profile.Name}: {limit}\n");
        return text.ToString();
    }

    /// <summary>The report for programs: one object, names as in the text.</summary>
    public static void WriteJson(TrustedRun run, Stream output)
    {
        using var json = new Utf8JsonWriter(output, new() { Indented = true });
        json.WriteStartObject();
        json.WriteString("command", run.ExecutablePath);
        JsonLists.Write(json, "trust", run.Store.Roots.GroupBy(root => (root.Origin, root.Path)), sources =>
        {
            json.WriteString("path", sources.Key.Path);
            json.WriteString("origin", sources.Key.Origin);
            json.WriteNumber("roots", sources.Count());
        });
        JsonLists.Write(json, "problems", run.Store.Problems, problem =>
        {
            json.WriteString("severity", Name(problem.Severity));
            json.WriteString("path", problem.Path);
            json.WriteString("message", problem.Message);
            json.WriteString("hint", problem.Hint);
        });
        JsonLists.Write(json, "targets", run.Targets, target =>
        {
            json.WriteString("profile", target.Profile.Name);
            json.WriteString("reason", target.Reason);
            json.WriteStartArray("limits");
            foreach (var limit in target.Profile.Limits) json.WriteStringValue(limit);
            json.WriteEndArray();
        });
        if (run.DotNet is { } dotnet)
        {
            json.WriteStartObject("dotnet");
            json.WriteString("kind", Name(dotnet.Kind));
            json.WriteString("program", dotnet.Program);
            json.WriteString("framework", dotnet.Framework);
            json.WriteBoolean("startupHook", run.Plan.Forms.HasFlag(TrustForms.StartupHook));
            json.WriteString("message", $"{dotnet.Description}; {dotnet.HookDescription(run.Plan.Forms.HasFlag(TrustForms.StartupHook))}");
            json.WriteEndObject();
        }

        JsonLists.Write(json, "variables", run.Plan.Variables, variable =>
        {
            json.WriteString("name", variable.Name);
            json.WriteString("value", run.Paths.Expand(variable));
            json.WriteString("profile", variable.Profile);
            json.WriteString("why", variable.Why);
            json.WriteString("roots", Name(variable.Roots));
            json.WriteString("displaced", variable.UserValue);
        });
        JsonLists.Write(json, "arguments", run.Plan.Arguments, argument =>
        {
            json.WriteString("value", run.Paths.Expand(argument.Value));
            json.WriteString("profile", argument.Profile);
            json.WriteString("why", argument.Why);
        });
        JsonLists.Write(json, "launchers", run.Plan.Launchers, launcher =>
        {
            json.WriteString("program", launcher.Program);
            json.WriteString("profile", launcher.Profile);
            json.WriteString("why", launcher.Rules[0].Why);
        });
        JsonLists.Write(json, "files", run.Plan.Files, file =>
        {
            json.WriteString("path", run.Paths.Expand($"{{file:{file.Name}}}"));
            json.WriteString("profile", file.Profile);
            json.WriteString("why", file.Why);
        });
        JsonLists.Write(json, "conflicts", run.Conflicts, conflict =>
        {
            json.WriteString("profile", conflict.Profile.Name);
            json.WriteString("effect", Name(conflict.Effect));
            json.WriteString("text", conflict.Text);
            json.WriteString("variable", conflict.Variable);
            json.WriteString("file", conflict.File);
            if (conflict.Line is { } line) json.WriteNumber("line", line);
            json.WriteString("certificates", conflict.Certificates);
            json.WriteString("message", conflict.Message);
            json.WriteString("fix", conflict.Fix);
        });
        if (run.OverlayChanges is not OverlayChanges.None)
        {
            json.WriteStartObject("overlay");
            json.WriteBoolean("strict", run.OverlayChanges.HasFlag(OverlayChanges.Strict));
            json.WriteBoolean("revocation", run.OverlayChanges.HasFlag(OverlayChanges.Revocation));
            json.WriteBoolean("extraRoots", run.OverlayChanges.HasFlag(OverlayChanges.ExtraRoots));
            json.WriteBoolean("reachesCommand", OverlayFacts.ReachesCommand(run.DotNet));
            JsonLists.Write(json, "runtimes", run.SurveyOverlay(), each =>
            {
                json.WriteString("version", each.Runtime.Version);
                json.WriteString("path", each.Runtime.Folder);
                json.WriteString("assembly", each.Assembly.FileName);
                json.WriteBoolean("laidOver", each.Problem is null);
                json.WriteString("reason", each.Problem);
            });
            json.WriteEndObject();
        }

        if (run.Namespace is { } space)
        {
            json.WriteStartObject("privateStore");
            json.WriteString("way", Name(space.Way));
            json.WriteStartArray("mounts");
            foreach (var (_, target) in run.Mounts) json.WriteStringValue(target);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    private static string Effect(PlannedVariable variable) => variable.Roots switch
    {
        InjectionRoots.Added => " (on top of its own roots)",
        InjectionRoots.Replaced => " (in place of its own roots)",
        _ => "",
    };

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
