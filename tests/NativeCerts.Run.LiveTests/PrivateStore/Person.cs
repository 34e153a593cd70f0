using TestSupport;

namespace NativeCerts.Run.LiveTests.PrivateStore;

/// <summary>Who runs a command: this user, or, where that is root, an ordinary one with the sandbox for his own.</summary>
public static class Person
{
    // Not nobody's: that is how every other user looks in a user namespace.
    private const string Somebody = "54321";

    /// <summary>The names for test data.</summary>
    public static TheoryData<string> Names => ["root", "an ordinary user"];

    /// <summary>Ends the test where there is no such person.</summary>
    public static void Require(string name)
    {
        if (name == "root" && !Environment.IsPrivilegedProcess) Tools.Missing("this is not root");
        if (IsOther(name)) Tools.Require("setpriv");
    }

    /// <summary>Makes a sandbox his own; nothing is to be written in it by us from then on, but what all may read.</summary>
    public static async Task OwnAsync(string name, Sandbox sandbox)
    {
        if (IsOther(name)) (await sandbox.RunAsync(["chown", "-R", $"{Somebody}:{Somebody}", sandbox.Folder.Path])).MustSucceed();
    }

    /// <summary>The command as he runs it.</summary>
    public static IReadOnlyList<string> As(string name, IReadOnlyList<string> command) =>
        IsOther(name) ? ["setpriv", $"--reuid={Somebody}", $"--regid={Somebody}", "--clear-groups", "--", .. command] : command;

    private static bool IsOther(string name) => name != "root" && Environment.IsPrivilegedProcess;
}
