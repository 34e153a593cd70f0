namespace TestSupport.Registries;

/// <summary>A bare git repository below <c>/probe.git</c>, served as files (git's dumb HTTP protocol).</summary>
public static class GitRepository
{
    /// <summary>The file that a clone must hold.</summary>
    public const string File = "probe.txt";

    /// <summary>Makes the repository with the machine's git and serves it.</summary>
    /// <returns>Its address.</returns>
    public static async Task<string> ServeAsync(LoopbackServer server)
    {
        using var sandbox = new Sandbox();
        sandbox.Folder.Write($"work/{File}", "probe\n");
        var script = $"""
            set -e
            git init -q -b main
            git add {File}
            git -c user.name=test -c user.email=test@localhost commit -q -m probe
            git clone -q --bare . ../bare
            git --git-dir=../bare update-server-info
            """;
        (await sandbox.RunAsync(["sh", "-c", script])).MustSucceed();
        server.ServeFolder("/probe.git", sandbox.Folder["bare"]);
        return server.Url + "/probe.git";
    }
}
