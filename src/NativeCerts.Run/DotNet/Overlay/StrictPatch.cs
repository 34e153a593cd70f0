using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NativeCerts.Run.DotNet.Overlay;

/// <summary>
/// Changes a runtime's <c>System.Net.Security</c> so that a client's callback can still refuse a certificate, but no longer accept one in which
/// the runtime has found an error.
/// </summary>
/// <remarks>
/// All ways to TLS end in <c>SslStream.VerifyRemoteCertificate</c>, which is given the callback: HttpClientHandler, SocketsHttpHandler, SslStream,
/// ServicePointManager, WebSockets. A private root that is trusted through <c>X509ChainPolicy.CustomTrustStore</c> is no error, so it stays trusted. What a server asks of
/// its clients is left alone: there a callback also decides whether a client may come without a certificate.
/// </remarks>
internal static class StrictPatch
{
    private const string Callback = "RemoteCertificateValidationCallback";

    /// <summary>Changes it.</summary>
    /// <returns><see langword="null"/>, or why not, where this is no runtime that is known.</returns>
    public static string? Change(ModuleDefinition module)
    {
        if (module.GetType("System.Net.Security.SslStream") is not { } stream || module.GetType("System.Net.Security." + Callback) is not { } callback) return OverlayPatch.Unknown;
        var methods = stream.Methods.Where(method => method is { Name: "VerifyRemoteCertificate", HasBody: true, IsStatic: false } && method.Parameters is [{ ParameterType.Name: Callback }, ..]).ToList();
        var options = stream.Fields.Where(field => field.FieldType.Name == "SslAuthenticationOptions").ToList();
        if (methods is not [var verify] || options is not [var field] || field.FieldType.Resolve()?.Methods.FirstOrDefault(method => method is { Name: "get_IsServer", Parameters.Count: 0 }) is not { } isServer) return OverlayPatch.Unknown;

        var wrap = AddStrictCallback(module, callback);
        var il = verify.Body.GetILProcessor();
        var first = verify.Body.Instructions[0];
        foreach (var instruction in (Instruction[])
        [
            il.Create(OpCodes.Ldarg_1),
            il.Create(OpCodes.Brfalse, first),
            il.Create(OpCodes.Ldarg_0),
            il.Create(OpCodes.Ldfld, field),
            il.Create(OpCodes.Callvirt, isServer),
            il.Create(OpCodes.Brtrue, first),
            il.Create(OpCodes.Ldarg_1),
            il.Create(OpCodes.Call, wrap),
            il.Create(OpCodes.Starg, verify.Parameters[0]),
        ])
        {
            il.InsertBefore(first, instruction);
        }

        return null;
    }

    /// <summary>A class that holds a callback and asks it as ever, but has its yes count only where there is no error: <c>callback(...) &amp; errors == None</c>.</summary>
    /// <returns>Its method that makes such a callback of another.</returns>
    private static MethodDefinition AddStrictCallback(ModuleDefinition module, TypeDefinition callback)
    {
        var (nothing, thing) = (module.TypeSystem.Void, module.TypeSystem.Object);
        var type = new TypeDefinition("NativeCerts.Run", "StrictCallback", TypeAttributes.NotPublic | TypeAttributes.Sealed | TypeAttributes.Class, thing);
        module.Types.Add(type);
        var inner = new FieldDefinition("_inner", FieldAttributes.Private | FieldAttributes.InitOnly, callback);
        type.Fields.Add(inner);

        var constructor = new MethodDefinition(".ctor", MethodAttributes.Public | MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName, nothing);
        constructor.Parameters.Add(new("inner", ParameterAttributes.None, callback));
        Write(constructor, il =>
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Call, new MethodReference(".ctor", nothing, thing) { HasThis = true });
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Stfld, inner);
            il.Emit(OpCodes.Ret);
        });

        var ask = callback.Methods.Single(method => method.Name == "Invoke");
        var verify = new MethodDefinition("Verify", MethodAttributes.Public | MethodAttributes.HideBySig, ask.ReturnType);
        foreach (var parameter in ask.Parameters) verify.Parameters.Add(new(parameter.Name, ParameterAttributes.None, parameter.ParameterType));
        Write(verify, il =>
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, inner);
            foreach (var parameter in verify.Parameters) il.Emit(OpCodes.Ldarg, parameter);
            il.Emit(OpCodes.Callvirt, ask);
            il.Emit(OpCodes.Ldarg, verify.Parameters[^1]);
            il.Emit(OpCodes.Ldc_I4_0);
            il.Emit(OpCodes.Ceq);
            il.Emit(OpCodes.And);
            il.Emit(OpCodes.Ret);
        });

        var wrap = new MethodDefinition("Of", MethodAttributes.Public | MethodAttributes.Static | MethodAttributes.HideBySig, callback);
        wrap.Parameters.Add(new("inner", ParameterAttributes.None, callback));
        Write(wrap, il =>
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Newobj, constructor);
            il.Emit(OpCodes.Ldftn, verify);
            il.Emit(OpCodes.Newobj, callback.Methods.Single(method => method.Name == ".ctor"));
            il.Emit(OpCodes.Ret);
        });
        return wrap;

        void Write(MethodDefinition method, Action<ILProcessor> write)
        {
            type.Methods.Add(method);
            write(method.Body.GetILProcessor());
        }
    }
}
