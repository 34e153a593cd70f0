using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NativeCerts.Run.DotNet.Overlay;

/// <summary>Changes a runtime's <c>System.Net.Security</c> so that a client which says nothing of revocation, as .NET's default is, asks for it online.</summary>
/// <remarks>
/// <c>SslStream</c> and what builds on it read one property (https://learn.microsoft.com/en-us/dotnet/api/system.net.security.sslclientauthenticationoptions.certificaterevocationcheckmode).
/// A program's own <c>Online</c> and <c>Offline</c> stay, and so does what a chain policy of its own says, which is read elsewhere. What a server asks of its clients is left alone.
/// </remarks>
internal static class RevocationPatch
{
    /// <summary>Changes it.</summary>
    /// <returns><see langword="null"/>, or why not, where this is no runtime that is known.</returns>
    public static string? Change(ModuleDefinition module)
    {
        if (module.GetType("System.Net.Security.SslAuthenticationOptions") is not { } options) return OverlayPatch.Unknown;
        var getter = options.Methods.FirstOrDefault(method => method is { Name: "get_CertificateRevocationCheckMode", HasBody: true, IsStatic: false, Parameters.Count: 0 });
        var isServer = options.Methods.FirstOrDefault(method => method is { Name: "get_IsServer", IsStatic: false, Parameters.Count: 0 });
        if (getter is null || isServer is null || getter.Body.Instructions is not [{ OpCode.Code: Code.Ldarg_0 } first, { OpCode.Code: Code.Ldfld, Operand: FieldReference mode }, { OpCode.Code: Code.Ret }]) return OverlayPatch.Unknown;
        var il = getter.Body.GetILProcessor();
        foreach (var instruction in (Instruction[])
        [
            il.Create(OpCodes.Ldarg_0),
            il.Create(OpCodes.Callvirt, isServer),
            il.Create(OpCodes.Brtrue, first),
            il.Create(OpCodes.Ldarg_0),
            il.Create(OpCodes.Ldfld, mode),
            // What is not 0, NoCheck, was asked for.
            il.Create(OpCodes.Brtrue, first),
            // X509RevocationMode.Online
            il.Create(OpCodes.Ldc_I4_1),
            il.Create(OpCodes.Ret),
        ])
        {
            il.InsertBefore(first, instruction);
        }

        return null;
    }
}
