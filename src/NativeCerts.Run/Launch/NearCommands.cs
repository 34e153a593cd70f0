namespace NativeCerts.Run.Launch;

/// <summary>What a mistyped command may have meant. Reads every folder of <c>PATH</c>, so it only runs when all is lost anyway.</summary>
internal static class NearCommands
{
    /// <summary>The failure of a command that is not on <c>PATH</c>, with the nearest names there as its hint.</summary>
    internal static LaunchFailure NotFound(string command, string? path)
    {
        var near = Find(command, path);
        return new(
            LaunchFailure.NotFound,
            $"`{command}` was not found on `PATH`",
            File.Exists(command) ? $"to run the one in this folder, write `./{command}`"
            : near is null ? "install it, or add its folder to `PATH`"
            : $"did you mean `{near}`?");
    }

    private static string? Find(string command, string? path)
    {
        // One slip in a short name, two in a long one; a one-letter name is near to everything.
        var best = command.Length switch { < 2 => 0, < 6 => 1, _ => 2 } + 1;
        string? found = null;
        foreach (var folder in (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                foreach (var file in Directory.EnumerateFiles(folder))
                {
                    var name = Path.GetFileName(file);
                    if (Math.Abs(name.Length - command.Length) >= best) continue;
                    var distance = Distance(name, command);
                    if (distance < best) (best, found) = (distance, name);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A folder of PATH that is not there is everyday.
            }
        }

        return found;
    }

    /// <summary>How many letters differ, are missing, too much, or swapped with their neighbour (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, replaced);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[a.Length, b.Length];
    }
}
