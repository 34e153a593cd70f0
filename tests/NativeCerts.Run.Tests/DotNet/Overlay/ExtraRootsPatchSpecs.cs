using Mono.Cecil;
using Mono.Cecil.Cil;
using NativeCerts.Run.DotNet.Overlay;
using TestSupport;

namespace NativeCerts.Run.Tests.DotNet.Overlay;

/// <summary>The change by which added roots reach .NET on Windows and macOS: it is the same in the runtimes of all three systems, and touches one method.</summary>
public sealed class ExtraRootsPatchSpecs
{
    private const int Limit = 120_000;
    private const string Chain = "System.Security.Cryptography.X509Certificates.X509Chain", Own = "", Prefix = "<nctrust>", Cryptography = "System.Security.Cryptography.dll", Security = "System.Net.Security.dll";

    /// <summary>The packs of other systems' runtimes; none of .NET 8 for macOS on ARM was to be had, and its code is the same.</summary>
    public static TheoryData<string> Runtimes => [Own, "win-x64-8", "win-x64-9", "win-x64-10", "osx-x64-8", "osx-arm64-9", "osx-arm64-10"];

    [Theory(Timeout = Limit), MemberData(nameof(Runtimes))]
    public Task Every_end_of_the_one_method_asks_first_and_all_else_stays_as_it_is(string runtime) => Task.Run(() =>
    {
        var path = PathOf(runtime, Cryptography);
        var changed = OverlayPatch.Apply(path, OverlayChanges.ExtraRoots, out var version, out var reason);
        Assert.Null(reason);
        using var before = ModuleDefinition.ReadModule(path);
        using var after = ModuleDefinition.ReadModule(new MemoryStream(changed!));
        Assert.Equal(before.Assembly.FullName, after.Assembly.FullName);
        Assert.Equal((before.Assembly.Name.Version, before.Mvid), (version, after.Mvid));

        var (methods, texts) = (after.GetTypes().SelectMany(type => type.Methods).ToLookup(method => method.FullName), before.GetTypes().SelectMany(type => type.Methods).ToList());
        var touched = texts.Where(method => IlCheck.Text(method) != IlCheck.Text(methods[method.FullName].Single())).ToList();
        var build = Assert.Single(touched);
        Assert.Equal($"System.Boolean {Chain}::Build(System.Security.Cryptography.X509Certificates.X509Certificate2,System.Boolean)", build.FullName);
        var added = after.GetType(Chain).Methods.Where(method => method.Name.StartsWith(Prefix, StringComparison.Ordinal)).ToList();
        Assert.Equal([Prefix + "Decide", Prefix + "Retry"], added.Select(method => method.Name).Order(StringComparer.Ordinal));
        Assert.Equal(texts.Count + 2, methods.Count);

        var changedBuild = methods[build.FullName].Single();
        Assert.All((MethodDefinition[])[changedBuild, .. added], IlCheck.IsWellFormed);
        var ends = changedBuild.Body.Instructions.Where(instruction => instruction.OpCode == OpCodes.Ret).ToList();
        Assert.Equal(build.Body.Instructions.Count(instruction => instruction.OpCode == OpCodes.Ret), ends.Count);
        Assert.All(ends, end =>
        {
            Assert.Equal(Prefix + "Decide", ((MethodReference)end.Previous.Operand).Name);
            Assert.Equal((Code.Ldarg_1, Code.Ldarg_0), (end.Previous.Previous.OpCode.Code, end.Previous.Previous.Previous.OpCode.Code));
        });
    }, TestContext.Current.CancellationToken);

