namespace NativeCerts.Run.DotNet.Hook;

/// <summary><c>DOTNET_STARTUP_HOOKS</c>: a list of assemblies that each .NET program loads before <c>Main</c>.</summary>
internal static class HookVariable
{
    /// <summary>The variable's name.</summary>
    public const string Name = "DOTNET_STARTUP_HOOKS";

    /// <summary>The variable that switches our hook off, if it is <c>0</c>: for the run, and for a process below it.</summary>
    public const string Switch = "NCTRUST_HOOK";

    /// <summary>What stands between two hooks.</summary>
    public static readonly char Separator = Path.PathSeparator;

    /// <summary>The list without hooks of ours: one that another run left there, or an outer run's, whose values the inner one replaces.</summary>
    /// <param name="value">The variable's value.</param>
    /// <param name="fileName">The file name of ours.</param>
    /// <returns>What others have put there, in their order; empty if nothing is left.</returns>
    public static string WithoutOurs(string value, string fileName) =>
        string.Join(Separator, value.Split(Separator).Where(hook => hook.Length > 0 && !(Path.IsPathRooted(hook) && Path.GetFileName(hook) == fileName)));

    /// <summary>Whether a path can stand in the list.</summary>
    public static bool CanHold(string path) => Path.IsPathRooted(path) && !path.Contains(Separator);
}
