using System.Text;

namespace NativeCerts.Run.Launch.PrivateStore;

/// <summary>Why there is no private mount namespace here, in a user's words, and what to do then.</summary>
internal static class Obstacle
{
    private static string AsRoot => Environment.IsPrivilegedProcess ? "start the container with `--cap-add SYS_ADMIN`, where root needs no user namespace" : "run it as root, which needs no user namespace";

    /// <summary>Neither way is open.</summary>
    /// <param name="unshare">What <c>unshare</c> said; <see langword="null"/> where it is not installed.</param>
    /// <param name="bubblewrap">What <c>bwrap</c> said; <see langword="null"/> where it is not installed.</param>
    public static RunFailedException Explain(string? unshare, string? bubblewrap)
    {
        const string start = "`--private-store` needs a mount namespace of its own, and";
        if (unshare is null && bubblewrap is null) return new($"{start} neither `unshare` (util-linux) nor `bwrap` (bubblewrap) is on `PATH`", $"install `bubblewrap`, or {AsRoot}");

        // user_namespaces(7) and Debian's and Ubuntu's own switches.
        if (Setting("user/max_user_namespaces") == "0") return new($"{start} this kernel is told to allow none: `user.max_user_namespaces` is 0", $"`sudo sysctl user.max_user_namespaces=10000`, or {AsRoot}");
        if (Setting("kernel/unprivileged_userns_clone") == "0") return new($"{start} this kernel is told to allow it to root alone: `kernel.unprivileged_userns_clone` is 0", $"`sudo sysctl kernel.unprivileged_userns_clone=1`, or {AsRoot}");
        if (Setting("kernel/apparmor_restrict_unprivileged_userns") == "1") return new($"{start} AppArmor allows it to known programs alone: `kernel.apparmor_restrict_unprivileged_userns` is 1", $"give `bwrap` its AppArmor profile (`bwrap-userns-restrict` of the package `apparmor-profiles`), or {AsRoot}");
        var words = unshare is not null && bubblewrap is not null ? $"`{unshare}`, `{bubblewrap}`" : $"`{unshare ?? bubblewrap}`";
        return IsFiltered()
            ? new($"{start} this container's filter of system calls (seccomp) forbids it: {words}", "add the certificate to the container's own store, or start the container with `--cap-add SYS_ADMIN`")
            : new($"{start} this system forbids it: {words}", AsRoot);
    }

    /// <summary>A namespace was made, and then something in it could not be.</summary>
    public static RunFailedException Failed(string reason) => new($"the private store cannot be put in the place of the system's: {reason}", "run it without `--private-store`, or see which security module forbids mounts with `dmesg | tail`");

    private static string Setting(string name) => Encoding.UTF8.GetString(LibC.ReadAll(Encoding.UTF8.GetBytes($"/proc/sys/{name}\0"))).Trim();

    private static bool IsFiltered() => LibC.ReadAll("/proc/self/status\0"u8).AsSpan().IndexOf("\nSeccomp:\t2"u8) >= 0;
}
