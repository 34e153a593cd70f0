using System.Text;
using NativeCerts.Run.Injection;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.Shell.Formats;

namespace NativeCerts.Run.Shell.Containers;

/// <summary>What a command line of a container engine is given, so that what it starts or builds trusts what this machine does.</summary>
/// <remarks>This folder reads the engine's words and says what comes among them; how each engine's are read, its profile says.</remarks>
internal sealed class ContainerTrust
{
    private readonly SessionTrust _session;
    private readonly string _profile;
    private readonly List<PlannedArgument> _given = [];
    private readonly Dictionary<int, string> _replaced = [];
    private readonly HashSet<string> _own = [];
    private readonly ContainerCommandLine _line;
    private readonly string _name;
    private ContainerProject? _project;

    private ContainerTrust(SessionTrust session, string profile, ContainerCommandLine line, string name) => (_session, _profile, _line, _name) = (session, profile, line, name);

    /// <summary>What is given, for reports.</summary>
    public IReadOnlyList<PlannedArgument> Given => _project?.Arguments ?? _given;

    /// <summary>The variables by which it is given.</summary>
    public IReadOnlyList<PlannedVariable> Variables => _project?.Variables ?? [];

    /// <summary>Plans it; nothing is written.</summary>
    /// <param name="profile">The engine's profile.</param>
    /// <param name="request">What the user asked for.</param>
    /// <param name="executable">The engine's program.</param>
    /// <param name="plan">What the engine itself gets.</param>
    /// <param name="environment">The user's environment, as this process has it.</param>
    /// <param name="problem">A sentence on what can't be done.</param>
    /// <returns><see langword="null"/> where the command is started as it is.</returns>
    public static ContainerTrust? Plan(ToolProfile profile, RunRequest request, string executable, InjectionPlan plan, ProcessEnvironment environment, out string? problem)
    {
        problem = null;
        IReadOnlyList<string> arguments = [.. request.Command.Skip(1)];
        if (profile.Container is not { } engine || ContainerCommandLine.Read(engine, arguments) is not { } line) return null;
        var options = ContainerOptions.Read(arguments, line.End);
        if (HasOurs(options)) return null;
        var name = $"{Path.GetFileName(request.Command[0])} {line.Words}";
        problem = Obstacle(engine, line, options, arguments, executable, environment) is { } obstacle ? AsItIs(name, obstacle) : null;
        if (problem is not null) return null;

        var session = new SessionTrust(new() { AdditionalRoots = request.AdditionalRoots, OtherStores = request.OtherStores, Only = request.Only, IsForContainer = true }, environment.Copy());
        if (session.Paths[TrustForms.Bundle] is not { } bundle) return null;
        var trust = new ContainerTrust(session, profile.Name, line, name);
        if (line.Verb is ContainerVerb.Build)
        {
            trust.Give($"--secret=id={DockerfileFormat.SecretName},src={bundle}", "a step that asks for it has the roots, and nothing of it stays in the image");
            return trust;
        }

        trust._own.UnionWith([.. options.Variables, .. options.Files.SelectMany(EnvironmentFile.Names)]);
        trust.PassOn(options, plan);
        if (engine.Project is { } rule && line.IsOf(rule))
        {
            trust._project = ContainerProject.Plan(rule, line, request.Command, executable, session, plan, profile.Name, out var isKnown, out var reason);
            if (trust._project is { Left: { } left }) problem = $"`{name}`: {left}";
            if (trust._project is not null) return trust;
            if (isKnown || line.Verb is not ContainerVerb.Volume)
            {
                problem = reason is null ? null : AsItIs(name, reason);
                return null;
            }
        }

        trust.GiveContainer();
        return trust;
    }

    /// <summary>The engine's arguments with what is given among them.</summary>
    /// <param name="arguments">The arguments as the operating system has them.</param>
    public IReadOnlyList<byte[]> Among(IReadOnlyList<byte[]> arguments)
    {
        List<byte[]> all = [.. arguments.Select((argument, at) => _replaced.TryGetValue(at, out var text) ? Encoding.UTF8.GetBytes(text) : argument)];
        all.InsertRange(_project is null ? _line.End : _line.End - 1, Given.Select(argument => Encoding.UTF8.GetBytes(argument.Value)));
        return all;
    }

