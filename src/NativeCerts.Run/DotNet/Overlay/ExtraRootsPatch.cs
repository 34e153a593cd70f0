using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NativeCerts.Run.DotNet.Overlay;

/// <summary>
/// Changes a runtime's <c>System.Security.Cryptography</c> so that a chain which the operating system does not trust is built a second time, with the
/// roots that the run adds: <c>shims/NativeCerts.ExtraRoots</c> decides when, and with what.
/// </summary>
/// <remarks>
/// On Windows and macOS .NET asks the operating system alone, and no variable adds to that. All ways to a chain end in one overload of
/// <c>X509Chain.Build</c>, whose code is the same on the three systems. Where the second build succeeds the chain takes over what it
/// found, native handle included, which <c>SslStream</c> has Windows verify the server's name with. Otherwise it stays as the first has left it.
/// </remarks>
internal static class ExtraRootsPatch
{
    /// <summary>The assembly whose method the changed code calls.</summary>
    public const string Library = "NativeCerts.ExtraRoots";

    // No compiler gives such names, so that they meet none of the runtime's own.
    private const string Prefix = "<nctrust>", Certificates = "System.Security.Cryptography.X509Certificates";

    /// <summary>Changes it.</summary>
    /// <returns><see langword="null"/>, or why not, where this is no runtime that is known.</returns>
    public static string? Change(ModuleDefinition module)
    {
        if (Parts.Find(module) is not { } parts) return OverlayPatch.Unknown;
        var decide = AddDecision(module, parts);
        var il = parts.Build.Body.GetILProcessor();
        foreach (var end in parts.Build.Body.Instructions.Where(instruction => instruction.OpCode == OpCodes.Ret).ToList())
        {
            // What jumps to the end jumps to the question: it becomes the question's first instruction.
            (end.OpCode, end.Operand) = (OpCodes.Ldarg_0, null);
            var certificate = il.Create(OpCodes.Ldarg_1);
            var call = il.Create(OpCodes.Call, decide);
            il.InsertAfter(end, certificate);
            il.InsertAfter(certificate, call);
            il.InsertAfter(call, il.Create(OpCodes.Ret));
        }

        return null;
    }

    /// <summary>The library, so that each runtime loads it, whatever its version.</summary>
    public static byte[] LibraryContent()
    {
        using var resource = typeof(ExtraRootsPatch).Assembly.GetManifestResourceStream("extra-roots.dll")!;
        using var module = ModuleDefinition.ReadModule(resource, new() { ReadSymbols = false });
        foreach (var reference in module.AssemblyReferences) reference.Version = new(0, 0, 0, 0);
        using var content = new MemoryStream();
        module.Write(content, new() { Timestamp = 0 });
        return content.ToArray();
    }

