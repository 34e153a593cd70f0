using NativeCerts.Run.Injection;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.Shell.Formats;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run.Shell.Containers;

/// <summary>A project of services that a command line starts or builds: its tool is asked what is in it, is given one file more, and is asked again whether it is still the user's.</summary>
internal sealed class ContainerProject
{
    private readonly ProjectRule _rule;
    private readonly ProjectFiles _files;
    private readonly ProjectModel _model;
    private readonly ProjectOverride _override;
    private readonly ProcessEnvironment _own;
    private readonly string _executable, _path, _profile;
    private readonly IReadOnlyList<string> _front;

    private ContainerProject(ProjectRule rule, ProjectFiles files, ProjectModel model, ProjectOverride file, ProcessEnvironment own, string executable, string path, string profile, IReadOnlyList<string> front) =>
        (_rule, _files, _model, _override, _own, _executable, _path, _profile, _front) = (rule, files, model, file, own, executable, path, profile, front);

    /// <summary>The option that gives the file, where options name the user's.</summary>
    public IReadOnlyList<PlannedArgument> Arguments => _files.AreOptions ? [new(Option, ArgumentPosition.Verb, _profile, Why)] : [];

    /// <summary>The variables that give it otherwise: so the tool goes on to read all else as it does without.</summary>
    public IReadOnlyList<PlannedVariable> Variables => _files.AreOptions ? [] : [
        Variable(_rule.Variable, _files.Files + _files.Separator + _path, Why),
        .. _files.Separator == _own.Get(_rule.Separator) ? (PlannedVariable[])[] : [Variable(_rule.Separator, _files.Separator, "what stands between them")]];

    /// <summary>Which services have no place for the roots, in a sentence.</summary>
    public string? Left => _override.Covered.Count == 0
        ? null
        : $"{string.Join(", ", _override.Covered.Select(service => $"`{service.Service}`"))} {(_override.Covered.Count == 1 ? "is" : "are")} left alone: a mount of `{_override.Covered[0].Mount}` leaves no place for the roots in the container";

    private string Option => $"{_rule.File[^1]}={_path}";

    private string Why => $"one file more: {string.Join("; ", Parts())}";

    /// <summary>Plans it; nothing is written.</summary>
    /// <param name="rule">How the tool is asked.</param>
    /// <param name="line">The command line.</param>
    /// <param name="words">The command as typed, and its arguments.</param>
    /// <param name="executable">The tool's program.</param>
    /// <param name="session">What containers get.</param>
    /// <param name="plan">What the tool itself gets.</param>
    /// <param name="profile">The tool's profile.</param>
    /// <param name="isKnown">Whether the tool says what is in it.</param>
    /// <param name="problem">Why it can't be done, as the end of a sentence.</param>
    /// <returns><see langword="null"/> where it can't, or there is nothing to give.</returns>
    public static ContainerProject? Plan(ProjectRule rule, ContainerCommandLine line, IReadOnlyList<string> words, string executable, SessionTrust session, InjectionPlan plan, string profile, out bool isKnown, out string? problem)
    {
        isKnown = false;
        var folder = ProjectFiles.WorkingFolder(session.Own);
        if (ProjectFiles.Find(rule, line, session.Own, folder, out problem) is not { } files) return null;
        IReadOnlyList<string> front = [.. words.Take(1 + line.End)];
        var asking = string.Join(' ', [Path.GetFileName(front[0]), .. line.Words.Split(' ').SkipLast(1), .. rule.Model]);
        if (Ask(executable, front, rule, session.Own, out problem) is not { } model)
        {
            problem = $"`{asking}` {problem}";
            return null;
        }

        isKnown = true;
        var bundle = session.Paths[TrustForms.Bundle]!;
        var inContainer = session.Plan.Variables.Select(variable => KeyValuePair.Create(variable.Name, ContainerTrust.InContainer(variable))).ToList();
        var file = ProjectOverride.Of(model, bundle, inContainer, [.. plan.Variables.Select(variable => variable.Name)], line.Verb is ContainerVerb.ProjectBuild);
        if (line.Verb is ContainerVerb.ProjectBuild && file.Built.Count == 0)
        {
            problem = $"no step of its services' Dockerfiles asks for the roots; `nctrust env --shell {DockerfileFormat.Name}` prints the lines that do";
            return null;
        }

        var path = session.ProjectFile([folder, bundle, line.Verb.ToString(), files.Files, .. front]);
        var project = new ContainerProject(rule, files, model, file, session.Own, executable, path, profile, front);
        if (!file.IsEmpty) return project;
        problem = project.Left;
        return null;
    }

    /// <summary>Writes the file, and has the tool itself say whether the project is then still the user's, with what was to be added.</summary>
    /// <returns>Why it is not, as the end of a sentence.</returns>
    /// <exception cref="RunFailedException">It could not be written.</exception>
    public string? Write()
    {
        ContainerBundle.WriteProject(_path, _override.Encode());
        var environment = _own.Copy();
        foreach (var variable in Variables) environment.Set(variable.Name, variable.Value!);
        var front = _files.AreOptions ? [.. _front.SkipLast(1), Option, _front[^1]] : _front;
        if (Ask(_executable, front, _rule, environment, out var problem) is not { } merged) return $"with the file that gives the roots, what prints the project {problem}";
        return _model.IsPartOf(merged) ? null : "with the file that gives the roots, the project would be another";
    }

    /// <summary>With all services first, which fails where one that nobody starts is not whole. The verb's last word is the front's.</summary>
    private static ProjectModel? Ask(string executable, IReadOnlyList<string> front, ProjectRule rule, ProcessEnvironment environment, out string? problem)
    {
        IReadOnlyList<string> before = [.. front.SkipLast(1)];
        var model = ProjectModel.Ask(executable, [.. before, .. rule.Everything, .. rule.Model], environment, out problem, out var isOverdue);
        if (model is null && !isOverdue && rule.Everything.Count > 0) model = ProjectModel.Ask(executable, [.. before, .. rule.Model], environment, out problem, out _);
        return model;
    }

    private PlannedVariable Variable(string name, string value, string why) => new(name, value, _profile, why, InjectionRoots.Unchanged, _own.Get(name));

    private IEnumerable<string> Parts()
    {
        if (_override.Started is { Count: > 0 } started) yield return $"the roots, read-only, and the variables that name them, for {string.Join(", ", started)}";
        if (_override.Built is { Count: > 0 } built) yield return $"a secret for the build of {string.Join(", ", built)}";
        if (_override.Started.Count == 0 && _override.Built.Count == 0) yield return "your own values of variables that are passed on";
    }
}
