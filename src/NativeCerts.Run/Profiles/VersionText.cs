using System.Buffers;
using System.Globalization;

namespace NativeCerts.Run.Profiles;

/// <summary>Finds the version in what a tool prints.</summary>
internal static class VersionText
{
    private const int MostNumbers = 4;

    private static readonly SearchValues<byte> DigitsAndDot = SearchValues.Create("0123456789."u8);

    /// <summary>The first two to four numbers with dots between them: <c>v22.15.0</c>, <c>Python 3.11.2</c>, <c>go1.21.5</c>, <c>"1.8.0_392"</c>.</summary>
    /// <param name="output">What the tool printed.</param>
    /// <returns><see langword="null"/> where there is none.</returns>
    public static Version? Find(ReadOnlySpan<byte> output)
    {
        while (true)
        {
            var start = output.IndexOfAnyInRange((byte)'0', (byte)'9');
            if (start < 0) return null;
            output = output[start..];
            var length = output.IndexOfAnyExcept(DigitsAndDot);
            if (Read(length < 0 ? output : output[..length]) is { } version) return version;
            if (length < 0) return null;
            output = output[length..];
        }
    }

    /// <summary>A run of digits and dots, which begins with a digit.</summary>
    private static Version? Read(ReadOnlySpan<byte> run)
    {
        Span<int> numbers = stackalloc int[MostNumbers];
        var count = 0;
        while (count < MostNumbers && run.Length > 0 && run[0] != '.')
        {
            var end = run.IndexOf((byte)'.');
            // A number that long is a date or a digest.
            if (!int.TryParse(end < 0 ? run : run[..end], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[count])) return null;
            count++;
            run = end < 0 ? [] : run[(end + 1)..];
        }

        return count switch
        {
            < 2 => null,
            2 => new(numbers[0], numbers[1]),
            3 => new(numbers[0], numbers[1], numbers[2]),
            _ => new(numbers[0], numbers[1], numbers[2], numbers[3]),
        };
    }
}
