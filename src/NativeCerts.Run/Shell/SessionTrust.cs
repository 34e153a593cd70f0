using System.Text;
using NativeCerts.Run.Injection;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.Shell.Containers;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run.Shell;

/// <summary>A whole session under the operating system's trust: the steps of <see cref="TrustedRun"/> for what is harmless to any process, without a command.</summary>
/// <remarks>
/// This folder is what shells and other programs are given to evaluate: the variables of a session, the functions of an interactive shell, and
/// the launchers for what starts tools without a shell. One file a syntax; nothing here names a tool.
/// </remarks>
internal sealed class SessionTrust
{
    private const string SearchPath = "PATH";

    private readonly ProcessEnvironment _environment, _before, _own;
    private readonly UserProfiles _ownProfiles;
    private readonly IReadOnlyList<ToolProfile> _profiles;
    private readonly string _runtimeFolder, _folder;
    private readonly bool _isForContainer;

    /// <summary>Takes the first three steps, which change nothing.</summary>
    /// <param name="request">What the user asked for.</param>
    /// <param name="environment">The environment of this process, so the session's; it becomes the new one.</param>
    /// <exception cref="RunFailedException">An option names what is not there, or nothing is trusted.</exception>
    public SessionTrust(SessionRequest request, ProcessEnvironment environment)
    {
        (_environment, _before) = (environment, environment.Copy());
        _runtimeFolder = RuntimeFolder.Locate(environment);
        var outer = GiveBack(environment, _runtimeFolder);
        _own = environment.Copy();

        var own = _ownProfiles = UserProfiles.Load(environment);
        var registry = own.AddTo(request.Explained ? ProfileRegistry.Builtin : ProfileRegistry.BuiltinRules);
        ProfileProblems = own.Problems;
        var profiles = _profiles = registry.Only(request.Only, own.Problems);
        var injection = new InjectionRequest
        {
            Profiles = profiles,
            Targets = [],
            Environment = environment,
            Launched = request.Launchers ? Profiles.Detection.InstalledPrograms.Launched(profiles, environment.Get(SearchPath)) : [],
        };
        var run = new RunRequest { Command = [], AdditionalRoots = request.AdditionalRoots, OtherStores = request.OtherStores };
        // A session goes from folder to folder: no project's settings are those of all of it.
        (Store, Plan, _) = PlannedTrust.Make(run, injection, outer, environment, "", workingFolder: Path.GetPathRoot(Environment.CurrentDirectory));
        var home = environment.Get("HOME") ?? "";
        if (_isForContainer = request.IsForContainer)
        {
            Plan = ContainerVariables.Of(Plan);
            _folder = ContainerBundle.Plan(environment, _runtimeFolder, Store);
            Paths = new FormPaths { Home = home };
            if (Plan.Forms is not TrustForms.None) Paths.Add(TrustForms.Bundle, _folder);
            return;
        }

        _folder = UserFolder.Plan(_runtimeFolder, Plan, Store, home);
        Paths = TrustFolderLayout.Of(Plan, Store, _folder, home);
    }

    /// <summary>Which of the user's own profiles can't be used, one sentence each.</summary>
    public IReadOnlyList<string> ProfileProblems { get; }

    /// <summary>What is trusted, and what was left out.</summary>
    public TrustSnapshot Store { get; }

    /// <summary>What is set.</summary>
    public InjectionPlan Plan { get; }

    /// <summary>Where what the plan names lies, or will lie.</summary>
    public FormPaths Paths { get; }

    /// <summary>The environment as the user has it without us.</summary>
    public ProcessEnvironment Own => _own;

    /// <summary>What it was made from.</summary>
    public SessionSources Sources => SessionSources.Of(_profiles, _ownProfiles, _own, Plan, Store);

    /// <summary>Writes what is needed into the folder that all sessions share; for containers the bundle alone.</summary>
    /// <returns>What the session has to set and take away, in the order of the plan.</returns>
    /// <exception cref="RunFailedException">Something could not be written.</exception>
    public IReadOnlyList<SessionVariable> Make()
    {
        RunFolder.Sweep(_runtimeFolder);
        if (_isForContainer)
        {
            if (Paths[TrustForms.Bundle] is { } bundle) ContainerBundle.Write(bundle, Store);
            return [.. Plan.Variables.Select(planned => new SessionVariable(planned.Name, Encoding.UTF8.GetBytes(Paths.Expand(planned.Value!)), planned))];
        }

        UserFolder.Make(_folder, Plan, Store, Paths);
        var record = UserFolder.Record(_runtimeFolder, Plan, Store, Paths);
        PlannedCommand.Apply(_environment, Plan, Paths);
        _environment.Set(OuterRun.Variable, record);

        var variables = new List<SessionVariable>();
        foreach (var planned in Plan.Variables) variables.Add(new(planned.Name, _environment.GetBytes(planned.Name), planned));
        variables.Add(new(OuterRun.Variable, Encoding.UTF8.GetBytes(record), null));
        variables.AddRange(Changes(_before, _environment).Where(change => !variables.Exists(variable => variable.Name == change.Name)));
        return variables;
    }

    /// <summary>Where a file for a project of containers lies (<see cref="ContainerBundle.PlanProject"/>).</summary>
    public string ProjectFile(IEnumerable<string> project) => ContainerBundle.PlanProject(_own, _runtimeFolder, project);

    /// <summary>What gives a session back what was its own.</summary>
    /// <param name="environment">The environment of this process, so the session's; it becomes what it was.</param>
    public static IReadOnlyList<SessionVariable> Undo(ProcessEnvironment environment)
    {
        var before = environment.Copy();
        GiveBack(environment, RuntimeFolder.Locate(environment));
        return Changes(before, environment);
    }

    private static OuterRun? GiveBack(ProcessEnvironment environment, string runtimeFolder)
    {
        var outer = OuterRun.Find(environment, runtimeFolder);
        outer?.GiveBack(environment.Set, environment.Remove);
        // What was forgotten meanwhile, or changed since: what names a folder of ours was never the user's.
        foreach (var name in environment.Keys)
        {
            if (name != SearchPath && UserFolder.Holds(runtimeFolder, environment[name])) environment.Remove(name);
        }

        if (environment.GetBytes(SearchPath) is { } path)
        {
            var folders = Encoding.Latin1.GetString(path).Split(Path.PathSeparator);
            var own = folders.Where(folder => !UserFolder.Holds(runtimeFolder, folder)).ToArray();
            if (own.Length < folders.Length) environment.Set(SearchPath, Encoding.Latin1.GetBytes(string.Join(Path.PathSeparator, own)));
        }

        return outer;
    }

    private static List<SessionVariable> Changes(ProcessEnvironment before, ProcessEnvironment after)
    {
        var changes = new List<SessionVariable>();
        foreach (var name in before.Keys.Union(after.Keys))
        {
            var value = after.GetBytes(name);
            if (!value.AsSpan().SequenceEqual(before.GetBytes(name)) || (value is null) != (before.GetBytes(name) is null)) changes.Add(new(name, value, null));
        }

        return changes;
    }
}
