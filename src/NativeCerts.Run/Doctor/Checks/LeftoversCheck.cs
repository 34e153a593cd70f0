using NativeCerts.Run.Doctor.Probing;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run.Doctor.Checks;

/// <summary>Folders of ours whose run has ended, by a kill.</summary>
internal static class LeftoversCheck
{
    /// <summary>Looks.</summary>
    public static IEnumerable<Finding> Find(DoctorContext context)
    {
        var left = ProbeFolder.Left().ToList();
        try
        {
            var folder = RuntimeFolder.Locate(context.Environment);
            var space = RunOwner.CurrentNamespace();
            if (Directory.Exists(folder) && RuntimeFolder.IsPrivate(folder))
                left.AddRange(Directory.GetDirectories(folder).Where(run => RunOwner.Parse(Path.GetFileName(run.AsSpan())) is { } owner && owner.IsGone(space) && !Survivors.Use(run)));
        }
        catch (RunFailedException)
        {
            // Another check says what is wrong with the runtime folder.
        }

        return left.Count == 0 ? [] : [Finding.Note($"{left.Count} folders of runs that were killed lie about (`{left[0]}`)", new Remedy("the next run takes them away", "nctrust run -- true"))];
    }
}
