using NativeCerts.StartupHook;

/// <summary>What the runtime calls before <c>Main</c>. This folder is a template that knows no path: each run bakes its own into a copy.</summary>
/// <remarks>
/// The name and the place of the type are the runtime's (https://github.com/dotnet/runtime/blob/main/docs/design/features/host-startup-hook.md).
/// Fail-safe before everything: nothing is thrown, nothing printed, and all of it calls nothing but the C library, so that it
/// works where a trimmed program has left little of the framework.
/// </remarks>
internal static class StartupHook
{
    /// <summary>Restores the variables that trust depends on.</summary>
    public static void Initialize()
    {
        try
        {
            TrustVariables.Restore();
        }
        catch
        {
            // The program then has what its environment says.
        }
    }
}
