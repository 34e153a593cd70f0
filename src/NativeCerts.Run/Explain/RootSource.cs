namespace NativeCerts.Run.Explain;

/// <summary>Where a tool has its roots from, if nobody tells it otherwise.</summary>
internal enum RootSource
{
    /// <summary>The operating system's store.</summary>
    Store,

    /// <summary>What is compiled into Node.js.</summary>
    Node,

    /// <summary>The <c>cacerts</c> of the Java that runs it.</summary>
    Java,

    /// <summary>Python's certifi.</summary>
    Certifi,

    /// <summary>A copy of Mozilla's list that it brings.</summary>
    Mozilla,
}
