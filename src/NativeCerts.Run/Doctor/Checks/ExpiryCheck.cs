using System.Globalization;

namespace NativeCerts.Run.Doctor.Checks;

/// <summary>Roots that expire soon: from then on every tool refuses what they vouch for.</summary>
internal static class ExpiryCheck
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    /// <summary>Looks.</summary>
    public static IEnumerable<Finding> Find(DoctorContext context) =>
        from root in context.Store.Roots
        let facts = RootFacts.Read(root.Der.Span)
        where facts is not null && facts.NotAfter - context.Now < Soon
        select Finding.Warning(
            $"`{facts.Name}` expires on {facts.NotAfter.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} (`{root.Path}`)",
            new Remedy("get the root that replaces it from who gave you this one, or update the package `ca-certificates`"));
}
