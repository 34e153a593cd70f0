namespace NativeCerts.Run.Profiles;

/// <summary>Where a tool has its roots from, if nobody tells it otherwise.</summary>
public enum RootSource
{
    /// <summary>The operating system's store, or what <c>SSL_CERT_FILE</c> and <c>SSL_CERT_DIR</c> put in its place.</summary>
    System,

    /// <summary>The operating system's store, whatever these variables say.</summary>
    SystemFiles,

    /// <summary>What is compiled into Node.js.</summary>
    Node,

    /// <summary>The <c>cacerts</c> of the Java that runs it.</summary>
    Java,

    /// <summary>The package certifi of the Python that runs it.</summary>
    Certifi,

    /// <summary>The certifi that is inside of the pip of the Python that runs it.</summary>
    Pip,

    /// <summary>A copy of Mozilla's list that it brings.</summary>
    Mozilla,

    /// <summary>None of these, or what its settings say: only a trial tells.</summary>
    Unknown,
}
