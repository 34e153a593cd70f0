using System.Text;
using NativeCerts.Run.DotNet.Overlay;
using NativeCerts.Run.DotNet.Targets;
using NativeCerts.Run.Injection;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Launch.PrivateStore;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.Profiles.Conflicts;
using NativeCerts.Run.Profiles.Detection;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run;

/// <summary>One command under the operating system's trust: the five steps, in order. Whatever of nctrust runs a command goes through it.</summary>
internal sealed class TrustedRun
{
    private readonly ProcessEnvironment _environment;
    private IReadOnlyList<byte[]> _words;
    private readonly byte[] _executable;
    private readonly string _runtimeFolder, _folder;
    private readonly bool _isInsidePrivateStore;
    private readonly RunRequest _request;
    private readonly CoveredStore? _covered;

    /// <summary>Takes the first three steps, which change nothing.</summary>
    /// <param name="request">What the user asked for.</param>
    /// <param name="environment">The environment of this process; it becomes the child's.</param>
    /// <exception cref="RunFailedException">The command is not there, an option names what is not there, or nothing is trusted.</exception>
    public TrustedRun(RunRequest request, ProcessEnvironment environment)
    {
        (_environment, _words) = (environment, CommandArguments.Last(request.Command));
        _request = request;
        if (environment.GetBytes("PATH") is { } searchPath && LauncherCache.Without(environment, searchPath) is { } users) environment.Set("PATH", users);
        _executable = Resolve(_words[0], environment);
        ExecutablePath = Encoding.UTF8.GetString(_executable);

        // A run inside another starts from what the user had, so that it trusts the same and outlives it.
        _runtimeFolder = RuntimeFolder.Locate(environment);
        var outer = OuterRun.Find(environment, _runtimeFolder);
        outer?.GiveBack(environment.Set, environment.Remove);
        _isInsidePrivateStore = outer is { HasPrivateStore: true };
        RunHook.Prepare(environment, request);

        // 2, first: profiles are data, and say which of the user's variables name certificates.
        var own = UserProfiles.Load(environment);
        var registry = own.AddTo(request.Explained ? ProfileRegistry.Builtin : ProfileRegistry.BuiltinRules);
        ProfileProblems = own.Problems;
        var profiles = registry.Only(request.Only, own.Problems);
        IReadOnlyList<string> arguments = [.. request.Command.Skip(1)];
        var targets = TargetDetector.Detect(registry, request.Command[0], ExecutablePath, arguments, environment.Get("PATH"));
        DotNet = RunTarget.Find(registry, ref targets, ExecutablePath, arguments);
        Targets = targets;
        profiles = profiles.With(Targets, request.Only.Count > 0);
        var injection = new InjectionRequest
        {
            Profiles = profiles,
            Targets = [.. Targets.Select(target => target.Profile).Where(profiles.Contains)],
            Command = Targets.FirstOrDefault(target => target.IsCommand)?.Profile,
            Environment = environment,
            Arguments = arguments,
            Launched = InstalledPrograms.Launched(profiles, environment.Get("PATH")),
            Exact = request.Exact,
        };

        // 3, and 1: what is injected, and what is trusted.
        (Store, Plan, Conflicts) = PlannedTrust.Make(request, injection, outer, environment, ExecutablePath, plan => RunHook.Allow(plan, DotNet, targets, _runtimeFolder));
        _folder = RunFolder.Plan(_runtimeFolder);
        Paths = TrustFolderLayout.Of(Plan, Store, _folder, environment.Get("HOME") ?? "", RunHook.Place(environment, _folder), LauncherCache.Place(environment, Plan, Store.CleanBundlePath));
        if (!request.PrivateStore) return;
        Namespace = PrivateNamespace.Find(environment.GetBytes("PATH"));
        _covered = CoveredStore.Find(environment);
    }

    /// <summary>The executable that the command's name led to.</summary>
    public string ExecutablePath { get; }

    /// <summary>The profiles that the command concerns, each with how it was recognised.</summary>
    public IReadOnlyList<DetectedProfile> Targets { get; }

    /// <summary>The command as .NET sees it, or <see langword="null"/> where it is no .NET program.</summary>
    public DotNetTarget? DotNet { get; }

    /// <summary>Which of the user's own profiles can't be used, one sentence each.</summary>
    public IReadOnlyList<string> ProfileProblems { get; }

    /// <summary>What is trusted, and what was left out.</summary>
    public TrustSnapshot Store { get; }

    /// <summary>What is injected.</summary>
    public InjectionPlan Plan { get; private set; }

    /// <summary>What of the user's own stands against the run, or was displaced by it.</summary>
    public IReadOnlyList<ConflictFinding> Conflicts { get; }

    /// <summary>Where what the plan names lies, or will lie.</summary>
    public FormPaths Paths { get; }

    /// <summary>With <c>--private-store</c>: how the command gets a mount namespace of its own.</summary>
    public PrivateNamespace? Namespace { get; }

    /// <summary>With <c>--private-store</c>: what is mounted over what.</summary>
    public IReadOnlyList<(string Source, string Target)> Mounts => _covered?.Mounts(_folder) ?? [];

