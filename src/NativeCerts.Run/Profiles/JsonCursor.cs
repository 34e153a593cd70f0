using System.Text;
using System.Text.Json;

namespace NativeCerts.Run.Profiles;

/// <summary>A place in a JSON file that can say, in one sentence with line and column, what is wrong there.</summary>
internal ref struct JsonCursor
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly string _file;
    private readonly List<string> _texts = [];
    private Utf8JsonReader _reader;

    /// <param name="json">The file's content.</param>
    /// <param name="file">The file's name, for errors.</param>
    /// <param name="detail">Whether <see cref="ReadProse"/> is to read.</param>
    public JsonCursor(ReadOnlySpan<byte> json, string file, ProfileDetail detail)
    {
        Detail = detail;
        // Editors on Windows write it; Utf8JsonReader refuses it.
        _json = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
        _file = file;
        _reader = new Utf8JsonReader(_json, new JsonReaderOptions { AllowMultipleValues = true });
    }

    /// <summary>How much is read.</summary>
    public ProfileDetail Detail { get; }

    /// <summary>What is only for people is left out.</summary>
    public readonly bool RulesOnly => Detail != ProfileDetail.All;

    public readonly JsonTokenType Token => _reader.TokenType;

    /// <summary>Goes to the next token.</summary>
    public void MoveNext()
    {
        if (!MoveNextValue()) throw new ProfileFormatException(_file, 1, 1, "the file is empty, a profile is a JSON object");
    }

    /// <summary>Goes to the next token, if there is one.</summary>
    public bool MoveNextValue()
    {
        try
        {
            return _reader.Read();
        }
        catch (JsonException exception)
        {
            var end = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            var reason = end < 0 ? exception.Message : exception.Message[..end];
            throw ErrorAt(OffsetOf(exception), $"not JSON: {reason.TrimEnd('.')}");
        }
    }

    /// <summary>Goes into the object that has to come next.</summary>
    /// <param name="name">What it is, for errors.</param>
    /// <returns>Where it begins, for errors on the whole of it.</returns>
    public int StartObject(string name)
    {
        MoveNext();
        return Token == JsonTokenType.StartObject ? Position : throw Unexpected(name, "an object");
    }

    /// <summary>Goes to the next field of an object.</summary>
    /// <param name="seen">The fields before it; it is added.</param>
    /// <returns>Its name; <see langword="null"/> where the object ends.</returns>
    public string? NextField(List<string> seen)
    {
        MoveNext();
        if (Token == JsonTokenType.EndObject) return null;
        var field = Text;
        if (seen.Contains(field)) throw Error($"field `{field}` is given twice");
        seen.Add(field);
        return field;
    }

    /// <summary>The token's text, UTF-8: a field's name or a string.</summary>
    public readonly ReadOnlySpan<byte> Utf8Text => _reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(Text) : _reader.ValueSpan;

    /// <summary>The token's text: a field's name or a string.</summary>
    public readonly string Text
    {
        get
        {
            // The most frequent text by far.
            if (_reader.ValueTextEquals("{bundle}"u8)) return Placeholders.Bundle;
            try
            {
                return _reader.GetString() ?? "";
            }
            catch (InvalidOperationException)
            {
                throw Error("this text isn't valid UTF-8");
            }
        }
    }

    /// <summary>Reads the text that comes next.</summary>
    public string ReadText(string field)
    {
        MoveNext();
        if (Token != JsonTokenType.String) throw Unexpected(field, "a text");
        return Text;
    }

    /// <summary>Reads the text that comes next, which must say something.</summary>
    public string ReadFilledText(string field)
    {
        var text = ReadText(field);
        if (text.AsSpan().Trim().IsEmpty) throw Error($"`{field}` must not be empty");
        return text;
    }

    /// <summary>Reads the text that comes next, which is only for people and must say something.</summary>
    public string ReadProse(string field)
    {
        if (!RulesOnly) return ReadFilledText(field);
        MoveNext();
        return "";
    }

    /// <summary>Reads the list that comes next, which is only for people.</summary>
    public string[] ReadProseList(string field, Func<string, string?>? findProblem = null)
    {
        if (!RulesOnly) return ReadTexts(field, findProblem);
        MoveNext();
        _reader.Skip();
        return [];
    }

    /// <summary>Reads the list of texts that comes next.</summary>
    /// <param name="field">The list's field, for errors.</param>
    /// <param name="findProblem">Says what is wrong with a text, if something is.</param>
    public string[] ReadTexts(string field, Func<string, string?>? findProblem = null)
    {
        MoveNext();
        if (Token != JsonTokenType.StartArray) throw Unexpected(field, "a list of texts");
        _texts.Clear();
        for (MoveNext(); Token != JsonTokenType.EndArray; MoveNext())
        {
            if (Token != JsonTokenType.String) throw Unexpected(field, "a list of texts");
            _texts.Add(Text);
            if (findProblem?.Invoke(_texts[^1]) is { } problem) throw Error(problem);
        }

        if (_texts.Count == 0) throw Error($"`{field}` must hold something, or be left out");
        return [.. _texts];
    }

    /// <summary>Reads the truth value that comes next.</summary>
    public bool ReadBoolean(string field)
    {
        MoveNext();
        if (Token is not (JsonTokenType.True or JsonTokenType.False)) throw Unexpected(field, "true or false");
        return Token == JsonTokenType.True;
    }

    /// <summary>The error of a value of the wrong type.</summary>
    public readonly ProfileFormatException Unexpected(string field, string wanted) =>
        Error($"`{field}` must be {wanted}, not {Describe(_reader.TokenType)}");

    /// <summary>An error at the current token.</summary>
    public readonly ProfileFormatException Error(string reason) => ErrorAt((int)_reader.TokenStartIndex, reason);

    /// <summary>Where the current token begins, for an error that is found later.</summary>
    public readonly int Position => (int)_reader.TokenStartIndex;

    /// <summary>An error at a place that was remembered with <see cref="Position"/>.</summary>
    public readonly ProfileFormatException ErrorAt(int offset, string reason)
    {
        var before = _json[..Math.Min(offset, _json.Length)];
        var line = before.Count((byte)'\n') + 1;
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return new ProfileFormatException(_file, line, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1, reason);
    }

    private readonly int OffsetOf(JsonException exception)
    {
        var offset = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--) offset += _json[offset..].IndexOf((byte)'\n') + 1;
        return offset + (int)(exception.BytePositionInLine ?? 0);
    }

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        _ => "null",
    };
}