    /// <summary>Writes what containers have from this machine.</summary>
    /// <param name="problem">A sentence on what can't be done.</param>
    /// <returns>Whether what is given stays so; otherwise the command is started as it is.</returns>
    /// <exception cref="RunFailedException">It could not be written.</exception>
    public bool TryWrite(out string? problem)
    {
        problem = null;
        _session.Make();
        if (_project?.Write() is not { } reason) return true;
        _project = null;
        if (_line.Verb is ContainerVerb.Volume) GiveContainer();
        else problem = AsItIs(_name, reason);
        return problem is null;
    }

    /// <summary>A variable's value in a container.</summary>
    public static string InContainer(PlannedVariable variable) => variable.Value!.Replace(Placeholders.Bundle, DockerFormat.BundleInContainer, StringComparison.Ordinal);

    private static string AsItIs(string name, string reason) => $"`{name}` is started as it is: {reason}";

    private static string? Obstacle(ContainerRule engine, ContainerCommandLine line, ContainerOptions options, IReadOnlyList<string> arguments, string executable, ProcessEnvironment environment)
    {
        var workingFolder = Environment.CurrentDirectory;
        return line.Verb switch
        {
            ContainerVerb.Beyond => "no option of it gives the roots; `nctrust env --shell compose` and `nctrust env --shell docker-build` print what a service and a build need",
            ContainerVerb.Build => BuildFiles.AskFor(arguments, line.End, DockerfileFormat.SecretName, workingFolder) switch
            {
                true => null,
                false => $"no step of its Dockerfile asks for the roots; `nctrust env --shell {DockerfileFormat.Name}` prints the lines that do",
                null => $"its Dockerfile is not found on this machine; `--secret id={DockerfileFormat.SecretName},src=FILE` gives the roots to a step that asks for them",
            },
            ContainerVerb.ProjectBuild => null,
            _ when Covered(options) is { } mount => $"your mount of `{mount}` leaves no place for the roots in the container",
            _ => ContainerEndpoint.Elsewhere(engine, line, executable, environment, workingFolder) is { } reason ? $"the engine may not see this machine's files, since {reason}" : null,
        };
    }

    /// <summary>A mount of the user's into which the roots would have to be mounted: that fails where it is read-only, and leaves an empty file in his folder where it is not.</summary>
    private static string? Covered(ContainerOptions options) => options.Targets.FirstOrDefault(target => DockerFormat.BundleInContainer.StartsWith(target.TrimEnd('/') + "/", StringComparison.Ordinal));

    private static bool HasOurs(ContainerOptions options) =>
        options.Targets.Contains(DockerFormat.BundleInContainer) || options.Secrets.Any(secret => secret.Split(',').Contains("id=" + DockerfileFormat.SecretName));

    private void GiveContainer()
    {
        var bundle = _session.Paths[TrustForms.Bundle]!;
        Give(_line.Verb is ContainerVerb.Volume ? "--volume=" + DockerFormat.Volume(bundle) : string.Join('=', DockerFormat.Mount(bundle)), "the roots, read-only");
        foreach (var variable in _session.Plan.Variables)
        {
            if (!_own.Contains(variable.Name)) Give($"--env={variable.Name}={InContainer(variable)}", variable.Why);
        }
    }

    /// <summary>
    /// A variable that is passed on by its name is the user's own, or there is none: the one that the engine itself gets names a file of this machine's.
    /// What <c>env</c> made of it before is none of the user's either.
    /// </summary>
    private void PassOn(ContainerOptions options, InjectionPlan plan)
    {
        foreach (var passed in options.Passed)
        {
            if (plan.Variables.FirstOrDefault(variable => variable.Name == passed.Name) is not { } planned) continue;
            var value = planned.UserValue ?? _session.Plan.Variables.Where(variable => variable.Name == passed.Name).Select(InContainer).FirstOrDefault("");
            _replaced[passed.Word] = $"{passed.Before}{passed.Name}={value}";
            _own.Add(passed.Name);
        }
    }

    private void Give(string argument, string why) => _given.Add(new(argument, ArgumentPosition.Verb, _profile, why));
}
