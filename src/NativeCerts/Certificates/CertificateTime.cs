namespace NativeCerts.Certificates;

/// <summary>
/// The two time forms of a certificate's validity, exactly as RFC 5280, 4.1.2.5 allows them: OpenSSL parses others, but then
/// refuses to verify with them (<c>X509_cmp_time</c>).
/// </summary>
internal static class CertificateTime
{
    /// <summary>Reads a UTCTime <c>YYMMDDHHMMSSZ</c> or a GeneralizedTime <c>YYYYMMDDHHMMSSZ</c>.</summary>
    /// <param name="tag">Which of both.</param>
    /// <param name="content">Its content octets.</param>
    /// <param name="seconds">Seconds since 1970-01-01T00:00:00Z.</param>
    public static bool TryParse(byte tag, ReadOnlySpan<byte> content, out long seconds)
    {
        seconds = 0;
        var yearDigits = tag switch { DerTag.UtcTime => 2, DerTag.GeneralizedTime => 4, _ => 0 };
        if (yearDigits == 0 || content.Length != yearDigits + 11 || content[^1] != 'Z') return false;
        if (content[..^1].ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;

        var year = Number(content[..yearDigits]);
        // RFC 5280, 4.1.2.5.1: two digits mean 1950 to 2049.
        if (yearDigits == 2) year += year < 50 ? 2000 : 1900;
        content = content[yearDigits..];
        var month = Number(content[..2]);
        var day = Number(content[2..4]);
        var hour = Number(content[4..6]);
        var minute = Number(content[6..8]);
        var second = Number(content[8..10]);
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month)) return false;
        if (hour > 23 || minute > 59 || second > 59) return false;

        seconds = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks / TimeSpan.TicksPerSecond
            - DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerSecond;
        return true;
    }

    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits) number = number * 10 + digit - '0';
        return number;
    }
}
