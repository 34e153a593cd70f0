namespace NativeCerts.Run.Launch.PrivateStore;

/// <summary>The capabilities of this process [capabilities(7)], as far as a command must not get more than it would have had.</summary>
internal static unsafe class Capabilities
{
    private const int Most = 64;

    /// <summary>The bounding set: what a program that root starts gets.</summary>
    public static ulong Bounding()
    {
        var set = 0UL;
        for (var number = 0; number < Most; number++)
        {
            if (LibC.ControlProcess(NamespaceCalls.ReadBoundingCapability, (nuint)number, 0, 0, 0) == 1) set |= 1UL << number;
        }

        return set;
    }

    /// <summary>
    /// Lets the next program have no more than it would have had outside: what <c>unshare --keep-caps</c> handed down for the mounts goes,
    /// and the bounding set, which a new user namespace fills, becomes what it was.
    /// </summary>
    /// <param name="bounding">The bounding set outside.</param>
    /// <remarks>It needs the right to change capabilities, so the bounding set comes first.</remarks>
    public static void Restore(ulong bounding)
    {
        for (var number = 0; number < Most; number++)
        {
            if ((bounding & (1UL << number)) == 0) _ = LibC.ControlProcess(NamespaceCalls.DropBoundingCapability, (nuint)number, 0, 0, 0);
        }

        _ = LibC.ControlProcess(NamespaceCalls.AmbientCapabilities, NamespaceCalls.ClearAll, 0, 0, 0);
        const int sets = 2, fields = 3, inheritable = 2;
        var header = stackalloc uint[] { NamespaceCalls.ThirdVersion, 0 };
        var values = stackalloc uint[sets * fields];
        if (NamespaceCalls.GetCapabilities(header, values) != 0) return;
        for (var set = 0; set < sets; set++) values[set * fields + inheritable] = 0;
        _ = NamespaceCalls.SetCapabilities(header, values);
    }
}
