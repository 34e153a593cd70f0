using System.Globalization;
using System.Numerics;
using System.Text;

namespace NativeCerts.Certificates;

/// <summary>An OBJECT IDENTIFIER in the dotted form in which people look it up.</summary>
internal static class ObjectIdentifier
{
    /// <summary>The dotted form.</summary>
    /// <param name="content">A valid content (<see cref="DerReader.TryReadObjectIdentifier"/>).</param>
    public static string ToText(ReadOnlySpan<byte> content)
    {
        var text = new StringBuilder();
        var arc = BigInteger.Zero;
        foreach (var octet in content)
        {
            arc = (arc << 7) + (octet & 0x7F);
            if (octet >= 0x80) continue;
            if (text.Length > 0)
            {
                text.Append('.').Append(arc.ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                // X.690, 8.19.4: the first two arcs share one number.
                var first = arc < 80 ? (int)arc / 40 : 2;
                text.Append(CultureInfo.InvariantCulture, $"{first}.{arc - first * 40}");
            }

            arc = BigInteger.Zero;
        }

        return text.ToString();
    }
}
