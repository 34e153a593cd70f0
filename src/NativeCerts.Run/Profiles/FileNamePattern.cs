namespace NativeCerts.Run.Profiles;

/// <summary>File names with <c>*</c> for any characters, as profiles write them.</summary>
internal static class FileNamePattern
{
    /// <summary>Whether the whole name fits the pattern.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        var star = pattern.IndexOf('*');
        if (star < 0) return name.SequenceEqual(pattern);
        if (!name.StartsWith(pattern[..star])) return false;
        pattern = pattern[(star + 1)..];
        name = name[star..];
        for (star = pattern.IndexOf('*'); star >= 0; star = pattern.IndexOf('*'))
        {
            // The first place serves: what comes later can only have more room.
            var at = name.IndexOf(pattern[..star]);
            if (at < 0) return false;
            name = name[(at + star)..];
            pattern = pattern[(star + 1)..];
        }

        return name.EndsWith(pattern);
    }
}
