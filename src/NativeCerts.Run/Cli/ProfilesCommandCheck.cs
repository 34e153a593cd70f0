using NativeCerts.Run.Launch;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Cli;

/// <summary><c>nctrust profiles check</c>: a line for what is right and for what is wrong with each file, as compilers print them, so that editors jump there.</summary>
internal static class ProfilesCommandCheck
{
    private const int Broken = 1;
    private const string StandardInput = "-";

    /// <summary>Carries it out.</summary>
    /// <param name="files">The files; <c>-</c> for standard input.</param>
    /// <returns>0 where a run would use all of them.</returns>
    public static int Run(IReadOnlyList<string> files)
    {
        var environment = ProcessEnvironment.Current();
        var read = files.Select(Read).ToList();
        var own = read.Select(each => each.Profile).OfType<ToolProfile>().Concat(UserProfiles.Load(environment).Profiles).ToList();
        var broken = false;
        for (var at = 0; at < files.Count; at++)
        {
            var (profile, problem) = read[at];
            if (profile is not null) problem ??= FindProblem(profile, files[at], [.. read.Take(at).Select(each => each.Profile).OfType<ToolProfile>()], own, environment);
            broken |= problem is not null;
            Console.Out.WriteLine(problem ?? $"{files[at]}: ok, profile `{profile!.Name}`");
            if (profile is not null) foreach (var warning in Warnings(profile)) Console.Out.WriteLine($"{files[at]}: warning: {warning}");
        }

        return broken ? Broken : 0;
    }

    private static (ToolProfile? Profile, string? Problem) Read(string file)
    {
        try
        {
            return (ProfileReader.Read(file == StandardInput ? ReadStandardInput() : File.ReadAllBytes(file), file), null);
        }
        catch (ProfileFormatException e)
        {
            return (null, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"{file}: cannot be read: {Reason(e)}");
        }
    }

    private static string Reason(Exception e) => e switch
    {
        UnauthorizedAccessException => "permission denied, or a folder",
        FileNotFoundException or DirectoryNotFoundException => "no such file",
        _ => e.Message.Split(" : ")[0].TrimEnd('.'),
    };

    private static byte[] ReadStandardInput()
    {
        using var input = Console.OpenStandardInput();
        using var content = new MemoryStream();
        input.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>What a run would skip the profile for.</summary>
    private static string? FindProblem(ToolProfile profile, string file, List<ToolProfile> before, List<ToolProfile> own, ProcessEnvironment environment)
    {
        if (before.Exists(other => other.Name == profile.Name)) return $"{file}: another of these files has the name `{profile.Name}`";
        if (profile.Runtime is { } runtime && ProfileRegistry.Builtin.Find(runtime) is null && !own.Exists(other => other.Name == runtime)) return $"{file}: its runtime `{runtime}` is no profile";
        if (file == StandardInput || Path.GetDirectoryName(Path.GetFullPath(file)) != UserProfiles.Locate(environment)) return null;
        return UserProfiles.Flaw(Path.GetFullPath(file), environment) is { } flaw ? $"{file}: it {flaw}" : null;
    }

    private static IEnumerable<string> Warnings(ToolProfile profile)
    {
        if (ProfileRegistry.Builtin.Find(profile.Name) is not null) yield return $"it takes the place of the built-in profile `{profile.Name}`";
        foreach (var program in profile.Match)
        {
            if (ProfileRegistry.Builtin.Match(program) is { } other && other.Name != profile.Name) yield return $"the program `{program}` belongs to the built-in profile `{other.Name}`, whose rules it then does without";
        }

        if (profile.Probe.Count == 0) yield return "it has no `probe`, so nothing can show that it works";
    }
}
