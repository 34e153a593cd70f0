using NativeCerts.Certificates;

namespace NativeCerts.Run.Explain;

/// <summary>All that a chain is judged by: nothing else is looked at.</summary>
internal sealed record ChainInput
{
    /// <summary>What the server sent, its own certificate first; never empty.</summary>
    public required IReadOnlyList<CertificateDetails> Sent { get; init; }

    /// <summary>What is wrong with certificates that it sent and that cannot be read.</summary>
    public IReadOnlyList<string> Malformed { get; init; } = [];

    /// <summary>The name that was asked for.</summary>
    public required ServerAddress Server { get; init; }

    /// <summary>The roots that the client trusts.</summary>
    public required RootList Trusted { get; init; }

    /// <summary>What stands in the operating system's files and is left out.</summary>
    public RootList LeftOut { get; init; } = new("what is left out of the operating system's store", []);

    /// <summary>Mozilla's public list; empty where no tool ships it.</summary>
    public RootList Public { get; init; } = new("Mozilla's list", []);

    /// <summary>Other lists in which a root may be found.</summary>
    public IReadOnlyList<RootList> Others { get; init; } = [];

    /// <summary>Intermediates that were learned.</summary>
    public RootList Learned { get; init; } = new("learned", []);

    /// <summary>The file by which an administrator added a root, by the root's fingerprint.</summary>
    public IReadOnlyDictionary<string, string> Added { get; init; } = new Dictionary<string, string>();

    /// <summary>The moment.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Whether the first was signed with the second's key; <see langword="null"/> where that cannot be told.</summary>
    public required Func<CertificateDetails, CertificateDetails, bool?> Verify { get; init; }
}
