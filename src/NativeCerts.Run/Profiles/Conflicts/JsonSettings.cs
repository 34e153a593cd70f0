using System.Text.Json;

namespace NativeCerts.Run.Profiles.Conflicts;

/// <summary>Settings files in JSON, with comments and commas at the end as tools allow them.</summary>
internal static class JsonSettings
{
    /// <summary>Whether a file is an object in JSON, lines of comments in front aside.</summary>
    public static bool Is(ReadOnlySpan<byte> content)
    {
        while (true)
        {
            content = content.TrimStart(" \t\r\n"u8);
            if (!content.StartsWith("//"u8)) return !content.IsEmpty && content[0] == '{';
            var end = content.IndexOf((byte)'\n');
            if (end < 0) return false;
            content = content[end..];
        }
    }

    /// <summary>Every value with the names that lead to it as its section; each of a list by itself. What follows a mistake is left out.</summary>
    public static IReadOnlyList<SettingEntry> Read(ReadOnlySpan<byte> content)
    {
        var entries = new List<SettingEntry>();
        var reader = new Utf8JsonReader(content, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var names = new Stack<string>();
        var (name, line, counted) = ("", 1, 0);
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        name = reader.GetString()!;
                        break;
                    case JsonTokenType.StartObject:
                        names.Push(name);
                        break;
                    case JsonTokenType.StartArray:
                        // What is in a list has the list's name.
                        names.Push("");
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        name = names.Pop();
                        break;
                    default:
                        line += content[counted..(int)reader.TokenStartIndex].Count((byte)'\n');
                        counted = (int)reader.TokenStartIndex;
                        entries.Add(new(Section(names), name, reader.TokenType == JsonTokenType.String ? reader.GetString() : System.Text.Encoding.UTF8.GetString(reader.ValueSpan), line));
                        break;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A file that its own tool would refuse too: what was read so far is all there is.
        }

        return entries;
    }

    /// <summary>The names around a value; a list inside a list has none of its own.</summary>
    private static string Section(Stack<string> names)
    {
        var section = "";
        foreach (var name in names)
        {
            if (name.Length > 0) section = section.Length == 0 ? name : name + "." + section;
        }

        return section;
    }
}