    /// <summary>Whether the plan's launchers can be started where they will lie.</summary>
    public bool HasLaunchers => !MountedDisk.IsNoExec(Path.GetDirectoryName(_runtimeFolder)!) || (Paths[TrustForms.Launchers] is { } place && LauncherCache.MayExecute(place));

    /// <summary>What is changed in .NET programs: by <c>--strict</c>, by <c>--revocation online</c>, and for added roots that no variable brings to them.</summary>
    public OverlayChanges OverlayChanges => (_request.Strict ? OverlayChanges.Strict : OverlayChanges.None) | (_request.ChecksRevocation ? OverlayChanges.Revocation : OverlayChanges.None)
        | (ExtraRoots.Count > 0 ? OverlayChanges.ExtraRoots : OverlayChanges.None);

    private IReadOnlyList<TrustedRoot> ExtraRoots => RunExtraRoots.Of(Store, DotNet, OperatingSystem.IsLinux());

    /// <summary>What becomes of the installed .NET runtimes then: each assembly with the reason why it is left alone, or <see langword="null"/>.</summary>
    public IReadOnlyList<(InstalledRuntime Runtime, OverlayAssembly Assembly, string? Problem)> SurveyOverlay() => RunOverlay.Survey(_environment, ExecutablePath, OverlayChanges);

    /// <summary>Gives the command what is not for itself, but for what it starts in a container.</summary>
    /// <param name="among">Puts arguments among its own.</param>
    /// <param name="given">The same, for reports.</param>
    /// <param name="variables">What is set besides.</param>
    public void Give(Func<IReadOnlyList<byte[]>, IReadOnlyList<byte[]>> among, IReadOnlyList<PlannedArgument> given, IReadOnlyList<PlannedVariable> variables)
    {
        _words = [_words[0], .. among([.. _words.Skip(1)])];
        Plan = Plan with { Arguments = [.. Plan.Arguments, .. given], Variables = [.. Plan.Variables, .. variables] };
    }

    /// <summary>Takes the last two steps: writes what is needed, starts the command, and leaves nothing behind.</summary>
    /// <param name="warn">Takes a sentence on what could not be done and does not stop the run.</param>
    /// <returns>How the command ended; with nothing to clean up it takes this process's place, and this returns only if it could not.</returns>
    /// <exception cref="RunFailedException">Something could not be written, and nothing was started.</exception>
    public ChildExit Start(Action<string>? warn = null)
    {
        if (OverlayChanges is not OverlayChanges.None) RunOverlay.Prepare(_environment, ExecutablePath, OverlayChanges).Apply(_environment, warn);
        if (RunExtraRoots.Problem(Store, DotNet, OperatingSystem.IsLinux()) is { } problem) warn?.Invoke(problem);

        // 4: only what is needed.
        LauncherCache.Prepare(_environment, Plan, Paths, Store.CleanBundlePath, _folder);
        if (!_isInsidePrivateStore) RunFolder.Sweep(_runtimeFolder);
        if (!_isInsidePrivateStore) RunHook.Sweep(_environment);
        var folder = _covered is not null || ExtraRoots.Count > 0 || Plan.Forms.HasFlag(TrustForms.StartupHook) || TrustFolderWriter.IsNeeded(Paths, _folder) ? RunFolder.Create(_folder) : null;
        var plan = folder is null ? Plan : RunHook.Write(folder, Plan, Paths, _environment, _request, warn);
        if (folder is not null) TrustFolderWriter.Write(folder, plan, Store, Paths);
        if (folder is not null) RunExtraRoots.Write(folder, ExtraRoots, _environment);
        if (_covered is not null) PrivateStoreWriter.Write(folder!, _covered, Store.Roots);

        // 5: nobody notices.
        var command = PlannedCommand.Apply(_executable, _words, _environment, plan, Paths);
        if (folder is null) return Become(command);
        _environment.Set(OuterRun.Variable, folder.Path);
        try
        {
            return Namespace is null ? ChildProcess.Run(command) : Namespace.Run(command, Mounts);
        }
        finally
        {
            folder.Release();
        }
    }

    /// <summary>Starts the command as it is, with nothing read, planned or written.</summary>
    /// <exception cref="RunFailedException">The command is not there.</exception>
    public static ChildExit StartUntouched(RunRequest request, ProcessEnvironment environment)
    {
        var words = CommandArguments.Last(request.Command);
        return Become(new(Resolve(words[0], environment), words, environment));
    }

    private static ChildExit Become(ChildCommand command)
    {
        if (OperatingSystem.IsWindows()) return ChildProcess.Run(command);
        var failure = ChildProcess.Replace(command);
        return new(failure.ExitCode, Failure: failure);
    }

    private static byte[] Resolve(byte[] command, ProcessEnvironment environment)
    {
        var resolution = ExecutableResolver.Resolve(command, environment.GetBytes("PATH"));
        if (resolution.Failure is { } failure) throw new RunFailedException(failure.Message, failure.Hint ?? "nctrust run --help", failure.ExitCode);
        return resolution.PathBytes;
    }
}
