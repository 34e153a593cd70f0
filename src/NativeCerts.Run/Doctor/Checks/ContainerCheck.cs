namespace NativeCerts.Run.Doctor.Checks;

/// <summary>Whether this is a container: its store is its image's, not the host's.</summary>
internal static class ContainerCheck
{
    private static readonly (string File, string Name)[] Marks = [("/.dockerenv", "Docker"), ("/run/.containerenv", "Podman"), ("/run/systemd/container", "systemd")];

    /// <summary>Looks.</summary>
    public static IEnumerable<Finding> Find(DoctorContext context) =>
        Marks.Where(mark => File.Exists(context.Below(mark.File))).Take(1).Select(mark => Finding.Note(
            $"this is a container ({mark.Name}): what it trusts is its image's store, and not the host's",
            new Remedy("a root of the host's has to be put into the image, or mounted into it")));
}
