using System.Text;

namespace NativeCerts.Run.Profiles.Detection;

/// <summary>Splits a shell script into the words of its simple commands, without running or expanding anything.</summary>
/// <remarks>https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html, "Token Recognition" and "Quoting".</remarks>
/// <param name="text">The script.</param>
internal sealed class ShellLexer(string text)
{
    private readonly StringBuilder _word = new();
    private readonly Queue<string> _hereDocuments = new();
    private int _position;

    /// <summary>Reads the words up to the next end of a command.</summary>
    /// <returns>The words, perhaps none, or <see langword="null"/> at the end of the script.</returns>
    public List<ShellWord>? NextCommand()
    {
        if (_position >= text.Length) return null;
        var words = new List<ShellWord>();
        while (_position < text.Length)
        {
            var character = text[_position];
            if (character is ' ' or '\t' or '\r') _position++;
            else if (character == '\\' && Peek(1) == '\n') _position += 2;
            else if (character == '#') SkipLine();
            else if (character is '<' or '>') SkipRedirection();
            else if (character == '&' && Peek(1) == '>') _position++;
            else if (character is '\n' or ';' or '&' or '|' or '(' or ')')
            {
                _position++;
                if (character == '\n') SkipHereDocuments();
                return words;
            }
            else words.Add(ReadWord());
        }

        return words;
    }

    private char Peek(int ahead) => _position + ahead < text.Length ? text[_position + ahead] : '\0';

    private void SkipLine()
    {
        var end = text.IndexOf('\n', _position);
        _position = end < 0 ? text.Length : end;
    }

    private void SkipRedirection()
    {
        var hereDocument = text[_position] == '<' && Peek(1) == '<' && Peek(2) != '<';
        while (_position < text.Length && text[_position] is '<' or '>' or '&' or '-' or '|' && _position < text.Length) _position++;
        while (_position < text.Length && text[_position] is ' ' or '\t') _position++;
        if (_position >= text.Length || text[_position] is '\n' or ';' or '&' or '|' or '(' or ')') return;
        var target = ReadWord();
        if (hereDocument) _hereDocuments.Enqueue(target.Pattern);
    }

    private void SkipHereDocuments()
    {
        while (_hereDocuments.TryDequeue(out var delimiter))
        {
            while (_position < text.Length)
            {
                var start = _position;
                SkipLine();
                var line = text.AsSpan(start, _position - start).TrimStart('\t').TrimEnd('\r');
                if (_position < text.Length) _position++;
                if (line.SequenceEqual(delimiter)) break;
            }
        }
    }

    private ShellWord ReadWord()
    {
        _word.Clear();
        string? variable = null;
        var parts = 0;
        while (_position < text.Length && text[_position] is not (' ' or '\t' or '\r' or '\n' or ';' or '&' or '|' or '(' or ')' or '<' or '>'))
        {
            var character = text[_position];
            if (character == '\'') ReadSingleQuoted();
            else if (character == '"') ReadDoubleQuoted(ref variable, ref parts);
            else ReadPart(ref variable, ref parts);
            if (character is not '"') parts++;
        }

        return new ShellWord(_word.ToString(), parts == 1 ? variable : null);
    }

    private void ReadSingleQuoted()
    {
        var end = text.IndexOf('\'', _position + 1);
        if (end < 0) end = text.Length;
        _word.Append(text, _position + 1, end - _position - 1);
        _position = Math.Min(end + 1, text.Length);
    }

    private void ReadDoubleQuoted(ref string? variable, ref int parts)
    {
        _position++;
        while (_position < text.Length && text[_position] != '"')
        {
            ReadPart(ref variable, ref parts);
            parts++;
        }

        _position = Math.Min(_position + 1, text.Length);
    }

    private void ReadPart(ref string? variable, ref int parts)
    {
        var character = text[_position];
        if (character == '\\' && _position + 1 < text.Length)
        {
            if (text[_position + 1] != '\n') _word.Append(text[_position + 1]);
            _position += 2;
        }
        else if (character == '`')
        {
            var end = text.IndexOf('`', _position + 1);
            _position = end < 0 ? text.Length : end + 1;
            _word.Append(ShellWord.UnknownCharacter);
        }
        else if (character == '$' && Peek(1) == '(')
        {
            _position++;
            SkipNested('(', ')');
            _word.Append(ShellWord.UnknownCharacter);
        }
        else if (character == '$' && Peek(1) == '{')
        {
            var name = ReadBraces();
            if (parts == 0) variable = name;
        }
        else if (character == '$' && (char.IsAsciiLetter(Peek(1)) || Peek(1) == '_'))
        {
            var start = ++_position;
            while (_position < text.Length && (char.IsAsciiLetterOrDigit(text[_position]) || text[_position] == '_')) _position++;
            if (parts == 0) variable = text[start.._position];
            _word.Append(ShellWord.UnknownCharacter);
        }
        else if (character == '$')
        {
            _position += _position + 1 < text.Length && text[_position + 1] is not ('"' or '\'' or ' ' or '\n') ? 2 : 1;
            _word.Append(ShellWord.UnknownCharacter);
        }
        else
        {
            // A pattern or a brace list may become several words: only the shell knows.
            _word.Append(character is '*' or '?' ? ShellWord.UnknownCharacter : character);
            _position++;
        }
    }

    /// <summary>Reads <c>${NAME}</c>; of <c>${NAME:-word}</c> and <c>${NAME:=word}</c> the word is the pattern.</summary>
    private string ReadBraces()
    {
        var start = _position + 2;
        _position++;
        SkipNested('{', '}');
        var inside = text.AsSpan(start, Math.Max(0, _position - 1 - start));
        var end = 0;
        while (end < inside.Length && (char.IsAsciiLetterOrDigit(inside[end]) || inside[end] == '_')) end++;
        var name = inside[..end].ToString();
        var rest = inside[end..].TrimStart(':');
        if (rest.Length > 1 && rest[0] is '-' or '=' && rest.IndexOfAny("$`*?\\") < 0) _word.Append(rest[1..].Trim("\"'"));
        else _word.Append(ShellWord.UnknownCharacter);
        return name;
    }

    private void SkipNested(char open, char close)
    {
        var depth = 0;
        while (_position < text.Length)
        {
            var character = text[_position++];
            if (character == '\\') _position = Math.Min(_position + 1, text.Length);
            else if (character == '\'' && close == ')') _position = Math.Min(IndexAfter('\''), text.Length);
            else if (character == open) depth++;
            else if (character == close && --depth == 0) return;
        }
    }

    private int IndexAfter(char character)
    {
        var at = text.IndexOf(character, _position);
        return at < 0 ? text.Length : at + 1;
    }
}
