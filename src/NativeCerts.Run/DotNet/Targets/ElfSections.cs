using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace NativeCerts.Run.DotNet.Targets;

/// <summary>The sections of a 64-bit little-endian ELF file: three short reads, however large it is.</summary>
/// <remarks>https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.sheader.html</remarks>
internal sealed class ElfSections
{
    private const int HeaderLength = 64, SectionHeaderLength = 64, MostSections = 512, LongestNames = 64 * 1024;

    private readonly byte[] _headers;
    private readonly byte[] _names;

    private ElfSections(byte[] headers, byte[] names) => (_headers, _names) = (headers, names);

    /// <summary>Reads them.</summary>
    /// <returns><see langword="null"/> where it is no such file, or it has no sections.</returns>
    public static ElfSections? Read(SafeFileHandle file)
    {
        Span<byte> head = stackalloc byte[HeaderLength];
        if (RandomAccess.Read(file, head, 0) < HeaderLength || !head.StartsWith("\u007fELF\u0002\u0001"u8)) return null;
        var (count, names) = (BinaryPrimitives.ReadUInt16LittleEndian(head[60..]), BinaryPrimitives.ReadUInt16LittleEndian(head[62..]));
        if (BinaryPrimitives.ReadUInt16LittleEndian(head[58..]) != SectionHeaderLength || count is 0 or > MostSections || names >= count) return null;
        var headers = new byte[count * SectionHeaderLength];
        if (RandomAccess.Read(file, headers, BinaryPrimitives.ReadInt64LittleEndian(head[40..])) < headers.Length) return null;
        var (offset, length) = Place(headers, names);
        if (length is <= 0 or > LongestNames) return null;
        var text = new byte[length];
        return RandomAccess.Read(file, text, offset) < text.Length ? null : new(headers, text);
    }

    /// <summary>Where a section lies in the file.</summary>
    /// <returns>Its offset and its length; <see langword="null"/> where there is none of that name.</returns>
    public (long Offset, long Length)? Find(ReadOnlySpan<byte> name)
    {
        for (var index = 0; index < _headers.Length / SectionHeaderLength; index++)
        {
            var at = BinaryPrimitives.ReadUInt32LittleEndian(_headers.AsSpan(index * SectionHeaderLength));
            if (at + (uint)name.Length < _names.Length && _names.AsSpan((int)at, name.Length).SequenceEqual(name) && _names[at + name.Length] == 0) return Place(_headers, index);
        }

        return null;
    }

    private static (long Offset, long Length) Place(byte[] headers, int index)
    {
        var header = headers.AsSpan(index * SectionHeaderLength);
        return (BinaryPrimitives.ReadInt64LittleEndian(header[24..]), BinaryPrimitives.ReadInt64LittleEndian(header[32..]));
    }
}
