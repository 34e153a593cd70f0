using System.Runtime.InteropServices;

namespace NativeCerts.Run.Launch;

/// <summary>An <c>argv</c> or <c>envp</c>: a NULL-terminated array of pointers to NUL-terminated bytes, in one block outside the heap.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly byte** _pointers;

    /// <summary>Lays the strings out, in their order.</summary>
    /// <param name="strings">Bytes without NUL.</param>
    public NativeStrings(IReadOnlyList<byte[]> strings)
    {
        var size = (nuint)(strings.Count + 1) * (nuint)sizeof(byte*);
        for (var i = 0; i < strings.Count; i++) size += (nuint)strings[i].Length + 1;
        _pointers = (byte**)NativeMemory.Alloc(size);
        var next = (byte*)(_pointers + strings.Count + 1);
        for (var i = 0; i < strings.Count; i++)
        {
            _pointers[i] = next;
            strings[i].CopyTo(new Span<byte>(next, strings[i].Length));
            next[strings[i].Length] = 0;
            next += strings[i].Length + 1;
        }

        _pointers[strings.Count] = null;
    }

    /// <summary>The array, for as long as this object lives.</summary>
    public byte** Pointers => _pointers;

    /// <inheritdoc/>
    public void Dispose() => NativeMemory.Free(_pointers);
}
