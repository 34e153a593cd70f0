using NativeCerts.Run.Injection;

namespace NativeCerts.Run.TrustFolder;

/// <summary>Where the forms and files of a plan lie: in the run's folder, or where the operating system has them itself. Pure: nothing is written.</summary>
internal static class TrustFolderLayout
{
    /// <summary>The names of the forms below the run's folder.</summary>
    public const string Bundle = "bundle.pem", HashedFolder = "certs", EmptyFolder = "empty", JavaKeyStore = "roots.jks", Launchers = "bin", StartupHook = "NativeCerts.StartupHook.dll";

    /// <summary>Gives each form and file of the plan its path.</summary>
    /// <param name="plan">What is needed.</param>
    /// <param name="snapshot">What the operating system has in a form that can be used as it is.</param>
    /// <param name="folder">The run's folder, whether or not it exists.</param>
    /// <param name="home">The user's home.</param>
    /// <param name="hookFolder">Where the startup hook lies; <see langword="null"/> for the run's folder.</param>
    /// <param name="launcherFolder">Where the launchers lie; <see langword="null"/> for the run's folder.</param>
    public static FormPaths Of(InjectionPlan plan, TrustSnapshot snapshot, string folder, string home, string? hookFolder = null, string? launcherFolder = null)
    {
        var paths = new FormPaths { Home = home };
        Add(TrustForms.Bundle, snapshot.CleanBundlePath, Bundle);
        Add(TrustForms.HashedFolder, null, HashedFolder);
        Add(TrustForms.Folder, snapshot.SystemFolderPath, HashedFolder);
        Add(TrustForms.EmptyFolder, null, EmptyFolder);
        Add(TrustForms.JavaKeyStore, null, JavaKeyStore);
        Add(TrustForms.Launchers, launcherFolder, Launchers);
        Add(TrustForms.StartupHook, hookFolder is null ? null : Path.Combine(hookFolder, StartupHook), StartupHook);
        foreach (var file in plan.Files) paths.Add(file.Name, Path.Combine(folder, file.Name));
        return paths;

        void Add(TrustForms form, string? native, string name)
        {
            if (plan.Forms.HasFlag(form)) paths.Add(form, native ?? Path.Combine(folder, name));
        }
    }
}
