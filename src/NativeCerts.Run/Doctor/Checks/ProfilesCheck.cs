namespace NativeCerts.Run.Doctor.Checks;

/// <summary>Profiles of the user's own that can't be used.</summary>
internal static class ProfilesCheck
{
    /// <summary>Looks.</summary>
    public static IEnumerable<Finding> Find(DoctorContext context) => context.ProfileProblems.Select(problem => Finding.Warning(problem, new Remedy("see what is wrong with it", "nctrust profiles check FILE")));
}
