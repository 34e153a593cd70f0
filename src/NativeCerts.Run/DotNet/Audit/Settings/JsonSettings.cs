using System.Text.Json;

namespace NativeCerts.Run.DotNet.Audit.Settings;

/// <summary>The values of a JSON settings file, each with its line; comments and commas too many are allowed, as .NET's own reader has it.</summary>
internal static class JsonSettings
{
    /// <summary>Reads them.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static List<Setting> Read(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) content = content[3..];
        var settings = new List<Setting>();
        var reader = new Utf8JsonReader(content, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var name = "";
        var (line, counted) = (1, 0);
        while (reader.Read())
        {
            line += content[counted..(int)reader.TokenStartIndex].Count((byte)'\n');
            counted = (int)reader.TokenStartIndex;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.GetString()!;
                    break;
                case JsonTokenType.String:
                    settings.Add(new(name, reader.GetString()!, line));
                    break;
                case JsonTokenType.True or JsonTokenType.False:
                    settings.Add(new(name, reader.TokenType is JsonTokenType.True ? "true" : "false", line));
                    break;
                case JsonTokenType.Number:
                    settings.Add(new(name, System.Text.Encoding.UTF8.GetString(reader.ValueSpan), line));
                    break;
            }
        }

        return settings;
    }
}
