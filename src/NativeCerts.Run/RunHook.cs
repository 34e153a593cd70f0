using System.Text;
using NativeCerts.Run.DotNet.Hook;
using NativeCerts.Run.DotNet.Targets;
using NativeCerts.Run.Injection;
using NativeCerts.Run.Launch;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run;

/// <summary>The .NET startup hook of one run: which variables it gives back, and its file.</summary>
internal static class RunHook
{
    private const string FileVariable = "SSL_CERT_FILE", FolderVariable = "SSL_CERT_DIR", CurlVariable = "CURL_CA_BUNDLE";

    /// <summary>Takes hooks of other runs out of the user's environment, and writes <c>--no-hook</c> there, for the runs inside this one too.</summary>
    public static void Prepare(ProcessEnvironment environment, RunRequest request)
    {
        if (request.NoHook) environment.Set(HookVariable.Switch, "0");
        if (environment.Get(HookVariable.Name) is not { Length: > 0 } hooks) return;
        var others = HookVariable.WithoutOurs(hooks, TrustFolderLayout.StartupHook);
        if (others.Length == 0) environment.Remove(HookVariable.Name);
        else if (others.Length != hooks.Length) environment.Set(HookVariable.Name, others);
    }

    /// <summary>Takes the hook out of a plan where the command can't be given one, or the list of hooks can't hold its path.</summary>
    public static InjectionPlan Allow(InjectionPlan plan, DotNetTarget? target, string runtimeFolder) =>
        target is { TakesHook: false } || !HookVariable.CanHold(runtimeFolder) ? plan.WithoutStartupHook() : plan;

    /// <summary>Writes the hook, if the plan has one, and reads it again: a hook that can't be loaded would end the command.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="paths">Where its forms lie.</param>
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
            var path = folder.Write(TrustFolderLayout.StartupHook, baked.Content);
            if (HookBaker.IsIntact(File.ReadAllBytes(path), baked)) return plan;
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
}
