using System.CommandLine;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Wsl;

namespace NativeCerts.Run.Cli;

/// <summary><c>--from STORE</c>: another store's roots on top of those of the operating system.</summary>
internal static class FromOption
{
    private const string Windows = "windows";

    /// <summary>Makes the option.</summary>
    public static Option<string[]> Create()
    {
        var from = new Option<string[]>("--from") { Description = "Trust what another store does, too: windows, of the Windows around a WSL", HelpName = "STORE" };
        from.CompletionSources.Add(Windows);
        return from;
    }

    /// <summary>Where their roots lie; why there are none is said.</summary>
    /// <param name="stores">The stores' names.</param>
    /// <exception cref="RunFailedException">There is no such store here.</exception>
    public static IReadOnlyList<AdditionalSource> Sources(IReadOnlyList<string>? stores)
    {
        if (stores is null or []) return [];
        if (stores.FirstOrDefault(store => store != Windows) is { } other) throw new RunFailedException($"there is no store `{other}`", $"--from {Windows}");
        return WindowsStore.Find(ProcessEnvironment.Current(), problem => Output.Warning(problem, null)) is { } source ? [source] : [];
    }
}
