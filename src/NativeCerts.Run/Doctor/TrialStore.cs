using NativeCerts.Run.Doctor.Probing;
using NativeCerts.Run.Launch;
using NativeCerts.Run.Launch.PrivateStore;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run.Doctor;

/// <summary>The operating system's store with one more root, which a tool sees in the place of the machine's in a mount namespace of its own; the machine's is not touched.</summary>
internal sealed class TrialStore
{
    private readonly PrivateNamespace _space;
    private readonly IReadOnlyList<(string Source, string Target)> _mounts;

    private TrialStore(PrivateNamespace space, IReadOnlyList<(string Source, string Target)> mounts) => (_space, _mounts) = (space, mounts);

    /// <summary>Writes it.</summary>
    /// <param name="context">Whose store it is.</param>
    /// <param name="folder">Where it is written.</param>
    /// <param name="root">The root, DER.</param>
    /// <param name="obstacle">Why there can be none here, as the end of a sentence.</param>
    /// <returns><see langword="null"/> where the system allows no mount namespace, or has no store.</returns>
    public static TrialStore? Make(DoctorContext context, ProbeFolder folder, byte[] root, out string? obstacle)
    {
        obstacle = null;
        try
        {
            var space = PrivateNamespace.Find(context.Environment.GetBytes("PATH"));
            var covered = CoveredStore.Find(context.Environment);
            var run = RunFolder.Create(RunFolder.Plan(folder.Path));
            var file = Path.Combine(folder.Path, "root.pem");
            PrivateStoreWriter.Write(run, covered, [.. context.SystemStore.Roots, new(root, file, "doctor")]);
            return new(space, covered.Mounts(run.Path));
        }
        catch (RunFailedException e)
        {
            obstacle = e.Message.Replace("`--private-store` needs a mount namespace of its own, and ", "", StringComparison.Ordinal);
            return null;
        }
    }

    /// <summary>A command that sees this store.</summary>
    public ChildCommand Wrap(ChildCommand command) => _space.Wrap(command, _mounts, SignalSet.Of());
}
