using System.Buffers.Binary;
using System.Text;

namespace NativeCerts.Run.DotNet.Targets;

/// <summary>What an executable's own bytes tell of .NET.</summary>
/// <param name="IsNativeAot">It holds code that the NativeAOT compiler made.</param>
/// <param name="IsBundle">It holds its assemblies.</param>
/// <param name="Assembly">The assembly that the .NET SDK has written into it, as a path from its own folder; <see langword="null"/> where there is none.</param>
internal sealed record ProgramImage(bool IsNativeAot, bool IsBundle, string? Assembly)
{
    // The section in which the host keeps what is written into it; larger ones belong to other programs.
    private const int LargestData = 1 << 20;

    // SHA-256 of ".net core bundle", behind the 8 bytes that say where the bundle begins.
    // https://github.com/dotnet/runtime/blob/main/src/native/corehost/bundle/bundle_marker.cpp
    private static ReadOnlySpan<byte> BundleMarker =>
    [
        0x8b, 0x12, 0x02, 0xb9, 0x6a, 0x61, 0x20, 0x38, 0x72, 0x7b, 0x93, 0x02, 0x14, 0xd7, 0xa0, 0x32,
        0x13, 0xf5, 0xb9, 0xe6, 0xef, 0xae, 0x33, 0x18, 0xee, 0x3b, 0x2d, 0xce, 0x24, 0xb3, 0x6a, 0xae,
    ];

    /// <summary>Reads an executable.</summary>
    /// <returns><see langword="null"/> where it is no .NET program, or can't be read.</returns>
    public static ProgramImage? Read(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            if (ElfSections.Read(file) is not { } sections) return null;
            if (sections.Find("__managedcode"u8) is not null) return new(true, false, null);
            if (sections.Find(".data"u8) is not ({ } offset, > 0 and <= LargestData and { } length)) return null;
            var data = new byte[length];
            return RandomAccess.Read(file, data, offset) < data.Length ? null : OfHost(data);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static ProgramImage? OfHost(ReadOnlySpan<byte> data)
    {
        var marker = data.IndexOf(BundleMarker);
        if (marker < sizeof(long)) return null;
        var isBundle = BinaryPrimitives.ReadInt64LittleEndian(data[(marker - sizeof(long))..]) != 0;
        var end = data.IndexOf(".dll\0"u8);
        var start = end < 0 ? -1 : data[..end].LastIndexOf((byte)0) + 1;
        return new(false, isBundle, start < 0 ? null : Encoding.UTF8.GetString(data[start..(end + 4)]));
    }
}
