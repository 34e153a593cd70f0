using System.Text;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Injection;

/// <summary>Turns profiles and the user's environment into a plan: pure, it reads no file and starts nothing.</summary>
/// <remarks>This folder decides what is injected; <c>TrustFolder</c> writes what the plan names, <c>Launch</c> carries it out.</remarks>
public static class InjectionPlanner
{
    /// <summary>Plans what is set, given and generated.</summary>
    public static InjectionPlan Plan(InjectionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var variables = new Dictionary<string, PlannedVariable>(StringComparer.Ordinal);
        var arguments = new List<PlannedArgument>();
        var files = new Dictionary<string, PlannedFile>(StringComparer.Ordinal);

        foreach (var (profile, injection) in InForce(request))
        {
            switch (injection.Kind)
            {
                case InjectionKind.Environment:
                    SetVariable(variables, profile, injection, request);
                    break;
                case InjectionKind.Unset when RuleConditions.Hold(request, injection) && UserValue(request, injection.Name) is not null:
                    variables.TryAdd(injection.Name, Variable(null, profile, injection, request));
                    break;
                case InjectionKind.Argument when RuleConditions.Hold(request, injection) && HasPlace(injection, request.Arguments):
                    foreach (var argument in injection.Arguments) arguments.Add(new(argument, injection.At, profile.Name, injection.Why));
                    break;
                case InjectionKind.Shim:
                    files.TryAdd(injection.Name, new(injection.Name, [], Encoding.UTF8.GetString(BuiltinShims.Find(injection.Name)), profile.Name, injection.Why));
                    break;
                case InjectionKind.File:
                    files.TryAdd(injection.Name, new(injection.Name, Include(injection, request), injection.Value, profile.Name, injection.Why));
                    break;
            }
        }

        var launchers = Launchers(request);
        if (launchers.Count > 0) PutLaunchersFirst(variables, launchers[0], request);
        return Assemble([.. variables.Values], arguments, files, launchers);
    }

    /// <summary>The variables of the user's that name certificates which the profiles in force would displace: they have to be read into the bundle first.</summary>
    /// <returns>Each variable with its value, in the order of the registry.</returns>
    public static IReadOnlyList<KeyValuePair<string, string>> CertificateVariables(InjectionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var found = new List<KeyValuePair<string, string>>();
        foreach (var (_, injection) in InForce(request))
        {
            if (injection.Merge is not InjectionMerge.Certificates || injection.Kind is not (InjectionKind.Environment or InjectionKind.Unset)) continue;
            if (!RuleConditions.Hold(request, injection) || UserValue(request, injection.Name) is not { } value) continue;
            var named = new KeyValuePair<string, string>(injection.Name, value);
            if (!found.Contains(named)) found.Add(named);
        }

        return found;
    }

    private static IEnumerable<(ToolProfile Profile, InjectionRule Rule)> InForce(InjectionRequest request)
    {
        // The target's own first: what they share with others is shown as theirs.
        foreach (var profile in request.Targets.Concat(request.Profiles.Where(profile => !request.Targets.Contains(profile))))
        {
            foreach (var injection in profile.Inject)
            {
                if (RuleConditions.Concerns(request, profile, injection)) yield return (profile, injection);
            }
        }
    }

    private static void SetVariable(Dictionary<string, PlannedVariable> variables, ToolProfile profile, InjectionRule injection, InjectionRequest request)
    {
        var planned = variables.GetValueOrDefault(injection.Name);
        var composes = injection.Merge is InjectionMerge.Append or InjectionMerge.Prepend;
        // A rule for the target alone knows more than one for every process tree.
        if (planned is not null && !composes && injection.Scope is InjectionScope.Always)
        {
            if (IsCloser(profile, planned, request)) variables[injection.Name] = planned with { Profile = profile.Name, Why = injection.Why };
            return;
        }

        var before = composes && planned is not null ? planned.Value : UserValue(request, injection.Name) ?? Default(request, injection);
        if (RuleConditions.Hold(request, injection) && NewValue(injection, before) is { } value) variables[injection.Name] = Variable(value, profile, injection, request);
    }

