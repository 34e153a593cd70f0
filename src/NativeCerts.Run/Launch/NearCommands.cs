namespace NativeCerts.Run.Launch;

/// <summary>What a mistyped command may have meant. Reads every folder of <c>PATH</c>, so it only runs when all is lost anyway.</summary>
internal static class NearCommands
{
    /// <summary>The failure of a command that is not on <c>PATH</c>, with the nearest names there as its hint.</summary>
    internal static LaunchFailure NotFound(string command, string? path)
    {
        var near = NearNames.Find(command, ProgramsOf(path));
        return new(
            LaunchFailure.NotFound,
            $"`{command}` was not found on `PATH`",
            File.Exists(command) ? $"to run the one in this folder, write `./{command}`"
            : near is [] ? "install it, or add its folder to `PATH`"
            : $"did you mean `{near[0]}`?");
    }

    /// <summary>The names of the files in each folder of <c>PATH</c>, in its order.</summary>
    private static IEnumerable<string> ProgramsOf(string? path)
    {
        foreach (var folder in (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            string[] files = [];
            try
            {
                files = Directory.GetFiles(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A folder of PATH that is not there is everyday.
            }

            foreach (var file in files) yield return Path.GetFileName(file);
        }
    }
}
