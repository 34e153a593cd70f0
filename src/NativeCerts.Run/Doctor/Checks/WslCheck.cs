namespace NativeCerts.Run.Doctor.Checks;

/// <summary>Whether this is the Windows Subsystem for Linux, whose store is the distribution's, and not Windows's [https://github.com/microsoft/WSL/issues/3161].</summary>
internal static class WslCheck
{
    /// <summary>Looks.</summary>
    public static IEnumerable<Finding> Find(DoctorContext context) =>
        ProcessFiles.Lines(context.Below("/proc/sys/kernel/osrelease")).Any(line => line.Contains("microsoft", StringComparison.OrdinalIgnoreCase))
            ? [Finding.Note("this is WSL: roots that Windows trusts are not in the store of the distribution by themselves", new Remedy("add them, or put a root's Base-64 `.crt` into `/usr/local/share/ca-certificates`", "nctrust run --from windows -- COMMAND"))]
            : [];
}
