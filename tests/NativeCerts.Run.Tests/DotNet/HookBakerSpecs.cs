using System.Runtime.InteropServices;
using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NativeCerts.Run.DotNet.Hook;

namespace NativeCerts.Run.Tests.DotNet;

public sealed class HookBakerSpecs
{
    private static readonly HookSettings Settings = new(Variable("/run/nctrust/bundle.pem"), Variable("/run/nctrust/empty", "/mine"), Variable("/run/nctrust/bundle.pem"), IsRestricted: false, Explains: false);

    [Fact(Timeout = 60_000)]
    public Task The_same_values_give_the_same_bytes_and_others_another_name_and_identity() => Task.Run(() =>
    {
        var (first, second) = (HookBaker.Bake(Settings), HookBaker.Bake(Settings));
        Assert.Equal(first.Name, second.Name);
        Assert.Equal(first.Content, second.Content);

        HookSettings[] others = [Settings with { File = Variable("/run/nctrust/other.pem") }, Settings with { Folder = Variable("/run/nctrust/empty") }, Settings with { IsRestricted = true }, Settings with { Explains = true }];
        BakedHook[] hooks = [first, .. others.Select(HookBaker.Bake)];
        var identities = hooks.Select(hook =>
        {
            using var module = Read(hook.Content);
            return (module.Assembly.Name.Name, module.Name, module.Mvid);
        }).ToList();
        Assert.Equal(hooks.Length, identities.Select(identity => identity.Item1).Distinct().Count());
        Assert.Equal(hooks.Length, identities.Select(identity => identity.Item2).Distinct().Count());
        Assert.Equal(hooks.Length, identities.Select(identity => identity.Mvid).Distinct().Count());
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public Task Every_reference_leads_to_the_core_library_in_any_version() => Task.Run(() =>
    {
        using var module = Read(HookBaker.Bake(Settings).Content);
        Assert.NotEmpty(module.AssemblyReferences);
        Assert.All(module.AssemblyReferences, reference => Assert.Equal("System.Private.CoreLib, Version=0.0.0.0, Culture=neutral, PublicKeyToken=7cec85d7bea7798e", reference.FullName));
        Assert.Empty(module.CustomAttributes);
        Assert.Empty(module.Assembly.CustomAttributes);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public Task On_its_way_it_calls_the_C_library_and_reads_strings_and_nothing_else() => Task.Run(() =>
    {
        using var module = Read(HookBaker.Bake(Settings).Content);
        var called = module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody)
            .SelectMany(method => method.Body.Instructions).Select(instruction => instruction.Operand).OfType<MethodReference>().ToList();
        var foreign = called.Where(method => method.DeclaringType.Scope != module).Select(method => method.FullName).ToHashSet();
        Assert.Equal(["System.Char System.String::get_Chars(System.Int32)", "System.Char& modreq(System.Runtime.InteropServices.InAttribute) System.String::GetPinnableReference()", "System.Int32 System.String::get_Length()"], foreign.Order(StringComparer.Ordinal));
        Assert.All(called.OfType<MethodDefinition>().Where(method => method.IsPInvokeImpl), method => Assert.Equal("libc", method.PInvokeInfo.Module.Name));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public Task Every_value_is_baked_byte_by_byte() => Task.Run(() =>
    {
        byte[] odd = [(byte)'/', 0xFF, 0xC3, (byte)'{', 0xD8];
        var texts = Texts(HookBaker.Bake(new(new(odd, [0xE9]), Variable("/folder", "/own"), Variable(""), IsRestricted: true, Explains: false)).Content);
        var bytes = texts.ConvertAll(text => Convert.ToHexString(MemoryMarshal.AsBytes(text.AsSpan())));
        Assert.Contains("2FFFC37BD800", bytes);
        Assert.Contains("E900", bytes);
        foreach (var text in (string[])["/folder\0", "/own\0\0", "SSL_CERT_FILE\0", "SSL_CERT_DIR\0\0", "0\0"]) Assert.Contains(Convert.ToHexString(Encoding.ASCII.GetBytes(text)), bytes);
        Assert.Contains("0000", bytes);
        Assert.Contains("r", texts);
        Assert.DoesNotContain(texts, text => text.StartsWith("{nctrust:", StringComparison.Ordinal));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public Task What_is_read_again_has_to_be_what_was_baked() => Task.Run(() =>
    {
        var baked = HookBaker.Bake(Settings);
        Assert.True(HookBaker.IsIntact([.. baked.Content], baked));

        Assert.False(HookBaker.IsIntact([], baked));
        Assert.False(HookBaker.IsIntact(baked.Content[..^1], baked));
        var changed = baked.Content.ToArray();
        changed[changed.Length / 2] ^= 1;
        Assert.False(HookBaker.IsIntact(changed, baked));

        // Bytes that are what was given, and yet nothing that the runtime could load.
        foreach (var content in (byte[][])[[], [0x4D, 0x5A], baked.Content[..100], baked.Content[..400]]) Assert.False(HookBaker.IsIntact(content, new(baked.Name, content)));
        Assert.False(HookBaker.IsIntact(baked.Content, baked with { Name = "Other" }));
        // Another assembly, and the template itself, unbaked.
        var other = File.ReadAllBytes(typeof(TrustStore).Assembly.Location);
        Assert.False(HookBaker.IsIntact(other, new("NativeCerts", other)));
        using var stream = typeof(HookBaker).Assembly.GetManifestResourceStream("startup-hook.dll")!;
        var template = new byte[stream.Length];
        stream.ReadExactly(template);
        Assert.False(HookBaker.IsIntact(template, new("NativeCerts.StartupHook", template)));
    }, TestContext.Current.CancellationToken);

    private static HookSettings.Variable Variable(string ours, string own = "") => new(Encoding.UTF8.GetBytes(ours), Encoding.UTF8.GetBytes(own));

    private static ModuleDefinition Read(byte[] content) => ModuleDefinition.ReadModule(new MemoryStream(content));

    private static List<string> Texts(byte[] content)
    {
        using var module = Read(content);
        return [.. module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).SelectMany(method => method.Body.Instructions).Where(instruction => instruction.OpCode == OpCodes.Ldstr).Select(instruction => (string)instruction.Operand)];
    }
}
