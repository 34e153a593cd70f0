using System.Text;

namespace NativeCerts.Run.DotNet.Audit.Settings;

/// <summary>The attributes of an XML settings file, each with its line; of <c>&lt;add key="a" value="b"/&gt;</c> the value goes by its key.</summary>
/// <remarks>Only attributes hold settings there, so this reads them and no more: a whole XML reader would be the largest part of the program.</remarks>
internal static class XmlSettings
{
    /// <summary>Reads them.</summary>
    /// <exception cref="FormatException">A comment or an element has no end.</exception>
    public static List<Setting> Read(byte[] content)
    {
        using var reader = new StreamReader(new MemoryStream(content), Encoding.UTF8);
        var text = reader.ReadToEnd();
        var settings = new List<Setting>();
        var (line, at) = (1, 0);
        while (text.IndexOf('<', at) is >= 0 and var start)
        {
            line += text.AsSpan(at, start - at).Count('\n');
            var isComment = string.CompareOrdinal(text, start, "<!--", 0, 4) == 0;
            var end = isComment ? text.IndexOf("-->", start, StringComparison.Ordinal) : EndOfElement(text, start);
            if (end < 0) throw new FormatException();
            if (!isComment) ReadAttributes(text[start..end], line, settings);
            line += text.AsSpan(start, end - start).Count('\n');
            at = end;
        }

        return settings;
    }

    private static int EndOfElement(string text, int start)
    {
        var quote = '\0';
        for (var at = start; at < text.Length; at++)
        {
            if (quote != '\0') quote = text[at] == quote ? '\0' : quote;
            else if (text[at] is '"' or '\'') quote = text[at];
            else if (text[at] == '>') return at;
        }

        return -1;
    }

    private static void ReadAttributes(string element, int line, List<Setting> settings)
    {
        var found = new List<Setting>();
        for (var at = 0; element.IndexOf('=', at) is >= 0 and var equals;)
        {
            var open = equals + 1;
            while (open < element.Length && char.IsWhiteSpace(element[open])) open++;
            if (open >= element.Length || element[open] is not ('"' or '\'')) return;
            var close = element.IndexOf(element[open], open + 1);
            if (close < 0) return;
            var name = element[at..equals].TrimEnd();
            name = name[(name.LastIndexOfAny([' ', '\t', '\r', '\n']) + 1)..];
            found.Add(new(name, Plain(element[(open + 1)..close]), line + element.AsSpan(0, equals).Count('\n')));
            at = close + 1;
        }

        var key = found.Find(each => each.Name is "key" or "name")?.Value;
        settings.AddRange(found.Select(each => key is not null && each.Name is "value" or "connectionString" ? each with { Name = key ?? each.Name } : each));
    }

    private static string Plain(string value) => value
        .Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&apos;", "'", StringComparison.Ordinal)
        .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);
}
