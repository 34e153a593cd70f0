namespace NativeCerts.Run.Profiles.Conflicts;

/// <summary>
/// Settings files of lines, leniently: ini, properties, TOML, YAML, shell assignments and mutt's, <c>key value</c>, options as on a command line
/// (curl's <c>--cacert x</c>, the JVM's <c>-Dkey=value</c>), and the attributes and texts of XML.
/// </summary>
/// <remarks>It knows what these have in common, not each grammar: a line that none of them would have is no setting, and no error.</remarks>
internal sealed class LineSettings
{
    private readonly List<SettingEntry> _entries = [];
    private readonly List<(int Indent, string Name)> _around = [];
    private string _header = "";
    private bool _isComment;

    /// <summary>Reads all of a file.</summary>
    public IReadOnlyList<SettingEntry> Read(string text)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var trimmed = line.Trim();
            if (trimmed.IsEmpty) continue;
            if (_isComment || trimmed[0] == '<') ReadMarkup(trimmed, number);
            else if (trimmed[0] is not ('#' or ';' or '!') && !trimmed.StartsWith("//") && !trimmed.StartsWith("/*")) ReadLine(trimmed, line.Length - line.TrimStart().Length, number);
        }

        return _entries;
    }

    private void ReadLine(ReadOnlySpan<char> line, int indent, int number)
    {
        if (line[0] == '[' && line.IndexOf(']') is var close and > 0)
        {
            _header = Header(line[1..close].Trim('['));
            _around.Clear();
            return;
        }

        if ((line[0] == '-' && line.Length > 1 && line[1] != ' ') || line.StartsWith("\"-"))
        {
            ReadOptions(line, number);
            return;
        }

        var isItem = line.StartsWith("- ");
        if (isItem) line = line[2..].TrimStart();
        if (indent > 0 && _entries is [.., { Value: "" } open] && (isItem || !line.ContainsAny('=', ':')))
        {
            // A list below its key: pip's trusted-host, and YAML's.
            _entries[^1] = open with { Value = Value(line, false) };
            return;
        }

        if (line.StartsWith("export ")) line = line[7..].TrimStart();
        // mutt's `set name=value`.
        else if (line.StartsWith("set ") && line.Contains('=')) line = line[4..].TrimStart();
        ReadPair(line, indent, number);
    }

    private void ReadPair(ReadOnlySpan<char> line, int indent, int number)
    {
        var rest = line;
        var isQuoted = line[0] is '"' or '\'';
        var key = isQuoted ? Quoted(ref rest) : Word(ref rest);
        if (key.Length == 0) return;
        var separator = rest.TrimStart();
        var isNesting = separator.StartsWith(":");
        var hasValue = separator.Length > 0 && (isNesting || separator[0] == '=' || rest.Length > separator.Length);
        if (separator is [':' or '=', ..]) separator = separator[1..];
        // npm's way to write a list.
        if (key.EndsWith("[]", StringComparison.Ordinal)) key = key[..^2];
        while (_around.Count > 0 && _around[^1].Indent >= indent) _around.RemoveAt(_around.Count - 1);
        var value = hasValue ? Value(separator.Trim(), isQuoted) : null;
        var section = Section();
        _entries.Add(new(section, key, value, number));
        if (isNesting && value is "") _around.Add((indent, key));
        if (value is ['{', .., '}']) ReadTable(section.Length == 0 ? key : $"{section}.{key}", value.AsSpan()[1..^1], number);
    }

    /// <summary>A table on one line, TOML's <c>{ a = "b", c = 1 }</c> and YAML's <c>{ a: b }</c>.</summary>
    private void ReadTable(string section, ReadOnlySpan<char> rest, int number)
    {
        for (rest = rest.TrimStart(); !rest.IsEmpty; rest = rest.TrimStart(" \t,"))
        {
            var key = rest[0] is '"' or '\'' ? Quoted(ref rest) : Word(ref rest);
            rest = rest.TrimStart();
            if (key.Length == 0 || rest is not ['=' or ':', ..]) return;
            rest = rest[1..].TrimStart();
            if (rest is ['"' or '\'', ..])
            {
                _entries.Add(new(section, key, Quoted(ref rest), number));
                continue;
            }

            var end = rest.IndexOf(',') is var comma and >= 0 ? comma : rest.Length;
            _entries.Add(new(section, key, rest[..end].Trim().ToString(), number));
            rest = rest[end..];
        }
    }

    /// <summary>Options as on a command line; in a word with <c>=</c> the value is behind it, otherwise it is the next word.</summary>
    private void ReadOptions(ReadOnlySpan<char> line, int number)
    {
        string? key = null;
        for (var rest = line; !rest.IsEmpty; rest = rest.TrimStart())
        {
            var word = rest[0] is '"' or '\'' ? Quoted(ref rest) : Argument(ref rest);
            if (!word.StartsWith('-'))
            {
                // curl reads `--cacert = x` as well.
                if (key is null || word is "=") continue;
                _entries[^1] = _entries[^1] with { Value = word };
                key = null;
                continue;
            }

            var equals = word.IndexOf('=', StringComparison.Ordinal);
            key = (equals < 0 ? word : word[..equals]).TrimStart('-');
            if (key.Length > 0) _entries.Add(new("", key, equals < 0 ? null : Unquoted(word[(equals + 1)..]), number));
            if (equals >= 0 || key.Length == 0) key = null;
        }
    }

    /// <summary>The attributes of a line of XML, and the text of an element that is closed on it.</summary>
    private void ReadMarkup(ReadOnlySpan<char> line, int number)
    {
        while (!line.IsEmpty)
        {
            if (_isComment || line.StartsWith("<!--"))
            {
                var end = line.IndexOf("-->");
                _isComment = end < 0;
                if (end < 0) return;
                line = line[(end + 3)..].TrimStart();
                continue;
            }

            var open = line.IndexOf('<');
            if (open < 0) return;
            line = line[open..];
            if (line.StartsWith("<!--")) continue;
            var close = line.IndexOf('>');
            var tag = close < 0 ? line[1..] : line[1..close];
            line = close < 0 ? [] : line[(close + 1)..];
            ReadTag(tag.TrimEnd('/'), line, number);
        }
    }

    private void ReadTag(ReadOnlySpan<char> tag, ReadOnlySpan<char> behind, int number)
    {
        var name = Word(ref tag);
        while (true)
        {
            tag = tag.TrimStart();
            var attribute = Word(ref tag);
            tag = tag.TrimStart();
            if (attribute.Length == 0 || tag is not ['=', ..]) break;
            tag = tag[1..].TrimStart();
            if (tag is not ['"' or '\'', ..]) break;
            _entries.Add(new("", attribute, Quoted(ref tag), number));
        }

        var end = behind.IndexOf("</");
        if (name.Length > 0 && end > 0 && behind[(end + 2)..].StartsWith(name) && !behind[..end].Contains('<')) _entries.Add(new("", name, behind[..end].Trim().ToString(), number));
    }

    private string Section()
    {
        var section = _header;
        foreach (var (_, name) in _around) section = section.Length == 0 ? name : section + "." + name;
        return section;
    }

    /// <summary>git's <c>http "https://host"</c> is below <c>http</c>.</summary>
    private static string Header(ReadOnlySpan<char> header)
    {
        header = header.Trim();
        var quote = header.IndexOf('"');
        if (quote <= 0) return header.Trim("\"'").ToString();
        return $"{header[..quote].TrimEnd(" .")}.{header[quote..].Trim('"')}";
    }

    /// <summary>A value without quotes, or without the comment behind it.</summary>
    private static string Value(ReadOnlySpan<char> text, bool hasComma)
    {
        if (text is ['"' or '\'', ..])
        {
            var quoted = text;
            var value = Quoted(ref quoted);
            // What stands behind the quote is a comment, a comma, or the value was no quoted one.
            if (quoted.Trim() is "" or [',' or '#' or ';' or '/', ..]) return value;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if ((text[i] is '#' or ';' || text[i..].StartsWith("//")) && (i == 0 || char.IsWhiteSpace(text[i - 1]))) text = text[..i].TrimEnd();
        }

        return (hasComma ? text.TrimEnd(',') : text).ToString();
    }

    private static string Unquoted(string text) => text is ['"' or '\'', _, ..] && text[^1] == text[0] ? text[1..^1] : text;

    /// <summary>Takes a key; a colon or dashes in front of it are not part of it.</summary>
    private static string Word(ref ReadOnlySpan<char> text)
    {
        text = text.TrimStart(":");
        var end = 0;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('=' or ':')) end++;
        var word = text[..end].ToString();
        text = text[end..];
        return word;
    }

    /// <summary>Takes a word of a command line; quotes inside it keep blanks in it.</summary>
    private static string Argument(ref ReadOnlySpan<char> text)
    {
        var quote = '\0';
        var end = 0;
        for (; end < text.Length && (quote != '\0' || !char.IsWhiteSpace(text[end])); end++)
        {
            if (quote == '\0' && text[end] is '"' or '\'') quote = quote == '\0' ? text[end] : quote;
            else if (text[end] == quote) quote = '\0';
        }

        var word = text[..end].ToString();
        text = text[end..];
        return word;
    }

    /// <summary>Takes what is between quotes; a backslash keeps the character behind it.</summary>
    private static string Quoted(ref ReadOnlySpan<char> text)
    {
        var quote = text[0];
        var value = new System.Text.StringBuilder();
        var at = 1;
        for (; at < text.Length && text[at] != quote; at++)
        {
            if (quote == '"' && text[at] == '\\' && at + 1 < text.Length && text[at + 1] is '"' or '\\') at++;
            if (at < text.Length) value.Append(text[at]);
        }

        text = at < text.Length ? text[(at + 1)..] : [];
        return value.ToString();
    }
}