    /// <summary>Whether a variable that many profiles set is better shown as this one's: <c>PIP_CERT</c> as pip's, <c>SSL_CERT_FILE</c> as OpenSSL's.</summary>
    private static bool IsCloser(ToolProfile profile, PlannedVariable planned, InjectionRequest request)
    {
        var maker = planned.Name.Split('_')[0];
        return Closeness(profile.Name) > Closeness(planned.Profile) && !request.Targets.Any(target => target.Name == planned.Profile);

        int Closeness(string name) => name.Equals(maker, StringComparison.OrdinalIgnoreCase) ? 2 : name.EndsWith(maker, StringComparison.OrdinalIgnoreCase) ? 1 : 0;
    }

    /// <summary>An empty value counts as none, as it does for OpenSSL and Node.</summary>
    private static string? UserValue(InjectionRequest request, string name) =>
        request.Environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>A value that the user has set empty says that the tool's default is not wanted.</summary>
    private static string? Default(InjectionRequest request, InjectionRule injection) =>
        request.Environment.ContainsKey(injection.Name) ? null : injection.Default;

    private static string? NewValue(InjectionRule injection, string? before)
    {
        if (before is null) return injection.Value;
        foreach (var obstacle in injection.Unless)
        {
            if (!obstacle.StartsWith('$') && before.Contains(obstacle, StringComparison.Ordinal)) return null;
        }

        return injection.Merge switch
        {
            InjectionMerge.Keep => null,
            InjectionMerge.Append => before + injection.Separator + injection.Value,
            InjectionMerge.Prepend => injection.Value + injection.Separator + before,
            _ => injection.Value,
        };
    }

    /// <summary>An argument for a subcommand has no place where there is none.</summary>
    private static bool HasPlace(InjectionRule injection, IReadOnlyList<string> arguments) =>
        injection.At is not ArgumentPosition.Subcommand || arguments.TakeWhile(argument => argument != "--").Any(argument => !argument.StartsWith('-'));

    private static List<PlannedLauncher> Launchers(InjectionRequest request)
    {
        var launchers = new List<PlannedLauncher>();
        foreach (var (program, profile) in request.Launched)
        {
            List<InjectionRule> rules = [.. profile.Inject.Where(rule => IsLaunchers(rule) && rule.IsFor(request.Os))];
            if (rules.Count > 0 && request.Profiles.Contains(profile)) launchers.Add(new(program, rules, profile.Name));
        }

        return launchers;
    }

    /// <summary>Whether a launcher on <c>PATH</c> carries the rule out.</summary>
    internal static bool IsLaunchers(InjectionRule rule) => rule.Kind is InjectionKind.Argument && rule.Scope is InjectionScope.Always;

    private static void PutLaunchersFirst(Dictionary<string, PlannedVariable> variables, PlannedLauncher first, InjectionRequest request)
    {
        if (UserValue(request, "PATH") is not { } path) return;
        variables["PATH"] = new("PATH", $"{Placeholders.Launchers}:{path}", first.Profile, "only arguments reach it, so a launcher gives them", InjectionRoots.Unchanged, path);
    }

    private static List<string> Include(InjectionRule injection, InjectionRequest request)
    {
        var paths = new List<string>();
        foreach (var path in injection.Include)
        {
            if (!path.StartsWith('$')) paths.Add(path);
            else if (UserValue(request, path[1..]) is { } named) paths.Add(named);
        }

        return paths;
    }

    private static PlannedVariable Variable(string? value, ToolProfile profile, InjectionRule injection, InjectionRequest request) =>
        new(injection.Name, value, profile.Name, injection.Why, injection.Roots, UserValue(request, injection.Name));

    /// <summary>Keeps only the generated files that something names, and gathers the forms that all of it names.</summary>
    private static InjectionPlan Assemble(List<PlannedVariable> variables, List<PlannedArgument> arguments, Dictionary<string, PlannedFile> files, List<PlannedLauncher> launchers)
    {
        var needed = new List<PlannedFile>();
        var forms = TrustForms.None;
        var values = new Queue<string>();
        foreach (var variable in variables) values.Enqueue(variable.Value ?? "");
        foreach (var argument in arguments) values.Enqueue(argument.Value);
        foreach (var argument in launchers.SelectMany(launcher => launcher.Rules).SelectMany(rule => rule.Arguments)) values.Enqueue(argument);
        while (values.TryDequeue(out var value))
        {
            forms |= FormPaths.FormsOf(value);
            foreach (var name in FormPaths.FilesOf(value))
            {
                if (!files.Remove(name, out var file)) continue;
                needed.Add(file);
                values.Enqueue(file.Content);
            }
        }

        return new() { Variables = variables, Arguments = arguments, Files = needed, Launchers = launchers, Forms = forms };
    }
}
