namespace NativeCerts.Run.Doctor.Checks;

/// <summary>Daemons that go on with what they trusted when they were started, whoever calls them.</summary>
internal static class DaemonsCheck
{
    /// <summary>What their command lines contain, who they are, and what ends them.</summary>
    private static readonly (string Mark, string Name, string Command)[] Known =
    [
        ("org.gradle.launcher.daemon", "a Gradle daemon", "gradle --stop"),
        ("org.jetbrains.kotlin.daemon", "a Kotlin compile daemon", "kill"),
        ("/nodeReuse:true", "an MSBuild node", "dotnet build-server shutdown"),
        ("VBCSCompiler", "the C# compiler's server", "dotnet build-server shutdown"),
        ("--batch_cpu_scheduling", "a Bazel server", "bazel shutdown"),
        ("sbt-launch", "an sbt server", "sbt shutdown"),
        ("mvnd-daemon", "a Maven daemon", "mvnd --stop"),
        ("/dockerd", "the Docker engine", "sudo systemctl restart docker"),
    ];

    /// <summary>Looks.</summary>
    public static IEnumerable<Finding> Find(DoctorContext context)
    {
        var running = ProcessFiles.Commands(context.Below("/proc")).ToList();
        foreach (var (mark, name, command) in Known)
        {
            var found = running.Where(each => each.Command.Contains(mark, StringComparison.Ordinal) || each.Command.StartsWith(mark.TrimStart('/') + " ", StringComparison.Ordinal)).Select(each => each.Process).ToList();
            if (found.Count > 0) yield return Finding.Note($"{name} is running (process {string.Join(", ", found)}): it trusts what it trusted when it was started, also for what nctrust starts later", new Remedy("end it, so that the next one starts anew", command == "kill" ? $"kill {string.Join(' ', found)}" : command));
        }
    }
}
