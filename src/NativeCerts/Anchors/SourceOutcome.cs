using NativeCerts.Certificates;

namespace NativeCerts.Anchors;

/// <summary>What came of reading one file.</summary>
internal struct SourceOutcome
{
    /// <summary>How many certificate blocks it holds, well-formed or not.</summary>
    public int Certificates;

    /// <summary>How many of them are anchors, those included that were known before.</summary>
    public int Usable;

    /// <summary>How many of them were known before.</summary>
    public int Known;

    /// <summary>Whether a private key is in it.</summary>
    public bool HasPrivateKey;

    /// <summary>Whether its form is the strict one that every consumer reads: <see cref="PemReader.IsStrict"/>, and nothing after a certificate in its block.</summary>
    public bool IsStrict;
}