    /// <summary><c>static bool Decide(bool isTrusted, X509Chain chain, X509Certificate2 certificate) => isTrusted || Retry(chain, certificate)</c>, in the chain's own class: its fields are private.</summary>
    private static MethodDefinition AddDecision(ModuleDefinition module, Parts parts)
    {
        var retry = Method("Retry");
        // By itself, so that the library is not loaded where nothing is refused.
        retry.ImplAttributes |= MethodImplAttributes.NoInlining;
        WriteRetry(module, parts, retry);

        var decide = Method("Decide");
        decide.Parameters.Insert(0, new("isTrusted", ParameterAttributes.None, module.TypeSystem.Boolean));
        var il = decide.Body.GetILProcessor();
        var other = il.Create(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Brfalse, other);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Ret);
        il.Append(other);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, retry);
        il.Emit(OpCodes.Ret);
        return decide;

        MethodDefinition Method(string name)
        {
            var method = new MethodDefinition(Prefix + name, MethodAttributes.Private | MethodAttributes.Static | MethodAttributes.HideBySig, module.TypeSystem.Boolean);
            method.Parameters.Add(new("chain", ParameterAttributes.None, parts.Chain));
            method.Parameters.Add(new("certificate", ParameterAttributes.None, parts.Build.Parameters[0].ParameterType));
            parts.Chain.Methods.Add(method);
            return method;
        }
    }

    /// <summary>Asks for the second build, and has the chain take it over: <c>lock (chain._syncRoot) { ... }</c>, as <c>Build</c> itself does.</summary>
    private static void WriteRetry(ModuleDefinition module, Parts parts, MethodDefinition retry)
    {
        var body = retry.Body;
        VariableDefinition isLocked = new(module.TypeSystem.Boolean), isTrusted = new(module.TypeSystem.Boolean), second = new(parts.Chain), pal = new(parts.Pal.FieldType);
        foreach (var variable in (VariableDefinition[])[isLocked, isTrusted, second, pal]) body.Variables.Add(variable);
        body.InitLocals = true;
        var il = body.GetILProcessor();
        Instruction leave = il.Create(OpCodes.Nop), release = il.Create(OpCodes.Ldloc, isLocked), endFinally = il.Create(OpCodes.Endfinally), end = il.Create(OpCodes.Ldloc, isTrusted);
        leave.OpCode = OpCodes.Leave;
        leave.Operand = end;
        foreach (var instruction in (Instruction[])
        [
            il.Create(OpCodes.Ldarg_0),
            il.Create(OpCodes.Ldfld, parts.Lock),
            il.Create(OpCodes.Ldloca, isLocked),
            il.Create(OpCodes.Call, parts.Enter),
            il.Create(OpCodes.Ldarg_0),
            il.Create(OpCodes.Ldarg_1),
            il.Create(OpCodes.Call, SecondBuild(module, parts)),
            il.Create(OpCodes.Stloc, second),
            il.Create(OpCodes.Ldloc, second),
            il.Create(OpCodes.Brfalse, leave),
            // The native chains change places, so that the first one's goes with the second.
            il.Create(OpCodes.Ldarg_0),
            il.Create(OpCodes.Ldfld, parts.Pal),
            il.Create(OpCodes.Stloc, pal),
            il.Create(OpCodes.Ldarg_0),
            il.Create(OpCodes.Ldloc, second),
            il.Create(OpCodes.Ldfld, parts.Pal),
            il.Create(OpCodes.Stfld, parts.Pal),
            il.Create(OpCodes.Ldloc, second),
            il.Create(OpCodes.Ldloc, pal),
            il.Create(OpCodes.Stfld, parts.Pal),
            il.Create(OpCodes.Ldarg_0),
            il.Create(OpCodes.Ldloc, second),
            il.Create(OpCodes.Ldfld, parts.Elements),
            il.Create(OpCodes.Stfld, parts.Elements),
            il.Create(OpCodes.Ldarg_0),
            il.Create(OpCodes.Ldnull),
            il.Create(OpCodes.Volatile),
            il.Create(OpCodes.Stfld, parts.Status),
            il.Create(OpCodes.Ldc_I4_1),
            il.Create(OpCodes.Stloc, isTrusted),
            il.Create(OpCodes.Ldloc, second),
            il.Create(OpCodes.Callvirt, parts.Dispose),
            leave,
            release,
            il.Create(OpCodes.Brfalse, endFinally),
            il.Create(OpCodes.Ldarg_0),
            il.Create(OpCodes.Ldfld, parts.Lock),
            il.Create(OpCodes.Call, parts.Exit),
            endFinally,
            end,
            il.Create(OpCodes.Ret),
        ])
        {
            il.Append(instruction);
        }

        body.ExceptionHandlers.Add(new(ExceptionHandlerType.Finally) { TryStart = body.Instructions[0], TryEnd = release, HandlerStart = release, HandlerEnd = end });
    }

    /// <summary><c>X509Chain? NativeCerts.ExtraRoots.SecondBuild.Of(X509Chain, X509Certificate2)</c>.</summary>
    private static MethodReference SecondBuild(ModuleDefinition module, Parts parts)
    {
        var library = new AssemblyNameReference(Library, new(0, 0, 0, 0));
        module.AssemblyReferences.Add(library);
        var method = new MethodReference("Of", parts.Chain, new(Library, nameof(SecondBuild), module, library));
        method.Parameters.Add(new(parts.Chain));
        method.Parameters.Add(new(parts.Build.Parameters[0].ParameterType));
        return method;
    }

    /// <summary>What of the runtime the change rests on.</summary>
    private sealed record Parts(TypeDefinition Chain, MethodDefinition Build, FieldDefinition Pal, FieldDefinition Elements, FieldDefinition Status, FieldDefinition Lock, MethodReference Enter, MethodReference Exit, MethodDefinition Dispose)
    {
        /// <summary>Finds them.</summary>
        /// <returns><see langword="null"/> where one is not as it is known.</returns>
        public static Parts? Find(ModuleDefinition module)
        {
            if (module.GetType($"{Certificates}.X509Chain") is not { } chain) return null;
            if (module.GetType($"{Certificates}.X509ChainPolicy")?.Methods.Any(method => method is { Name: "Clone", IsPublic: true, Parameters.Count: 0 }) is not true) return null;
            // One of the overloads does it, and the public one leads there.
            var builds = chain.Methods.Where(method => method is { Name: "Build", IsStatic: false, HasBody: true, Parameters: [{ ParameterType.Name: "X509Certificate2" }, ..] } && Calls(method, "ChainPal", "BuildChain") is not null).ToList();
            if (builds is not [var build] || build.ReturnType.MetadataType is not MetadataType.Boolean) return null;
            if (!build.IsPublic && !chain.Methods.Any(method => method is { Name: "Build", IsPublic: true, Parameters.Count: 1, HasBody: true } && Calls(method, build.DeclaringType.Name, build.Name) is { } called && called.Resolve() == build)) return null;
            return Field(chain, "_pal", "IChainPal") is { } pal && Field(chain, "_chainElements", "X509ChainElementCollection") is { } elements
                && Field(chain, "_lazyChainStatus", "X509ChainStatus[]") is { } status && Field(chain, "_syncRoot", "Object") is { } gate
                && Calls(build, "Monitor", "Enter") is { Parameters.Count: 2 } enter && Calls(build, "Monitor", "Exit") is { Parameters.Count: 1 } exit
                && chain.Methods.FirstOrDefault(method => method is { Name: "Dispose", IsPublic: true, Parameters.Count: 0 }) is { } dispose
                ? new(chain, build, pal, elements, status, gate, enter, exit, dispose)
                : null;
        }

        private static FieldDefinition? Field(TypeDefinition type, string name, string of) =>
            type.Fields.FirstOrDefault(field => field.Name == name && !field.IsStatic && (field.FieldType is IModifierType modified ? modified.ElementType : field.FieldType).Name == of);

        private static MethodReference? Calls(MethodDefinition method, string type, string name) =>
            method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>().FirstOrDefault(called => called.Name == name && called.DeclaringType.Name == type);
    }
}
