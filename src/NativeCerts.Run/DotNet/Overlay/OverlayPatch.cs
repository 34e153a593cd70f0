using Mono.Cecil;

namespace NativeCerts.Run.DotNet.Overlay;

/// <summary>Makes the changed copy of an assembly of a runtime's.</summary>
internal static class OverlayPatch
{
    /// <summary>The number of this form of the changes: another one is made anew, not taken from the cache.</summary>
    public const int Form = 3;

    /// <summary>Why a runtime is left alone whose code is another one.</summary>
    public const string Unknown = "its TLS code is not one that is known";

    // Code that is compiled ahead stands in images of these [runtime: src/coreclr/inc/pedecoder.h, IMAGE_FILE_MACHINE_NATIVE_OS_OVERRIDE]; what Cecil writes has none of it.
    private const ModuleAttributes CompiledAhead = (ModuleAttributes)4;

    /// <summary>Makes it.</summary>
    /// <param name="assembly">The path of the runtime's assembly.</param>
    /// <param name="changes">What is changed; all of it or nothing.</param>
    /// <param name="version">Gets the assembly's version.</param>
    /// <param name="reason">Why not, where this is no runtime that is known.</param>
    /// <returns>The changed assembly.</returns>
    public static byte[]? Apply(string assembly, OverlayChanges changes, out Version? version, out string? reason)
    {
        version = null;
        try
        {
            using var resolver = new DefaultAssemblyResolver();
            // What lies in the working folder is nobody's framework; and without reflection the framework is not found by itself.
            foreach (var folder in resolver.GetSearchDirectories()) resolver.RemoveSearchDirectory(folder);
            resolver.AddSearchDirectory(Path.GetDirectoryName(assembly)!);
            using var module = ModuleDefinition.ReadModule(new MemoryStream(File.ReadAllBytes(assembly)), new ReaderParameters { AssemblyResolver = resolver });
            version = module.Assembly.Name.Version;
            reason = changes.HasFlag(OverlayChanges.Strict) ? StrictPatch.Change(module) : null;
            if (reason is null && changes.HasFlag(OverlayChanges.Revocation)) reason = RevocationPatch.Change(module);
            if (reason is null && changes.HasFlag(OverlayChanges.ExtraRoots)) reason = ExtraRootsPatch.Change(module);
            if (reason is not null) return null;
            module.Attributes = (module.Attributes | ModuleAttributes.ILOnly) & ~CompiledAhead;
            module.Architecture = TargetArchitecture.I386;
            using var changed = new MemoryStream();
            module.Write(changed);
            return changed.ToArray();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            reason = $"its `{Path.GetFileName(assembly)}` cannot be changed ({e.GetType().Name})";
            return null;
        }
    }
}
