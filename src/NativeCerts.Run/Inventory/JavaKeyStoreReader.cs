using System.Buffers.Binary;

namespace NativeCerts.Run.Inventory;

/// <summary>Reads the certificates of a Java key store of the old form (JKS), which needs no password.</summary>
/// <remarks>Format: <c>sun/security/provider/JavaKeyStore.java</c> of OpenJDK, versions 1 and 2. The digest at the end is left to Java.</remarks>
internal static class JavaKeyStoreReader
{
    private const uint Magic = 0xFEEDFEED;
    private const int Key = 1, Certificate = 2;

    /// <summary>Whether it is one.</summary>
    public static bool IsOne(ReadOnlySpan<byte> file) => file.Length >= 12 && BinaryPrimitives.ReadUInt32BigEndian(file) == Magic;

    /// <summary>Reads the trusted certificates; those that belong to a key are not trusted.</summary>
    /// <returns>Whether it is well-formed.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> file, List<ReadOnlyMemory<byte>> values)
    {
        var version = BinaryPrimitives.ReadInt32BigEndian(file.Span[4..]);
        var count = BinaryPrimitives.ReadInt32BigEndian(file.Span[8..]);
        file = file[12..];
        for (var i = 0; i < count; i++)
        {
            // Entry, alias, date.
            if (!TryReadInteger(ref file, out var kind) || !TrySkipText(ref file) || !TryTake(ref file, sizeof(long), out _)) return false;
            var chain = 1;
            if (kind == Key && (!TryReadInteger(ref file, out var length) || !TryTake(ref file, length, out _) || !TryReadInteger(ref file, out chain))) return false;
            for (var j = 0; j < chain; j++)
            {
                if (version == 2 && !TrySkipText(ref file)) return false;
                if (!TryReadInteger(ref file, out var size) || !TryTake(ref file, size, out var value)) return false;
                if (kind == Certificate) values.Add(value);
            }
        }

        return true;
    }

    private static bool TryReadInteger(ref ReadOnlyMemory<byte> file, out int value)
    {
        value = 0;
        if (!TryTake(ref file, sizeof(int), out var bytes)) return false;
        value = BinaryPrimitives.ReadInt32BigEndian(bytes.Span);
        return true;
    }

    private static bool TrySkipText(ref ReadOnlyMemory<byte> file) =>
        TryTake(ref file, sizeof(ushort), out var length) && TryTake(ref file, BinaryPrimitives.ReadUInt16BigEndian(length.Span), out _);

    private static bool TryTake(ref ReadOnlyMemory<byte> file, int length, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        if (length < 0 || length > file.Length) return false;
        (bytes, file) = (file[..length], file[length..]);
        return true;
    }
}
