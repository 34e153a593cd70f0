using System.Runtime.InteropServices;

namespace NativeCerts.Run.Launch.PrivateStore;

/// <summary>Mounts in a mount namespace of the calling thread's own; none of them is seen outside [mount_namespaces(7)].</summary>
internal static unsafe class PrivateMounts
{
    /// <summary>Gives the calling thread a mount namespace of its own.</summary>
    /// <returns>Why not, in the system's words; <see langword="null"/> where it has one.</returns>
    public static string? Separate() => NamespaceCalls.Unshare(NamespaceCalls.NewMounts) == 0 ? Isolate() : Reason();

    /// <summary>Whether this process may do so, found out in a thread that ends with the namespace.</summary>
    public static bool CanSeparate()
    {
        var failure = "";
        var thread = new Thread(() => failure = Separate(), 1 << 17);
        thread.Start();
        thread.Join();
        return failure is null;
    }

    /// <summary>Puts each source in its target's place, for reading only, since what were written there would be gone with the run.</summary>
    /// <exception cref="RunFailedException">One of them cannot be mounted.</exception>
    public static void Cover(IReadOnlyList<(string Source, string Target)> mounts)
    {
        var failure = Isolate();
        for (var i = 0; failure is null && i < mounts.Count; i++)
        {
            var (source, target) = mounts[i];
            if (NamespaceCalls.Mount(source, target, null, NamespaceCalls.Bind, null) != 0
                || NamespaceCalls.Mount(null, target, null, NamespaceCalls.Again | NamespaceCalls.Bind | NamespaceCalls.ReadOnly | NamespaceCalls.NoSetUser | NamespaceCalls.NoDevices | NamespaceCalls.NoExecute, null) != 0)
            {
                failure = $"`{target}` cannot be covered: {Reason()}";
            }
        }

        if (failure is not null) throw Obstacle.Failed(failure);
    }

    // A namespace starts with the mounts of the former as peers: what is mounted in one would be mounted in the other.
    private static string? Isolate() => NamespaceCalls.Mount(null, "/", null, NamespaceCalls.AllBelow | NamespaceCalls.Private, null) == 0 ? null : Reason();

    private static string Reason() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()).ToLowerInvariant();
}
