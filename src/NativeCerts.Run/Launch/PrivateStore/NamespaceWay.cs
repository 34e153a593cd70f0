namespace NativeCerts.Run.Launch.PrivateStore;

/// <summary>How a private mount namespace is come by, the most transparent way first.</summary>
public enum NamespaceWay
{
    /// <summary>With this process's own right to mount (root): nothing else changes for the command.</summary>
    OwnRight,

    /// <summary>In a user namespace made by util-linux's <c>unshare</c>, which becomes the command: signals, job control and exit codes stay direct.</summary>
    UserNamespace,

    /// <summary>By <c>bwrap</c> (bubblewrap), which stays as a parent: for kernels that allow a user namespace to that program alone.</summary>
    Bubblewrap,
}
