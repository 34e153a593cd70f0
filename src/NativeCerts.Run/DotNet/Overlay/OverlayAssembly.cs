namespace NativeCerts.Run.DotNet.Overlay;

/// <summary>One assembly of a runtime that an overlay changes.</summary>
/// <param name="FileName">Its file's name.</param>
/// <param name="Changes">Which of the changes are in it.</param>
internal sealed record OverlayAssembly(string FileName, OverlayChanges Changes)
{
    private static readonly OverlayAssembly[] Known =
    [
        new(InstalledRuntime.TlsAssemblyName, OverlayChanges.Strict | OverlayChanges.Revocation),
        new("System.Security.Cryptography.dll", OverlayChanges.ExtraRoots),
    ];

    /// <summary>Those that take part, each with what is changed in it.</summary>
    public static IReadOnlyList<OverlayAssembly> Of(OverlayChanges changes) =>
        [.. Known.Select(assembly => assembly with { Changes = assembly.Changes & changes }).Where(assembly => assembly.Changes is not OverlayChanges.None)];
}
