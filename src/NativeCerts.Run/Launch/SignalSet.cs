using System.Runtime.InteropServices;

namespace NativeCerts.Run.Launch;

/// <summary>
/// A <c>sigset_t</c>: bit n-1 is signal n. glibc and musl hand over 1024 bits, macOS 32; only the first 64 have a meaning.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
internal struct SignalSet
{
    private ulong _signals;

    /// <summary>A set of the given signals.</summary>
    public static SignalSet Of(params ReadOnlySpan<int> signals)
    {
        var set = default(SignalSet);
        foreach (var signal in signals) set.Add(signal);
        return set;
    }

    /// <summary>A set by its bits: bit n-1 is signal n.</summary>
    public static SignalSet FromBits(ulong bits) => new() { _signals = bits };

    /// <summary>The set's bits: bit n-1 is signal n.</summary>
    public readonly ulong Bits => _signals;

    /// <summary>Adds a signal, 1 to 64.</summary>
    public void Add(int signal) => _signals |= 1UL << (signal - 1);

    /// <summary>Takes a signal, 1 to 64, out.</summary>
    public void Remove(int signal) => _signals &= ~(1UL << (signal - 1));

    /// <summary>Whether the signal is in the set.</summary>
    public readonly bool Contains(int signal) => (_signals & (1UL << (signal - 1))) != 0;
}
