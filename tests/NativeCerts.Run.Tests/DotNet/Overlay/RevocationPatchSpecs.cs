using Mono.Cecil;
using Mono.Cecil.Cil;
using NativeCerts.Run.DotNet.Overlay;

namespace NativeCerts.Run.Tests.DotNet.Overlay;

/// <summary>The change by which a client asks for revocation: it touches the default alone.</summary>
public sealed class RevocationPatchSpecs
{
    private const string Options = "System.Net.Security.SslAuthenticationOptions", Getter = "get_CertificateRevocationCheckMode";
    private static readonly string Own = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.Net.Security.dll");

    [Fact(Timeout = 60_000)]
    public Task A_clients_default_becomes_online_and_whatever_else_was_said_stays() => Task.Run(() =>
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(OverlayPatch.Apply(Own, OverlayChanges.Revocation, out _, out var reason)!));
        Assert.Null(reason);
        var body = module.GetType(Options).Methods.Single(method => method.Name == Getter).Body.Instructions;
        Assert.Equal(
            [Code.Ldarg_0, Code.Callvirt, Code.Brtrue_S, Code.Ldarg_0, Code.Ldfld, Code.Brtrue_S, Code.Ldc_I4_1, Code.Ret, Code.Ldarg_0, Code.Ldfld, Code.Ret],
            body.Select(instruction => instruction.OpCode.Code is Code.Brtrue ? Code.Brtrue_S : instruction.OpCode.Code));
        Assert.Equal("get_IsServer", ((MethodReference)body[1].Operand).Name);
        Assert.All((Instruction[])[body[2], body[5]], jump => Assert.Same(body[8], jump.Operand));
        Assert.Equal((0, 1), ((int)System.Security.Cryptography.X509Certificates.X509RevocationMode.NoCheck, (int)System.Security.Cryptography.X509Certificates.X509RevocationMode.Online));
        Assert.Null(module.GetType("NativeCerts.Run.StrictCallback"));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public Task A_getter_that_is_not_known_is_left_alone() => Task.Run(() =>
    {
        using var module = ModuleDefinition.ReadModule(Own);
        var body = module.GetType(Options).Methods.Single(method => method.Name == Getter).Body;
        body.GetILProcessor().InsertBefore(body.Instructions[0], Instruction.Create(OpCodes.Nop));
        Assert.Equal(OverlayPatch.Unknown, RevocationPatch.Change(module));
        Assert.Null(OverlayPatch.Apply(typeof(TrustedRun).Assembly.Location, OverlayChanges.Revocation, out _, out var reason));
        Assert.Equal(OverlayPatch.Unknown, reason);
    }, TestContext.Current.CancellationToken);
}
