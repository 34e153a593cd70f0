namespace NativeCerts.Certificates;

/// <summary>The names that an authority may speak for (RFC 5280, 4.2.1.10), as far as they are about servers: DNS names and addresses.</summary>
/// <param name="PermittedNames">DNS suffixes; without one every name is permitted.</param>
/// <param name="ExcludedNames">DNS suffixes.</param>
/// <param name="PermittedAddresses">Networks: address and mask, 8 or 32 bytes; without one every address is permitted.</param>
/// <param name="ExcludedAddresses">Networks, in the same form.</param>
internal sealed record NameConstraints(IReadOnlyList<string> PermittedNames, IReadOnlyList<string> ExcludedNames, IReadOnlyList<byte[]> PermittedAddresses, IReadOnlyList<byte[]> ExcludedAddresses)
{
    private const int DnsName = 2, Address = 7;

    /// <summary>Reads the extension's value.</summary>
    /// <returns><see langword="null"/> where it is malformed.</returns>
    public static NameConstraints? Read(ReadOnlySpan<byte> value)
    {
        var reader = new DerReader(value);
        if (!reader.TryRead(DerTag.Sequence, out var content) || !reader.IsEmpty) return null;
        var lists = new DerReader(content);
        List<string> permittedNames = [], excludedNames = [];
        List<byte[]> permittedAddresses = [], excludedAddresses = [];
        if (lists.TryRead(DerTag.Context(0), out var permitted) && !TryRead(permitted, permittedNames, permittedAddresses)) return null;
        if (lists.TryRead(DerTag.Context(1), out var excluded) && !TryRead(excluded, excludedNames, excludedAddresses)) return null;
        return lists.IsEmpty ? new(permittedNames, excludedNames, permittedAddresses, excludedAddresses) : null;
    }

    /// <summary>Whether a DNS name may be spoken for.</summary>
    public bool Allows(string name) =>
        (PermittedNames.Count == 0 || PermittedNames.Any(suffix => IsWithin(name, suffix))) && !ExcludedNames.Any(suffix => IsWithin(name, suffix));

    /// <summary>Whether an address, of 4 or 16 bytes, may be spoken for.</summary>
    public bool Allows(ReadOnlySpan<byte> address)
    {
        var isPermitted = PermittedAddresses.Count == 0;
        foreach (var network in PermittedAddresses) isPermitted |= IsWithin(address, network);
        foreach (var network in ExcludedAddresses) isPermitted &= !IsWithin(address, network);
        return isPermitted;
    }

    private static bool TryRead(ReadOnlySpan<byte> subtrees, List<string> names, List<byte[]> addresses)
    {
        var list = new DerReader(subtrees);
        while (!list.IsEmpty)
        {
            if (!list.TryRead(DerTag.Sequence, out var subtree)) return false;
            var parts = new DerReader(subtree);
            if (!parts.TryRead(out var tag, out var name)) return false;
            if (tag == DerTag.ContextPrimitive(DnsName)) names.Add(ExtensionDetails.Printable(name));
            else if (tag == DerTag.ContextPrimitive(Address)) addresses.Add(name.ToArray());
        }

        return true;
    }

    // "Any DNS name that can be constructed by simply adding zero or more labels to the left-hand side of the name satisfies the constraint."
    private static bool IsWithin(string name, string suffix)
    {
        suffix = suffix.TrimStart('.');
        if (suffix.Length == 0) return true;
        return name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) && (name.Length == suffix.Length || name[^(suffix.Length + 1)] == '.');
    }

    private static bool IsWithin(ReadOnlySpan<byte> address, byte[] network)
    {
        if (network.Length != address.Length * 2) return false;
        for (var i = 0; i < address.Length; i++)
        {
            if (((address[i] ^ network[i]) & network[address.Length + i]) != 0) return false;
        }

        return true;
    }
}
