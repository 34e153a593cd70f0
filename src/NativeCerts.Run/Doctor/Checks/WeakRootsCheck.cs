namespace NativeCerts.Run.Doctor.Checks;

/// <summary>
/// Roots whose key OpenSSL refuses at security level 2, which is Debian's and Ubuntu's default
/// [https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/]: RSA below 2048 bits. How a root signed itself doesn't count there.
/// </summary>
internal static class WeakRootsCheck
{
    private const int Least = 2048;

    /// <summary>Looks.</summary>
    public static IEnumerable<Finding> Find(DoctorContext context) =>
        from root in context.Store.Roots
        let facts = RootFacts.Read(root.Der.Span)
        where facts is { RsaBits: < Least }
        select Finding.Warning(
            $"`{facts.Name}` has an RSA key of {facts.RsaBits} bits, which OpenSSL refuses at its security level 2, the default of Debian and Ubuntu (`{root.Path}`)",
            new Remedy("ask who runs the authority for a root with 2048 bits or more"));
}
