using System.Buffers.Binary;
using System.Runtime.InteropServices;
using NativeCerts.Certificates;

namespace NativeCerts.Run.TrustFolder;

/// <summary>The name of a folder that tells all that what is in it is made from: a digest of parts, each with its length.</summary>
/// <remarks>No strength of SHA-1 is needed: the folders are the user's alone, and whoever chooses what they are made from is trusted already.</remarks>
internal struct ContentName
{
    private Sha1 _digest = new();

    /// <summary>Begins with nothing.</summary>
    public ContentName()
    {
    }

    /// <summary>Adds a part.</summary>
    public void Append(ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, part.Length);
        _digest.Append(length);
        _digest.Append(part);
    }

    /// <summary>Adds a text.</summary>
    public void Append(ReadOnlySpan<char> text) => Append(MemoryMarshal.AsBytes(text));

    /// <summary>Adds a list of texts.</summary>
    public void Append(IReadOnlyList<string> texts)
    {
        Append([(char)texts.Count]);
        foreach (var text in texts) Append(text);
    }

    /// <summary>The name: forty letters and digits. Nothing can be added afterwards.</summary>
    public string Finish()
    {
        Span<byte> result = stackalloc byte[Sha1.DigestLength];
        _digest.Finish(result);
        return Convert.ToHexStringLower(result);
    }
}
