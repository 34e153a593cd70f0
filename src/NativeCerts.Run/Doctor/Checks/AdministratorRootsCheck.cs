using NativeCerts.Run.Inventory;

namespace NativeCerts.Run.Doctor.Checks;

/// <summary>Roots that an administrator added: mostly those of a proxy that inspects TLS, or of a company's own servers.</summary>
internal static class AdministratorRootsCheck
{
    /// <summary>Looks.</summary>
    public static IEnumerable<Finding> Find(DoctorContext context)
    {
        foreach (var root in AdministratorRoot.Find(context.Root))
        {
            var name = RootFacts.Read(root.Der)?.Name;
            if (name is null)
            {
                yield return Finding.Warning($"`{root.Path}` holds a certificate that is malformed", new Remedy("get it again from who gave it to you"));
            }
            else if (context.SystemStore.Roots.Any(trusted => trusted.Der.Span.SequenceEqual(root.Der)))
            {
                yield return Finding.Note($"`{name}` was added by an administrator (`{root.Path}`): likely a proxy that inspects TLS, or servers of your own organisation");
            }
            else
            {
                yield return Finding.Warning($"`{name}` was put into `{root.Path}` by an administrator, and is not in the store", new Remedy("bring it into force", root.Command));
            }
        }
    }
}
