namespace NativeCerts.Run.Doctor.Checks;

/// <summary>Tools from snaps: confined ones may not read what lies in most folders, a run's among them [https://snapcraft.io/docs/snap-confinement].</summary>
internal static class SnapCheck
{
    private const string Folder = "/snap/bin/";

    /// <summary>Looks.</summary>
    public static IEnumerable<Finding> Find(DoctorContext context) =>
        from tool in context.Tools
        where tool.Path is not null && tool.Path.Contains(Folder, StringComparison.Ordinal)
        select Finding.Warning(
            $"{tool.Profile.Title} is a snap (`{tool.Path}`): a confined one can't read the files of a run, and sees the store of its base snap instead of the system's",
            new Remedy("see whether it is confined, and install it from the distribution or its makers if it is", $"snap info --verbose {System.IO.Path.GetFileName(tool.Path)}"));
}
