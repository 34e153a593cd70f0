using NativeCerts.Run.Doctor.Probing;

namespace NativeCerts.Run.Doctor;

/// <summary>What tools are shown, and what they are told of it.</summary>
/// <param name="Known">What is to be trusted.</param>
/// <param name="Stranger">What must not be: its root is known to nobody.</param>
/// <param name="RootFile">The root of <paramref name="Known"/>, PEM, for <c>--ca</c>.</param>
/// <param name="Store">The operating system's store with that root in it; <see langword="null"/> where tools can't be shown another.</param>
internal sealed record TrialTrust(ServerChain Known, ServerChain Stranger, string RootFile, TrialStore? Store);