    [Theory(Timeout = Limit), MemberData(nameof(Runtimes))]
    public Task All_changes_leave_a_whole_image_without_code_that_was_compiled_ahead(string runtime) => Task.Run(() =>
    {
        foreach (var (name, changes) in ((string, OverlayChanges)[])[(Cryptography, OverlayChanges.ExtraRoots), (Security, OverlayChanges.Strict | OverlayChanges.Revocation)])
        {
            var path = PathOf(runtime, name);
            var changed = OverlayPatch.Apply(path, changes, out _, out var reason);
            Assert.True(reason is null, $"{runtime} {name}: {reason}");
            using var image = new System.Reflection.PortableExecutable.PEReader(new MemoryStream(changed!));
            Assert.Equal(0, image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
            Assert.Equal(System.Reflection.PortableExecutable.Machine.I386, image.PEHeaders.CoffHeader.Machine);
            Assert.Equal(System.Reflection.PortableExecutable.CorFlags.ILOnly, image.PEHeaders.CorHeader.Flags & (System.Reflection.PortableExecutable.CorFlags.ILOnly | System.Reflection.PortableExecutable.CorFlags.Requires32Bit | (System.Reflection.PortableExecutable.CorFlags)4));

            // Tables of numbers are read where they lie, so they have to lie where such numbers may.
            using var before = ModuleDefinition.ReadModule(path);
            using var after = ModuleDefinition.ReadModule(new MemoryStream(changed!));
            var data = after.GetTypes().SelectMany(type => type.Fields).Where(field => field.InitialValue.Length > 0).ToDictionary(field => field.FullName);
            Assert.NotEmpty(data);
            foreach (var field in before.GetTypes().SelectMany(type => type.Fields).Where(field => field.InitialValue.Length > 0))
            {
                Assert.Equal(field.InitialValue, data[field.FullName].InitialValue);
                if (field.FieldType.Resolve() is { PackingSize: > 1 } type) Assert.Equal(0, data[field.FullName].RVA % type.PackingSize);
            }
        }
    }, TestContext.Current.CancellationToken);

    [Theory(Timeout = Limit), MemberData(nameof(Runtimes))]
    public Task Each_runtime_has_what_the_library_and_the_changed_code_call(string runtime) => Task.Run(() =>
    {
        using var resolver = new DefaultAssemblyResolver();
        foreach (var folder in resolver.GetSearchDirectories()) resolver.RemoveSearchDirectory(folder);
        resolver.AddSearchDirectory(Path.GetDirectoryName(PathOf(runtime, Cryptography))!);
        // The packs have it among the native files.
        if (runtime != Own) resolver.AddSearchDirectory(Path.Combine(Path.GetDirectoryName(PathOf(runtime, Cryptography))!, "../../native"));
        using var library = ModuleDefinition.ReadModule(new MemoryStream(ExtraRootsPatch.LibraryContent()), new() { AssemblyResolver = resolver });
        Assert.All(library.AssemblyReferences, reference => Assert.Equal(new Version(0, 0, 0, 0), reference.Version));
        Assert.All(library.GetMemberReferences(), member => Assert.True(member.Resolve() is not null, $"{runtime}: {member.FullName}"));
        // The one call from the other side.
        var entry = library.GetType("NativeCerts.ExtraRoots.SecondBuild").Methods.Single(method => method.Name == "Of");
        using var changed = ModuleDefinition.ReadModule(new MemoryStream(OverlayPatch.Apply(PathOf(runtime, Cryptography), OverlayChanges.ExtraRoots, out _, out _)!));
        var call = changed.GetType(Chain).Methods.Single(method => method.Name == Prefix + "Retry").Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>().Single(method => method.Name == "Of");
        Assert.Equal((entry.FullName, library.Assembly.Name.Name), (call.FullName, call.DeclaringType.Scope.Name));
        Assert.True(entry is { IsPublic: true, IsStatic: true } && entry.DeclaringType.IsPublic);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Limit)]
    public Task Code_that_is_not_known_is_left_alone() => Task.Run(() =>
    {
        Action<TypeDefinition>[] differences =
        [
            chain => chain.Fields.Single(field => field.Name == "_pal").Name = "_other",
            chain => chain.Fields.Single(field => field.Name == "_syncRoot").FieldType = chain,
            chain => chain.Module.GetType(Chain + "Policy").Methods.Single(method => method.Name == "Clone").Name = "Copy",
            chain => chain.Methods.Single(method => method.Name == "Build" && method.Parameters.Count == 2).Name = "Make",
            chain => chain.Methods.Single(method => method.Name == "Build" && method.Parameters.Count == 1).Body = new(chain.Methods[0]),
        ];
        foreach (var differ in differences)
        {
            using var module = ModuleDefinition.ReadModule(PathOf(Own, Cryptography));
            differ(module.GetType(Chain));
            Assert.Equal(OverlayPatch.Unknown, ExtraRootsPatch.Change(module));
            Assert.DoesNotContain(module.GetType(Chain).Methods, method => method.Name.StartsWith(Prefix, StringComparison.Ordinal));
        }

        Assert.Null(OverlayPatch.Apply(typeof(TrustedRun).Assembly.Location, OverlayChanges.ExtraRoots, out _, out var reason));
        Assert.Equal(OverlayPatch.Unknown, reason);
    }, TestContext.Current.CancellationToken);

    private static string PathOf(string runtime, string assembly) =>
        runtime == Own ? Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, assembly) : Tools.RequireFile($"runtime-packs/{runtime}/{assembly}");
}
