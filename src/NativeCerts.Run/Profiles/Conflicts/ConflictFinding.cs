namespace NativeCerts.Run.Profiles.Conflicts;

/// <summary>A conflict that was found.</summary>
public sealed record ConflictFinding
{
    private const int LongestText = 100;

    /// <summary>The profile whose rule it is.</summary>
    public required ToolProfile Profile { get; init; }

    /// <summary>The rule.</summary>
    public required ConflictRule Rule { get; init; }

    /// <summary>What comes of it.</summary>
    public required FindingEffect Effect { get; init; }

    /// <summary>What was found, fit for a terminal: <c>strict-ssl=false</c>, <c>NODE_TLS_REJECT_UNAUTHORIZED=0</c>, <c>-k</c>.</summary>
    public required string Text { get; init; }

    /// <summary>The variable that it stands in, if it does.</summary>
    public string? Variable { get; init; }

    /// <summary>The file that it stands in, if it does: an absolute path.</summary>
    public string? File { get; init; }

    /// <summary>The line of <see cref="File"/>, from 1; <see langword="null"/> where the file as a whole is meant.</summary>
    public int? Line { get; init; }

    /// <summary>The certificates that it names, a file or a folder: an absolute path, whether or not it leads anywhere.</summary>
    public string? Certificates { get; init; }

    /// <summary>Where it stands: <c>/home/me/.npmrc:3</c>, the variable's name, or <c>the command line</c>.</summary>
    public string Place => File is not null ? $"{Printable(File, int.MaxValue)}{(Line is null ? "" : $":{Line}")}" : Variable ?? "the command line";

    /// <summary>What it means, one lower-case sentence with what to do.</summary>
    public string Message
    {
        get
        {
            var names = Rule.Kind is ConflictKind.File ? "holds" : "names";
            var found = File is not null ? Line is null ? $"`{Place}`" : $"`{Text}` in `{Place}`" : Variable is not null ? $"`{Text}`" : $"`{Text}` on the command line";
            var tool = Profile.Title.Length > 0 ? Profile.Title : Profile.Name;
            var sentence = Effect switch
            {
                FindingEffect.Insecure => $"{found} switches the verification of {tool} off: {Rule.Why}",
                FindingEffect.Overrules => $"{found} overrules nctrust: {Rule.Why}",
                FindingEffect.Certificates => $"{found} {names} certificates of {tool}: they are trusted for this run",
                FindingEffect.Kept => $"{found} stays in force: {tool} goes by it, and not by the OS store",
                _ => $"{found} is the project's, which can't add certificates: {tool} goes by the OS store alone",
            };
            return Fix is null ? sentence : $"{sentence} (`{Fix}`)";
        }
    }

    /// <summary>The finding with the words for people, which a silent run's profiles lack.</summary>
    public ConflictFinding Explained()
    {
        if (Profile.Title.Length > 0 || Profile.IsBrief) return this;
        var explained = ProfileRegistry.Explain(Profile);
        for (var i = 0; i < Profile.Conflicts.Count; i++)
        {
            if (ReferenceEquals(Profile.Conflicts[i], Rule)) return this with { Profile = explained, Rule = explained.Conflicts[i] };
        }

        return this;
    }

    /// <summary>Whether a run says so unasked: it is about a tool that the user started, and that does not do what the user expects.</summary>
    /// <param name="targets">The names of the profiles of what was started.</param>
    public bool IsWarning(IEnumerable<string> targets) => Effect is not FindingEffect.Certificates && targets.Contains(Profile.Name);

    /// <summary>A command that ends it, if there is one.</summary>
    public string? Fix => Effect is not (FindingEffect.Kept or FindingEffect.Displaced) ? Rule.Fix
        : Certificates is null ? null : $"nctrust run --ca {Printable(Certificates, int.MaxValue)} -- ...";

    /// <summary>A text of the user's or a project's without what would steer a terminal, and not longer than a line.</summary>
    public static string Printable(string text, int longest = LongestText)
    {
        var letters = (text.Length > longest ? text[..longest] + "..." : text).ToCharArray();
        for (var i = 0; i < letters.Length; i++)
        {
            if (char.IsControl(letters[i]) || letters[i] == '`') letters[i] = '?';
        }

        return new(letters);
    }
}
