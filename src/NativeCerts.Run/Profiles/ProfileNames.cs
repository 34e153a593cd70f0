using System.Text;

namespace NativeCerts.Run.Profiles;

/// <summary>The built-in profiles that have nothing for every command that another has not: known by their names and their programs' names, and read when they are asked for.</summary>
internal sealed class ProfileNames
{
    private readonly List<ToolProfile> _read = [];

    /// <summary>The profile, with all of its rules and nothing for people; <see langword="null"/> where none has the name.</summary>
    public ToolProfile? Find(string name)
    {
        foreach (var profile in _read)
        {
            if (profile.Name == name) return profile;
        }

        var json = BuiltinProfiles.Find(name);
        if (json.IsEmpty) return null;
        _read.Add(ProfileReader.Read(json, name, ProfileDetail.Rules));
        return _read[^1];
    }

    /// <summary>The name of the profile of a program, or <see langword="null"/>; a whole name before a pattern.</summary>
    /// <param name="fileName">The program's file name.</param>
    /// <param name="isPattern">It is a pattern that fits.</param>
    public string? Match(ReadOnlySpan<char> fileName, out bool isPattern)
    {
        Span<char> line = stackalloc char[BuiltinProfiles.LongestNames];
        string? found = null;
        for (var names = BuiltinProfiles.Names; names.IndexOf((byte)'\n') is var end && end >= 0; names = names[(end + 1)..])
        {
            // Names are ASCII: a byte is a character.
            var text = line[..Encoding.ASCII.GetChars(names[..end], line)];
            var profile = text[..text.IndexOf('\t')];
            for (text = text[(profile.Length + 1)..]; text.IndexOf('\t') is var tab && tab >= 0; text = text[(tab + 1)..])
            {
                var pattern = text[..tab];
                if (fileName.SequenceEqual(pattern))
                {
                    isPattern = false;
                    return new string(profile);
                }

                if (found is null && pattern.Contains('*') && FileNamePattern.Matches(pattern, fileName)) found = new string(profile);
            }
        }

        isPattern = found is not null;
        return found;
    }
}
