using NativeCerts.Run.Inventory;

namespace NativeCerts.Run.Doctor.Checks;

/// <summary>
/// Roots that Python 3.13 and later refuse though the operating system trusts them: its default context sets <c>VERIFY_X509_STRICT</c>
/// [https://docs.python.org/3/whatsnew/3.13.html#ssl]. Of what that demands of a root (OpenSSL, crypto/x509/x509_vfy.c,
/// <c>check_extensions</c>): critical basicConstraints, a keyUsage, a subjectKeyIdentifier. Only roots that somebody added are looked at.
/// </summary>
internal static class StrictRootsCheck
{
    /// <summary>Looks.</summary>
    public static IEnumerable<Finding> Find(DoctorContext context)
    {
        var systems = context.SystemStore.Roots.Select(root => Convert.ToBase64String(root.Der.Span)).ToHashSet(StringComparer.Ordinal);
        var added = AdministratorRoot.Find(context.Root).Select(root => root.Der)
            .Concat(context.Store.Roots.Where(root => root.Origin != TrustedRoot.SystemOrigin && !systems.Contains(Convert.ToBase64String(root.Der.Span))).Select(root => root.Der.ToArray()));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var facts in added.Select(der => RootFacts.Read(der)).OfType<RootFacts>())
        {
            var flaws = Flaws(facts).ToList();
            if (flaws.Count == 0 || !seen.Add(facts.Name)) continue;
            yield return Finding.Warning(
                $"`{facts.Name}` is refused by Python 3.13 and later: {string.Join(", ", flaws)}",
                new Remedy("ask who runs the authority for a root as RFC 5280 has it: critical basicConstraints, keyUsage and subjectKeyIdentifier"),
                new Remedy("until then, a Python before 3.13 accepts it"));
        }
    }

    private static IEnumerable<string> Flaws(RootFacts facts)
    {
        if (facts.ConstraintsAreCritical is false) yield return "its basicConstraints are not critical";
        if (!facts.HasKeyUsage) yield return "it has no keyUsage";
        if (!facts.HasSubjectKeyIdentifier) yield return "it has no subjectKeyIdentifier";
    }
}
