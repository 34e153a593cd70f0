using System.Text;
using NativeCerts.Run.DotNet.Hook;
using NativeCerts.Run.DotNet.Targets;
using NativeCerts.Run.Injection;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles.Detection;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run;

/// <summary>The .NET startup hook of one run: which variables it gives back, its file, and the file's place.</summary>
/// <remarks>
/// .NET ends a program whose hook it can't load, and nothing within the program can keep it from that
/// (https://github.com/dotnet/runtime/blob/main/docs/design/features/host-startup-hook.md#error-handling-details). So the file has to outlive
/// whatever else of the run is lost: it is what leads a program back to the user's own values then.
/// </remarks>
internal static class RunHook
{
    private const string FileVariable = "SSL_CERT_FILE", FolderVariable = "SSL_CERT_DIR", CurlVariable = "CURL_CA_BUNDLE", Folders = "hooks";

    /// <summary>Takes hooks of other runs out of the user's environment, and writes <c>--no-hook</c> there, for the runs inside this one too.</summary>
    public static void Prepare(ProcessEnvironment environment, RunRequest request)
    {
        if (request.NoHook) environment.Set(HookVariable.Switch, "0");
        if (environment.Get(HookVariable.Name) is not { Length: > 0 } hooks) return;
        var others = HookVariable.WithoutOurs(hooks, TrustFolderLayout.StartupHook);
        if (others.Length == 0) environment.Remove(HookVariable.Name);
        else if (others.Length != hooks.Length) environment.Set(HookVariable.Name, others);
    }

    /// <summary>Takes the hook out of a plan where the command can't be given one, where another user is to run it, who can't read ours, or the list of hooks can't hold its path.</summary>
    public static InjectionPlan Allow(InjectionPlan plan, DotNetTarget? target, IReadOnlyList<DetectedProfile> targets, string runtimeFolder) =>
        target is { TakesHook: false } || targets.Any(each => each.IsOfOtherUser) || !HookVariable.CanHold(runtimeFolder) ? plan.WithoutStartupHook() : plan;

    /// <summary>
    /// The folder in which the hook of a run is to lie: in the user's cache. The runtime folder is emptied when the user logs out, and a program
    /// that is started then by what goes on running would end at once (pam_systemd(8), <c>$XDG_RUNTIME_DIR</c>; logind.conf(5), <c>RemoveIPC</c>).
    /// </summary>
    /// <param name="environment">Says where caches are.</param>
    /// <param name="folder">The run's folder.</param>
    /// <returns><see langword="null"/> where there is no such place: then it lies in the run's folder.</returns>
    public static string? Place(IReadOnlyDictionary<string, string> environment, string folder) =>
        VersionCache.Place(environment) is { } cache && HookVariable.CanHold(cache) ? Path.Combine(cache, Folders, Path.GetFileName(folder)) : null;

    /// <summary>Takes away the hooks of runs that have ended.</summary>
    public static void Sweep(IReadOnlyDictionary<string, string> environment)
    {
        if (VersionCache.Place(environment) is { } cache) RunFolder.Sweep(Path.Combine(cache, Folders));
    }

    /// <summary>Writes the hook, if the plan has one, and reads it again: a hook that can't be loaded would end the command.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="paths">Where its forms lie; where the hook's place can't be written to, it gets one in the run's folder.</param>
    /// <param name="environment">The user's environment.</param>
    /// <param name="request">What the user asked for.</param>
    /// <param name="warn">Takes a sentence on what went wrong.</param>
    /// <returns>The plan; without the hook where it did not become what it has to be.</returns>
    public static InjectionPlan Write(RunFolder folder, InjectionPlan plan, FormPaths paths, ProcessEnvironment environment, RunRequest request, Action<string>? warn = null)
    {
        if (!plan.Forms.HasFlag(TrustForms.StartupHook)) return plan;
        try
        {
            var baked = HookBaker.Bake(new(Variable(FileVariable), Variable(FolderVariable), Variable(CurlVariable), request.Exact, request.Explain));
            if (Path.GetDirectoryName(paths[TrustForms.StartupHook]) is { } place && place != folder.Path)
            {
                if (TryWriteBeside(folder, place, baked, environment)) return plan;
                paths.Add(TrustForms.StartupHook, Path.Combine(folder.Path, TrustFolderLayout.StartupHook));
            }

            var path = folder.Write(TrustFolderLayout.StartupHook, baked.Content);
            if (IsWhole(path, baked)) return plan;
            warn?.Invoke($"the startup hook `{path}` is not what was written, so .NET programs get the variables alone");
        }
        catch (Exception e)
        {
            // Whatever it is: the variables work without it, and the command was asked for.
            warn?.Invoke($"the startup hook could not be made, so .NET programs get the variables alone: {e.Message}");
        }

        return plan.WithoutStartupHook();

        HookSettings.Variable Variable(string name) => new(
            plan.Variables.FirstOrDefault(variable => variable.Name == name) is { } planned && paths.Expand(planned) is { } value ? Encoding.UTF8.GetBytes(value) : [],
            environment.GetBytes(name) ?? []);
    }

    /// <summary>Whether a file can be read, and holds the hook that was baked, from its first byte to its last.</summary>
    internal static bool IsWhole(string path, BakedHook baked)
    {
        try
        {
            return HookBaker.IsIntact(File.ReadAllBytes(path), baked);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool TryWriteBeside(RunFolder folder, string place, BakedHook baked, ProcessEnvironment environment)
    {
        try
        {
            return VersionCache.Folder(environment, make: true) is not null && IsWhole(folder.MakeBeside(place).Write(TrustFolderLayout.StartupHook, baked.Content), baked);
        }
        catch (RunFailedException)
        {
            // A home that is full, or that can't be written to.
            return false;
        }
    }
}
