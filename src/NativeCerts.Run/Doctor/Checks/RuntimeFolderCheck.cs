using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run.Doctor.Checks;

/// <summary>Where a run's files lie: the user's alone, and on a disk from which launchers can be started.</summary>
internal static class RuntimeFolderCheck
{
    /// <summary>Looks.</summary>
    public static IEnumerable<Finding> Find(DoctorContext context)
    {
        string folder;
        try
        {
            folder = RuntimeFolder.Locate(context.Environment);
        }
        catch (RunFailedException e)
        {
            return [Finding.Problem(e.Message, new Remedy(e.Hint))];
        }

        if (Directory.Exists(folder) && !RuntimeFolder.IsPrivate(folder)) return [Finding.Problem($"the runtime folder `{folder}` is not yours alone, so what is trusted could be changed there", new Remedy("remove it", $"rm -r {folder}"))];
        var parent = Path.GetDirectoryName(folder)!;
        return MountOptions(context, parent).Contains("noexec")
            ? [Finding.Warning($"`{parent}` is mounted `noexec`: tools that arguments alone reach follow nctrust only where they are what it starts", new Remedy("point `XDG_RUNTIME_DIR` at a folder of yours with mode 0700 on another disk"))]
            : [Finding.Note($"the files of a run lie in `{folder}`")];
    }

    /// <summary>The options of the mount that a path lies on: proc(5), <c>/proc/self/mountinfo</c>.</summary>
    private static IReadOnlyList<string> MountOptions(DoctorContext context, string path)
    {
        var best = ("", (IReadOnlyList<string>)[]);
        foreach (var line in ProcessFiles.Lines(context.Below("/proc/self/mountinfo")))
        {
            var fields = line.Split(' ');
            if (fields.Length < 6) continue;
            var point = fields[4];
            if ((path == point || path.StartsWith(point.TrimEnd('/') + "/", StringComparison.Ordinal)) && point.Length >= best.Item1.Length) best = (point, fields[5].Split(','));
        }

        return best.Item2;
    }
}
