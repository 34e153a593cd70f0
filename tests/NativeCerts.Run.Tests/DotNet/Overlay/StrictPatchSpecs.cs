using Mono.Cecil;
using Mono.Cecil.Cil;
using NativeCerts.Run.DotNet.Overlay;

namespace NativeCerts.Run.Tests.DotNet.Overlay;

/// <summary>The change of a runtime's TLS assembly: it is what it says, and what is not known is left alone.</summary>
public sealed class StrictPatchSpecs
{
    private static readonly string Own = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.Net.Security.dll");

    [Fact(Timeout = 60_000)]
    public Task A_clients_callback_is_wrapped_before_anything_else_and_a_servers_is_not() => Task.Run(() =>
    {
        var changed = OverlayPatch.Apply(Own, OverlayChanges.Strict, out var version, out var reason);
        Assert.Null(reason);
        Assert.Equal(typeof(object).Assembly.GetName().Version!.Major, version!.Major);
        using var module = ModuleDefinition.ReadModule(new MemoryStream(changed!));
        var verify = module.GetType("System.Net.Security.SslStream").Methods.Single(method => method.Name == "VerifyRemoteCertificate" && method.Parameters[0].ParameterType.Name == "RemoteCertificateValidationCallback");
        var head = verify.Body.Instructions.Take(9).ToList();
        Assert.Equal(
            [Code.Ldarg_1, Code.Brfalse, Code.Ldarg_0, Code.Ldfld, Code.Callvirt, Code.Brtrue, Code.Ldarg_1, Code.Call, Code.Starg],
            head.Select(instruction => instruction.OpCode.Code));
        Assert.Equal("get_IsServer", ((MethodReference)head[4].Operand).Name);
        Assert.Equal("NativeCerts.Run.StrictCallback", ((MethodReference)head[7].Operand).DeclaringType.FullName);
        Assert.All((Instruction[])[head[1], head[5]], jump => Assert.Same(verify.Body.Instructions[9], jump.Operand));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public Task Nothing_that_was_compiled_ahead_is_left_in_it() => Task.Run(() =>
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(OverlayPatch.Apply(Own, OverlayChanges.Strict, out _, out _)!));
        Assert.Equal(ModuleAttributes.ILOnly, module.Attributes & (ModuleAttributes.ILOnly | (ModuleAttributes)4));
        using var image = new System.Reflection.PortableExecutable.PEReader(new MemoryStream(OverlayPatch.Apply(Own, OverlayChanges.Strict, out _, out _)!));
        Assert.Equal(0, image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public Task An_assembly_that_is_not_known_is_left_alone_with_a_reason() => Task.Run(() =>
    {
        Assert.Null(OverlayPatch.Apply(typeof(TrustedRun).Assembly.Location, OverlayChanges.Strict, out _, out var reason));
        Assert.Equal("its TLS code is not one that is known", reason);
        Assert.Null(OverlayPatch.Apply(Path.Combine(AppContext.BaseDirectory, "NativeCerts.Run.Tests.runtimeconfig.json"), OverlayChanges.Strict, out _, out reason));
        Assert.NotNull(reason);
    }, TestContext.Current.CancellationToken);
}
