using NativeCerts.Certificates;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run.Inventory;

/// <summary>A learned intermediate, to look at.</summary>
/// <param name="Learned">It, with the servers that it was learned for.</param>
/// <param name="Details">What it says.</param>
/// <param name="Flaw">Why tools are not given it; <see langword="null"/> where they are.</param>
internal sealed record LearnedEntry(LearnedIntermediate Learned, CertificateDetails Details, string? Flaw);
