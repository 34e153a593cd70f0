using NativeCerts.Run.Launch.PrivateStore;

namespace NativeCerts.Run.Doctor.Checks;

/// <summary>Whether a command can have a mount namespace of its own, as <c>--private-store</c> needs.</summary>
internal static class NamespaceCheck
{
    /// <summary>Looks.</summary>
    public static IEnumerable<Finding> Find(DoctorContext context)
    {
        try
        {
            return [Finding.Note($"`--private-store` is available: {PrivateNamespace.Find(context.Environment.GetBytes("PATH")).Description}")];
        }
        catch (RunFailedException e)
        {
            return [Finding.Note(e.Message, new Remedy(e.Hint))];
        }
    }
}
