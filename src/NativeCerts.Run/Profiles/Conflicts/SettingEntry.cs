namespace NativeCerts.Run.Profiles.Conflicts;

/// <summary>One setting of a settings file.</summary>
/// <param name="Section">The section it stands in, with those around it, joined by <c>.</c>; empty for none.</param>
/// <param name="Key">Its key, without quotes and without the dashes or the colon in front.</param>
/// <param name="Value">Its value, without quotes and comments; <see langword="null"/> where the key stands alone.</param>
/// <param name="Line">Its line, from 1.</param>
internal readonly record struct SettingEntry(string Section, string Key, string? Value, int Line)
{
    /// <summary>Whether it is the setting of a name, in a section or one below it.</summary>
    /// <param name="section">The section; empty for none, <see langword="null"/> for any.</param>
    /// <param name="name">The key.</param>
    public bool Is(string? section, string name)
    {
        var wanted = name.AsSpan().TrimStart("-:");
        if (section is null) return IsSame(Key, wanted);
        if (IsSame(Key, wanted)) return IsSame(Section, section) || (section.Length > 0 && Section.Length > section.Length && Section[section.Length] == '.' && IsSame(Section.AsSpan(0, section.Length), section));
        // TOML and git's GIT_CONFIG_KEY may give section and key as one: http.cainfo.
        return Section.Length == 0 && section.Length > 0 && Key.Length > section.Length + wanted.Length && Key[section.Length] == '.'
            && Key[^(wanted.Length + 1)] == '.' && IsSame(Key.AsSpan(0, section.Length), section) && IsSame(Key.AsSpan(Key.Length - wanted.Length), wanted);
    }

    private static bool IsSame(ReadOnlySpan<char> text, ReadOnlySpan<char> other)
    {
        if (text.Length != other.Length) return false;
        // Options of one letter differ by its case: curl's -k and -K.
        if (text.Length == 1) return text[0] == other[0];
        for (var i = 0; i < text.Length; i++)
        {
            if (Plain(text[i]) != Plain(other[i])) return false;
        }

        return true;
    }

    private static char Plain(char letter) => letter == '_' ? '-' : char.ToLowerInvariant(letter);
}
