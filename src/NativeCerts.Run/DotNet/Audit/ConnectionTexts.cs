using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.InteropServices;

namespace NativeCerts.Run.DotNet.Audit;

/// <summary>Looks whether an assembly's texts name a switch of a connection string, in the heap itself and without making a string of each.</summary>
internal static class ConnectionTexts
{
    /// <summary>Looks.</summary>
    public static unsafe bool Contains(MetadataReader metadata)
    {
        var heap = new ReadOnlySpan<byte>(metadata.MetadataPointer + metadata.GetHeapMetadataOffset(HeapIndex.UserString), metadata.GetHeapSize(HeapIndex.UserString));
        // Texts are UTF-16 and begin at any byte [ECMA-335, II.24.2.4].
        return Contains(MemoryMarshal.Cast<byte, char>(heap)) || (heap.Length > 0 && Contains(MemoryMarshal.Cast<byte, char>(heap[1..])));
    }

    private static bool Contains(ReadOnlySpan<char> text)
    {
        foreach (var word in ConnectionString.Words)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
