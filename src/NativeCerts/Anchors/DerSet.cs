using System.Numerics;
using System.Runtime.InteropServices;

namespace NativeCerts.Anchors;

/// <summary>A set of certificates by their DER bytes, which gives each the number of its entry.</summary>
internal sealed class DerSet
{
    private readonly List<ReadOnlyMemory<byte>> _entries = [];
    private int[] _slots = new int[512];

    /// <summary>How many certificates are in it.</summary>
    public int Count => _entries.Count;

    /// <summary>The certificate with a number.</summary>
    public ReadOnlyMemory<byte> this[int number] => _entries[number];

    /// <summary>The number of a certificate; -1 if it is not in the set.</summary>
    public int Find(ReadOnlySpan<byte> der) => _slots[Slot(der)] - 1;

    /// <summary>Adds a certificate.</summary>
    /// <returns>Whether it is new; its number then is the old count.</returns>
    public bool Add(ReadOnlyMemory<byte> der)
    {
        var slot = Slot(der.Span);
        if (_slots[slot] != 0) return false;
        _entries.Add(der);
        _slots[slot] = _entries.Count;
        if (_entries.Count * 2 > _slots.Length) Grow();
        return true;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 4];
        for (var number = 0; number < _entries.Count; number++) _slots[Slot(_entries[number].Span)] = number + 1;
    }

    private int Slot(ReadOnlySpan<byte> der)
    {
        var mask = _slots.Length - 1;
        var slot = Hash(der) & mask;
        while (_slots[slot] != 0 && !_entries[_slots[slot] - 1].Span.SequenceEqual(der)) slot = slot + 1 & mask;
        return slot;
    }

    // Over every byte, because made-up stores hold certificates that differ in one place only; four sums at once keep it at
    // some tens of nanoseconds a certificate. Who can write into the store has easier ways to do harm than collisions.
    private static int Hash(ReadOnlySpan<byte> der)
    {
        const ulong factor = 0x9E3779B97F4A7C15;
        ulong a = (ulong)der.Length, b = factor, c = ~factor, d = 0;
        for (; der.Length >= 32; der = der[32..])
        {
            var words = MemoryMarshal.Cast<byte, ulong>(der[..32]);
            a = BitOperations.RotateLeft((a ^ words[0]) * factor, 29);
            b = BitOperations.RotateLeft((b ^ words[1]) * factor, 29);
            c = BitOperations.RotateLeft((c ^ words[2]) * factor, 29);
            d = BitOperations.RotateLeft((d ^ words[3]) * factor, 29);
        }

        foreach (var octet in der) a = BitOperations.RotateLeft((a ^ octet) * factor, 29);
        var sum = ((((a * factor) ^ b) * factor ^ c) * factor ^ d) * factor;
        return (int)(sum >> 33);
    }
}
