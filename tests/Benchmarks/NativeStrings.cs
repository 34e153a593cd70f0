using System.Runtime.InteropServices;

namespace Benchmarks;

/// <summary>A null-terminated array of C strings.</summary>
internal sealed class NativeStrings : IDisposable
{
    private readonly nint[] _strings;
    private readonly GCHandle _handle;

    /// <summary>Copies the strings, as UTF-8.</summary>
    public NativeStrings(IReadOnlyList<string> strings)
    {
        _strings = [.. strings.Select(Marshal.StringToCoTaskMemUTF8), 0];
        _handle = GCHandle.Alloc(_strings, GCHandleType.Pinned);
    }

    /// <summary>The array's address.</summary>
    public nint Pointer => _handle.AddrOfPinnedObject();

    /// <inheritdoc/>
    public void Dispose()
    {
        _handle.Free();
        foreach (var text in _strings) Marshal.FreeCoTaskMem(text);
    }
}
