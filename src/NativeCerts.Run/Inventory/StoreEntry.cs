using NativeCerts.Certificates;

namespace NativeCerts.Run.Inventory;

/// <summary>One root of the store.</summary>
/// <param name="Root">The certificate and where it came from.</param>
/// <param name="Details">What it says.</param>
internal sealed record StoreEntry(TrustedRoot Root, CertificateDetails Details);
