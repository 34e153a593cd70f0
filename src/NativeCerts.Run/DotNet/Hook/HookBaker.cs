using System.Runtime.InteropServices;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NativeCerts.Certificates;

namespace NativeCerts.Run.DotNet.Hook;

/// <summary>
/// Bakes a run's values into a copy of the startup hook's template (<c>shims/NativeCerts.StartupHook</c>), and reads back what was written.
/// This folder is all that nctrust does inside of .NET programs; only here and in its neighbours below <c>DotNet</c> is Mono.Cecil used.
/// </summary>
/// <remarks>
/// A hook that can't be loaded ends the program before <c>Main</c> (https://github.com/dotnet/runtime/blob/main/docs/design/features/host-startup-hook.md),
/// so every reference is led to <c>System.Private.CoreLib</c>, which is there in every version and survives trimming.
/// </remarks>
internal static class HookBaker
{
    private const string TemplateResource = "startup-hook.dll", EntryType = "StartupHook", EntryMethod = "Initialize", ExplainingSpace = "NativeCerts.StartupHook.Explaining", ExplainingMethod = "Explain", CoreLibrary = "System.Private.CoreLib";

    private static readonly byte[] CoreLibraryToken = [0x7c, 0xec, 0x85, 0xd7, 0xbe, 0xa7, 0x79, 0x8e];

    /// <summary>Bakes them: the same values give the same bytes.</summary>
    public static BakedHook Bake(HookSettings settings)
    {
        var template = Template();
        List<KeyValuePair<string, string>> replacements = [.. settings.Replacements];
        var digest = Digest(template, replacements);
        using var module = Read(template);
        var name = $"{module.Assembly.Name.Name}.{Convert.ToHexStringLower(digest.AsSpan(0, 8))}";
        module.Assembly.Name.Name = name;
        module.Name = name + ".dll";
        module.Mvid = new(digest.AsSpan(0, 16));
        module.CustomAttributes.Clear();
        module.Assembly.CustomAttributes.Clear();
        foreach (var reference in module.AssemblyReferences)
        {
            (reference.Name, reference.Version, reference.PublicKeyToken) = (CoreLibrary, new(0, 0, 0, 0), CoreLibraryToken);
        }

        if (!settings.Explains) TakeOutExplaining(module);
        foreach (var text in Texts(module))
        {
            var at = replacements.FindIndex(replacement => replacement.Key == (string)text.Operand);
            if (at >= 0) text.Operand = replacements[at].Value;
        }

        using var content = new MemoryStream(template.Length);
        module.Write(content, new() { Timestamp = 0 });
        return new(name, content.ToArray());
    }

    /// <summary>Whether a file has what was baked, whole, and the runtime will find in it what it looks for.</summary>
    /// <param name="written">The file's bytes, read again.</param>
    /// <param name="baked">What was to be written.</param>
    public static bool IsIntact(byte[] written, BakedHook baked)
    {
        if (!written.AsSpan().SequenceEqual(baked.Content)) return false;
        try
        {
            using var module = Read(written);
            return module.Assembly.Name.Name == baked.Name
                && module.GetType(EntryType)?.Methods.SingleOrDefault(method => method.Name == EntryMethod) is { IsStatic: true, HasParameters: false, HasBody: true } entry
                && entry.ReturnType.MetadataType is MetadataType.Void
                && module.AssemblyReferences.All(reference => reference.Name == CoreLibrary)
                && !Texts(module).Any(text => ((string)text.Operand).StartsWith("{nctrust:", StringComparison.Ordinal));
        }
        catch (Exception)
        {
            // Mono.Cecil says in many ways that a file is no assembly, an index that is out of range among them.
            return false;
        }
    }

    /// <summary>More than half of the template: writing it, and the runtime's reading it, would cost every run.</summary>
    private static void TakeOutExplaining(ModuleDefinition module)
    {
        foreach (var type in module.Types.Where(type => type.Namespace == ExplainingSpace).ToList()) module.Types.Remove(type);
        foreach (var method in module.Types.SelectMany(type => type.Methods))
        {
            if (method.Name != ExplainingMethod) continue;
            method.Body = new(method);
            method.Body.GetILProcessor().Emit(OpCodes.Ret);
        }
    }

    private static ModuleDefinition Read(byte[] assembly) =>
        ModuleDefinition.ReadModule(new MemoryStream(assembly), new() { ReadSymbols = false, ReadingMode = ReadingMode.Deferred });

    private static IEnumerable<Instruction> Texts(ModuleDefinition module)
    {
        foreach (var type in module.Types)
        {
            foreach (var method in type.Methods)
            {
                if (!method.HasBody) continue;
                foreach (var instruction in method.Body.Instructions)
                {
                    if (instruction.OpCode == OpCodes.Ldstr) yield return instruction;
                }
            }
        }
    }

    private static byte[] Template()
    {
        using var resource = typeof(HookBaker).Assembly.GetManifestResourceStream(TemplateResource)!;
        var template = new byte[resource.Length];
        resource.ReadExactly(template);
        return template;
    }

    private static byte[] Digest(byte[] template, List<KeyValuePair<string, string>> replacements)
    {
        var digest = new byte[Sha1.DigestLength];
        var hash = new Sha1();
        hash.Append(template);
        foreach (var (name, value) in replacements) hash.Append(MemoryMarshal.AsBytes($"{name}{value}\0\0".AsSpan()));
        hash.Finish(digest);
        return digest;
    }
}
