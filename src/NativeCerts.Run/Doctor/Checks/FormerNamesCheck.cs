namespace NativeCerts.Run.Doctor.Checks;

/// <summary>Folders of an older p11-kit, which a newer one does not read: what is distrusted there is trusted [https://github.com/p11-glue/p11-kit/issues/471].</summary>
internal static class FormerNamesCheck
{
    private const string Former = "blacklist", Present = "blocklist";
    private static readonly string[] Sources = ["/etc/pki/ca-trust/source", "/etc/pki/trust", "/etc/ca-certificates/trust-source"];

    /// <summary>Looks.</summary>
    public static IEnumerable<Finding> Find(DoctorContext context) =>
        from source in Sources
        let former = context.Below($"{source}/{Former}")
        where Directory.Exists(former) && Directory.EnumerateFileSystemEntries(former).Any()
        select Finding.Warning(
            $"certificates in `{former}` may be trusted all the same: p11-kit 0.24 and later read `{Present}` instead",
            new Remedy("move them", $"sudo sh -c 'mkdir -p {source}/{Present} && mv {source}/{Former}/* {source}/{Present}/ && update-ca-trust'"));
}
