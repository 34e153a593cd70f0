using NativeCerts.Run.Launch;

namespace NativeCerts.Run.Doctor.Probing;

/// <summary>The environment of a probe: empty but for what a tool needs to start at all, with a home of its own.</summary>
internal static class ProbeEnvironment
{
    /// <summary>The folders of the user's that a probe has its own of.</summary>
    private static readonly (string Variable, string Folder)[] Folders =
    [
        ("HOME", "home"), ("XDG_CONFIG_HOME", "config"), ("XDG_CACHE_HOME", "cache"), ("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state"), ("XDG_RUNTIME_DIR", "runtime"), ("TMPDIR", "tmp"),
    ];

    /// <summary>Where tools are, who asks, and in which language: none of it says what is trusted. A folder into which a tool would install something is not among them.</summary>
    private static readonly string[] Kept =
    [
        "PATH", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH",
        "JAVA_HOME", "DOTNET_ROOT", "DOTNET_ROOT_X64", "GOROOT", "PYENV_ROOT", "RBENV_ROOT", "NODENV_ROOT", "ASDF_DIR", "ASDF_DATA_DIR",
    ];

    /// <summary>A JVM that ends soon has no use for what it compiles thoroughly and collects in parallel: a quarter of its time. A variable that every JVM reads would be told of on stderr, where scripts look for a version.</summary>
    private const string ShortLived = "-XX:+IgnoreUnrecognizedVMOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto";

    /// <summary>What keeps tools from asking somebody, from telling somebody, and from what they do at their first start only.</summary>
    private static readonly (string Name, string Value)[] Fixed =
    [
        ("TERM", "dumb"),
        ("NO_COLOR", "1"),
        ("DO_NOT_TRACK", "1"),
        // Go makes its module cache read-only otherwise, and the folder could not be removed.
        ("GOFLAGS", "-modcacherw"),
        ("DOTNET_NOLOGO", "1"),
        ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
        ("DOTNET_GENERATE_ASPNET_CERTIFICATE", "false"),
        ("GIT_TERMINAL_PROMPT", "0"),
        ("JAVA_OPTS", ShortLived),
        ("MAVEN_OPTS", ShortLived),
        ("ANT_OPTS", ShortLived),
        // A keyring daemon may wait for somebody to answer.
        ("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring"),
    ];

    /// <summary>Makes it, and the folders that it names.</summary>
    /// <param name="user">The user's environment.</param>
    /// <param name="folder">An empty folder of the probe's own.</param>
    /// <param name="more">Other variables of the user's to keep.</param>
    public static ProcessEnvironment Make(ProcessEnvironment user, string folder, params IReadOnlyList<string> more)
    {
        var environment = new ProcessEnvironment([]);
        foreach (var name in Kept.Concat(more))
        {
            if (user.GetBytes(name) is { } value) environment.Set(name, value);
        }

        foreach (var (name, value) in Fixed) environment.Set(name, value);
        foreach (var (name, below) in Folders) environment.Set(name, ProbeFolder.Make(Path.Combine(folder, below)));
        return environment;
    }
}
