using System.Text.Unicode;

namespace NativeCerts.Certificates;

/// <summary>
/// Finds the blocks of a PEM text (RFC 7468) leniently, on bytes: any line ends, a byte order mark, indentation, foreign text
/// between blocks, END and BEGIN on one line. A block that is cut off by the next BEGIN costs only itself.
/// </summary>
internal ref struct PemReader(ReadOnlySpan<byte> text)
{
    private const int LongestLabel = 64;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _position;

    // Where a block was cut off by the next BEGIN, which may stand behind the cut-off line.
    private int _restart = -1;

    private static ReadOnlySpan<byte> Dashes => "-----"u8;

    private static ReadOnlySpan<byte> Begin => "-----BEGIN "u8;

    private static ReadOnlySpan<byte> End => "-----END "u8;

    /// <summary>What the current block holds.</summary>
    public PemLabel Label { get; private set; }

    /// <summary>Where the current block begins.</summary>
    public int Start { get; private set; }

    /// <summary>The text between the current block's first and last line.</summary>
    public ReadOnlySpan<byte> Body { get; private set; }

    /// <summary>Where the current block's body begins.</summary>
    public int BodyStart { get; private set; }

    /// <summary>Whether the current block ends with an END line that fits its BEGIN line.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>
    /// Whether all that was read so far has the strict form that every consumer reads: blocks with the label CERTIFICATE only,
    /// LF, lines of 64 or 76 columns, nothing between but blank lines and lines that start with '#'.
    /// </summary>
    public bool IsStrict { get; private set; } = true;

    /// <summary>Goes to the next block.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Read()
    {
        var gap = _position;
        while (true)
        {
            var offset = _text[_position..].IndexOf(Begin);
            if (offset < 0)
            {
                IsStrict &= IsComment(_text[gap..]);
                _position = _text.Length;
                return false;
            }

            Start = _position + offset;
            _position = Start + Begin.Length;
            if (Start != _restart && !IsAtLineStart(Start)) continue;
            var label = ReadLabel(_text[_position..]);
            if (label.IsEmpty) continue;
            IsStrict &= IsComment(_text[gap..Start]);
            _position += label.Length + Dashes.Length;
            Label = Classify(label);
            ReadBody(label);
            return true;
        }
    }

    private void ReadBody(ReadOnlySpan<byte> label)
    {
        var bodyStart = _position;
        while (true)
        {
            var offset = _text[_position..].IndexOf(Dashes);
            if (offset < 0)
            {
                Finish(bodyStart, _text.Length, _text.Length, false);
                return;
            }

            _position += offset;
            var rest = _text[_position..];
            if (rest.StartsWith(End))
            {
                var after = rest[End.Length..];
                var fits = after.StartsWith(label) && after[label.Length..].StartsWith(Dashes);
                Finish(bodyStart, _position, _position + End.Length + (fits ? label.Length + Dashes.Length : 0), fits);
                return;
            }

            if (rest.StartsWith(Begin) && IsAfterBase64(_position))
            {
                _restart = _position;
                Finish(bodyStart, _position, _position, false);
                return;
            }

            _position++;
        }
    }

    private void Finish(int bodyStart, int bodyEnd, int next, bool isWhole)
    {
        BodyStart = bodyStart;
        Body = _text[bodyStart..bodyEnd];
        IsWhole = isWhole;
        _position = next;
        IsStrict &= isWhole && Label == PemLabel.Certificate && (Start == 0 || _text[Start - 1] == '\n')
            && next < _text.Length && _text[next] == '\n' && PemBody.IsStrict(Body);
    }

    /// <summary>
    /// Whether only white space, a byte order mark or the dashes of an END line stand before a BEGIN on its line. A BEGIN behind
    /// anything else, a <c>#</c> above all, is no block: OpenSSL and Go do not read it, so it must not become trusted here.
    /// </summary>
    private readonly bool IsAtLineStart(int position)
    {
        var before = _text[..position].TrimEnd(" \t"u8);
        return before.IsEmpty || before[^1] is (byte)'\n' or (byte)'\r' or (byte)'-' || before.EndsWith("\uFEFF"u8);
    }

    private readonly bool IsAfterBase64(int position) =>
        IsAtLineStart(position) || char.IsAsciiLetterOrDigit((char)_text[position - 1]) || _text[position - 1] is (byte)'+' or (byte)'/' or (byte)'=';

    private static ReadOnlySpan<byte> ReadLabel(ReadOnlySpan<byte> text)
    {
        var line = text[..Math.Min(text.Length, LongestLabel + Dashes.Length)];
        var length = line.IndexOf(Dashes);
        return length <= 0 || line[..length].ContainsAny((byte)'\n', (byte)'\r') ? default : line[..length];
    }

    private static PemLabel Classify(ReadOnlySpan<byte> label) =>
        label.SequenceEqual("CERTIFICATE"u8) ? PemLabel.Certificate
        : label.SequenceEqual("TRUSTED CERTIFICATE"u8) ? PemLabel.TrustedCertificate
        : label.SequenceEqual("X509 CERTIFICATE"u8) ? PemLabel.OldCertificate
        : label.EndsWith("PRIVATE KEY"u8) ? PemLabel.PrivateKey
        : PemLabel.Other;

    // Fedora and Arch put a comment before each certificate; every consumer reads their bundles.
    private static bool IsComment(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            var length = text.IndexOf((byte)'\n');
            var line = length < 0 ? text : text[..length];
            if (!line.IsEmpty && (line[0] != '#' || !Utf8.IsValid(line) || line.ContainsAnyInRange((byte)0, (byte)8) || line.Contains((byte)'\r') || line.IndexOf(Dashes) >= 0)) return false;
            if (length < 0) return line.IsEmpty;
            text = text[(length + 1)..];
        }

        return true;
    }
}
