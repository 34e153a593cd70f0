using System.Globalization;
using System.Text;

namespace NativeCerts.Run.Launch.PrivateStore;

/// <summary>
/// The second start of nctrust, inside the namespace: it mounts, gives back what only the mounting needed, and becomes the command. A shell
/// could do the same, and would lose variables whose names it can't have (<c>npm_config_//host/:_authToken</c>) and the command's own <c>argv[0]</c>.
/// </summary>
public static class InsideNamespace
{
    // Words that nobody has a reason to type. The second makes the namespace first, where this process may.
    private const string Verb = "inside-private-store:", SeparateVerb = "into-private-store:";

    /// <summary>The command line that does so.</summary>
    /// <param name="command">The command to become.</param>
    /// <param name="mounts">What is to be mounted: nothing where it has been done.</param>
    /// <param name="mask">The signal mask that the command is to have.</param>
    /// <param name="separates">Whether the namespace is still to be made, by this process's own right.</param>
    internal static List<byte[]> Wrap(ChildCommand command, IReadOnlyList<(string Source, string Target)> mounts, SignalSet mask, bool separates = false)
    {
        List<string> words = [.. OwnProgram.Words, separates ? SeparateVerb : Verb, Capabilities.Bounding().ToString("x", CultureInfo.InvariantCulture), mask.Bits.ToString("x", CultureInfo.InvariantCulture), mounts.Count.ToString(CultureInfo.InvariantCulture)];
        foreach (var (source, target) in mounts) words.AddRange([source, target]);
        return [.. words.Select(Encoding.UTF8.GetBytes), command.ExecutablePath, .. command.Arguments];
    }

    /// <summary>Carries such a command line out.</summary>
    /// <param name="arguments">The whole command line of nctrust.</param>
    /// <returns><see langword="null"/> for any other command line; else why the command did not start.</returns>
    /// <exception cref="RunFailedException">Something cannot be mounted.</exception>
    public static ChildExit? Enter(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        const int fixedWords = 4;
        if (arguments.Count <= fixedWords || arguments[0] is not (Verb or SeparateVerb)) return null;
        var count = int.Parse(arguments[3], CultureInfo.InvariantCulture);
        var mounts = new List<(string, string)>(count);
        for (var i = 0; i < count; i++) mounts.Add((arguments[fixedWords + 2 * i], arguments[fixedWords + 2 * i + 1]));
        if (arguments[0] == SeparateVerb)
        {
            if (PrivateMounts.Separate() is { } failure) throw Obstacle.Failed(failure);
            PrivateMounts.Cover(mounts);
        }
        else if (count > 0)
        {
            PrivateMounts.Cover(mounts);
            Capabilities.Restore(ulong.Parse(arguments[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }

        Signals.ReplaceMask(SignalSet.FromBits(ulong.Parse(arguments[2], NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
        var words = CommandArguments.Last([.. arguments.Skip(fixedWords + 2 * count)]);
        var notStarted = ChildProcess.Replace(new(words[0], [.. words.Skip(1)], ProcessEnvironment.Current()));
        return new(notStarted.ExitCode, Failure: notStarted);
    }
}
