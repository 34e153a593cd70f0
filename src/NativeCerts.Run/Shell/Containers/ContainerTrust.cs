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
    private readonly int _place;
    private readonly List<PlannedArgument> _given = [];
    private readonly Dictionary<int, string> _replaced = [];

    private ContainerTrust(SessionTrust session, string profile, int place) => (_session, _profile, _place) = (session, profile, place);

    /// <summary>What is given, for reports.</summary>
    public IReadOnlyList<PlannedArgument> Given => _given;

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
        problem = Obstacle(engine, line, options, arguments, executable, environment) is { } obstacle ? $"`{Path.GetFileName(request.Command[0])} {line.Words}` is started as it is: {obstacle}" : null;
        if (problem is not null) return null;

        var session = new SessionTrust(new() { AdditionalRoots = request.AdditionalRoots, OtherStores = request.OtherStores, Only = request.Only, IsForContainer = true }, environment.Copy());
        if (session.Paths[TrustForms.Bundle] is not { } bundle) return null;
        var trust = new ContainerTrust(session, profile.Name, line.End);
        if (line.Verb is ContainerVerb.Build) trust.Give($"--secret=id={DockerfileFormat.SecretName},src={bundle}", "a step that asks for it has the roots, and nothing of it stays in the image");
        else trust.GiveContainer(line.Verb, options, plan, bundle);
        return trust;
    }

    /// <summary>The engine's arguments with what is given among them.</summary>
    /// <param name="arguments">The arguments as the operating system has them.</param>
    public IReadOnlyList<byte[]> Among(IReadOnlyList<byte[]> arguments)
    {
        List<byte[]> all = [.. arguments.Select((argument, at) => _replaced.TryGetValue(at, out var text) ? Encoding.UTF8.GetBytes(text) : argument)];
        all.InsertRange(_place, _given.Select(argument => Encoding.UTF8.GetBytes(argument.Value)));
        return all;
    }

    /// <summary>Writes the bundle where containers have it from.</summary>
    /// <exception cref="RunFailedException">It could not be written.</exception>
    public void Write() => _session.Make();

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
            _ when Covered(options) is { } mount => $"your mount of `{mount}` leaves no place for the roots in the container",
            _ => ContainerEndpoint.Elsewhere(engine, line, executable, environment, workingFolder) is { } reason ? $"the engine may not see this machine's files, since {reason}" : null,
        };
    }

    /// <summary>A mount of the user's into which the roots would have to be mounted: that fails where it is read-only, and leaves an empty file in his folder where it is not.</summary>
    private static string? Covered(ContainerOptions options) => options.Targets.FirstOrDefault(target => DockerFormat.BundleInContainer.StartsWith(target.TrimEnd('/') + "/", StringComparison.Ordinal));

    private static bool HasOurs(ContainerOptions options) =>
        options.Targets.Contains(DockerFormat.BundleInContainer) || options.Secrets.Any(secret => secret.Split(',').Contains("id=" + DockerfileFormat.SecretName));

    private void GiveContainer(ContainerVerb verb, ContainerOptions options, InjectionPlan plan, string bundle)
    {
        HashSet<string> own = [.. options.Variables, .. options.Files.SelectMany(EnvironmentFile.Names)];
        PassOn(options, plan, own);
        Give(verb is ContainerVerb.Volume ? "--volume=" + DockerFormat.Volume(bundle) : string.Join('=', DockerFormat.Mount(bundle)), "the roots, read-only");
        foreach (var variable in _session.Plan.Variables)
        {
            if (!own.Contains(variable.Name)) Give($"--env={variable.Name}={InContainer(variable)}", variable.Why);
        }
    }

    /// <summary>
    /// A variable that is passed on by its name is the user's own, or there is none: the one that the engine itself gets names a file of this machine's.
    /// What <c>env</c> made of it before is none of the user's either.
    /// </summary>
    private void PassOn(ContainerOptions options, InjectionPlan plan, HashSet<string> own)
    {
        foreach (var passed in options.Passed)
        {
            if (plan.Variables.FirstOrDefault(variable => variable.Name == passed.Name) is not { } planned) continue;
            var value = planned.UserValue ?? _session.Plan.Variables.Where(variable => variable.Name == passed.Name).Select(InContainer).FirstOrDefault("");
            _replaced[passed.Word] = $"{passed.Before}{passed.Name}={value}";
            own.Add(passed.Name);
        }
    }

    private static string InContainer(PlannedVariable variable) => variable.Value!.Replace(Placeholders.Bundle, DockerFormat.BundleInContainer, StringComparison.Ordinal);

    private void Give(string argument, string why) => _given.Add(new(argument, ArgumentPosition.Verb, _profile, why));
}
