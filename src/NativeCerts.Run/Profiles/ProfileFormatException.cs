namespace NativeCerts.Run.Profiles;

/// <summary>A profile's file doesn't say what <c>profile.schema.json</c> asks for; the message is one sentence with file, line and column.</summary>
/// <param name="file">The file, as it was given.</param>
/// <param name="line">The line, from 1.</param>
/// <param name="column">The column, from 1, in characters.</param>
/// <param name="reason">What is wrong, one lower-case sentence without the place.</param>
public sealed class ProfileFormatException(string file, int line, int column, string reason)
    : FormatException($"{file}:{line}:{column}: {reason}")
{
    /// <summary>The file, as it was given.</summary>
    public string File { get; } = file;

    /// <summary>The line, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>The column, from 1, in characters.</summary>
    public int Column { get; } = column;

    /// <summary>What is wrong, without the place.</summary>
    public string Reason { get; } = reason;
}
