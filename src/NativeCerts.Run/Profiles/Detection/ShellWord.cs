namespace NativeCerts.Run.Profiles.Detection;

/// <summary>One word of a shell command, as far as it is plain to see.</summary>
/// <param name="Pattern">The word without its quotes; each part that only the running shell knows is one <see cref="UnknownCharacter"/>.</param>
/// <param name="Variable">The variable that alone makes up the word (<c>"$JAVACMD"</c>), or <see langword="null"/>.</param>
internal readonly record struct ShellWord(string Pattern, string? Variable = null)
{
    /// <summary>Stands for a part that only the running shell knows: no argument and no path can hold it.</summary>
    public const char UnknownCharacter = '\0';

    /// <summary>An argument that isn't plain; it names nothing.</summary>
    public const string Unknown = "\0";

    /// <summary>The word, if all of it is plain.</summary>
    public string? Text => Pattern.Length == 0 || Pattern.Contains(UnknownCharacter) ? null : Pattern;

    /// <summary>What follows the last <c>/</c>, if that is plain: <c>"$JAVA_HOME/bin/java"</c> is <c>java</c> whatever the folder.</summary>
    public string? FileName
    {
        get
        {
            var name = Pattern[(Pattern.LastIndexOf('/') + 1)..];
            return name.Length == 0 || name.Contains(UnknownCharacter) ? null : name;
        }
    }
}
