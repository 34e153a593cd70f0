using Mono.Cecil;

namespace NativeCerts.Run.Tests;

/// <summary>The house stands: every reference between the parts goes down, and each part does only what it is for.</summary>
public sealed class ArchitectureSpecs
{
    private const string Root = "NativeCerts.Run";

    /// <summary>What each part may use of the others; the types of the root namespace that all may use are <see cref="Shared"/>.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        [""] = ["Cli", "Launch", "TrustFolder", "DotNet", "Injection", "Profiles"],
        ["Cli"] = ["", "Wsl", "Doctor", "Explain", "Shell", "Inventory", "Export", "Launch", "TrustFolder", "DotNet", "Injection", "Profiles"],
        ["Doctor"] = ["", "Explain", "Inventory", "Launch", "TrustFolder", "Profiles"],
        ["Explain"] = ["Inventory", "Launch", "Profiles"],
        ["Shell"] = ["", "Launch", "TrustFolder", "Injection", "Profiles"],
        ["Export"] = ["Inventory", "TrustFolder"],
        ["Inventory"] = ["Launch", "TrustFolder"],
        ["Wsl"] = ["Launch", "TrustFolder"],
        ["Launch"] = [],
        ["TrustFolder"] = ["Injection", "Profiles"],
        ["DotNet"] = ["Injection", "Profiles"],
        ["Injection"] = ["Profiles"],
        ["Profiles"] = [],
    };

    /// <summary>The parts that may use the machine's cryptography, because no start of <c>run</c> touches them; each with a type that does, without which the test would see nothing.</summary>
    private static readonly Dictionary<string, string> MayUseCryptography = new()
    {
        ["Doctor"] = "NativeCerts.Run.Doctor.Probing.TlsProbeServer",
        ["Explain"] = "NativeCerts.Run.Explain.SignatureCheck",
    };

    private static readonly string[] Shared = ["NativeCerts.Run.RunFailedException", "NativeCerts.Run.NearNames"];

    [Fact(Timeout = 60_000)]
    public Task Every_reference_between_the_parts_goes_down() => Task.Run(() =>
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(TrustedRun).Assembly.Location);
        var wrong = new SortedSet<string>();
        foreach (var type in assembly.MainModule.GetTypes().Where(IsOurs))
        {
            var part = PartOf(type.Namespace);
            Assert.True(Allowed.ContainsKey(part), $"the folder `{part}` is not in the house");
            foreach (var used in Used(type).Where(used => used.Namespace.StartsWith(Root, StringComparison.Ordinal) && !Shared.Contains(used.FullName)))
            {
                var target = PartOf(used.Namespace);
                if (target != part && !Allowed[part].Contains(target)) wrong.Add($"{type.FullName} uses {used.FullName}");
            }
        }

        Assert.Empty(wrong);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public Task Only_Launch_starts_processes_and_only_TrustFolder_Export_and_Doctor_write_files() => Task.Run(() =>
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(TrustedRun).Assembly.Location);
        var wrong = new SortedSet<string>();
        foreach (var type in assembly.MainModule.GetTypes().Where(IsOurs))
        {
            var part = PartOf(type.Namespace);
            foreach (var method in Called(type))
            {
                if (part != "Launch" && StartsProcess(method)) wrong.Add($"{type.FullName} calls {method.FullName}");
                // What Export and Doctor write is no run's: what the user asks for, and the homes of probes.
                if (part is not ("TrustFolder" or "Export" or "Doctor") && WritesFile(method)) wrong.Add($"{type.FullName} calls {method.FullName}");
                if (part == "Injection" && method.DeclaringType.FullName is "System.IO.File" or "System.IO.Directory" or "System.IO.FileStream") wrong.Add($"{type.FullName} calls {method.FullName}");
            }
        }

        Assert.Empty(wrong);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public Task The_library_needs_nothing_but_the_base_class_library() => Task.Run(() =>
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(TrustStore).Assembly.Location);
        Assert.All(assembly.MainModule.AssemblyReferences, reference => Assert.StartsWith("System", reference.Name, StringComparison.Ordinal));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public Task Nothing_that_run_uses_loads_the_cryptography_of_the_machine() => Task.Run(() =>
    {
        using var library = AssemblyDefinition.ReadAssembly(typeof(TrustStore).Assembly.Location);
        Assert.DoesNotContain(library.MainModule.AssemblyReferences, reference => IsCryptography(reference.Name));
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(TrustedRun).Assembly.Location);
        // A lambda's type is nested in the one that it stands in, and has no namespace.
        var users = assembly.MainModule.GetTypes().Where(type => IsOurs(Outermost(type))).Where(type => Used(type).Any(used => IsCryptography(used.Scope.Name) || IsCryptography(used.Namespace))).Select(Outermost).Distinct().ToList();
        Assert.All(MayUseCryptography.Values, user => Assert.Contains(user, users.Select(type => type.FullName)));
        Assert.Empty(users.Where(type => !MayUseCryptography.ContainsKey(PartOf(type.Namespace))).Select(type => type.FullName));
    }, TestContext.Current.CancellationToken);

    private static bool IsCryptography(string name) =>
        name.StartsWith("System.Security.Cryptography", StringComparison.Ordinal) || name.StartsWith("System.Net.Security", StringComparison.Ordinal);

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static bool IsOurs(TypeDefinition type) => type.Namespace.StartsWith(Root, StringComparison.Ordinal);

    private static string PartOf(string space) => space == Root ? "" : space[(Root.Length + 1)..].Split('.')[0];

    private static bool StartsProcess(MethodReference method) =>
        method.DeclaringType.Namespace.StartsWith("CliWrap", StringComparison.Ordinal)
        || (method.DeclaringType.FullName == "System.Diagnostics.Process" && method.Name == "Start");

    private static bool WritesFile(MethodReference method) => method.DeclaringType.FullName switch
    {
        "System.IO.File" => method.Name.StartsWith("Write", StringComparison.Ordinal) || method.Name is "Create" or "Move" or "Delete" or "Copy" or "CreateSymbolicLink",
        "System.IO.Directory" => method.Name is "CreateDirectory" or "Delete" or "Move",
        "System.IO.FileStream" => method.Name == ".ctor",
        _ => false,
    };

    private static IEnumerable<MethodReference> Called(TypeDefinition type) =>
        type.Methods.Where(method => method.HasBody).SelectMany(method => method.Body.Instructions).Select(instruction => instruction.Operand).OfType<MethodReference>();

    private static IEnumerable<TypeReference> Used(TypeDefinition type)
    {
        var used = new List<TypeReference>();
        if (type.BaseType is { } parent) used.Add(parent);
        used.AddRange(type.Interfaces.Select(implemented => implemented.InterfaceType));
        used.AddRange(type.Fields.Select(field => field.FieldType));
        foreach (var method in type.Methods)
        {
            used.Add(method.ReturnType);
            used.AddRange(method.Parameters.Select(parameter => parameter.ParameterType));
            if (method.HasBody) used.AddRange(method.Body.Variables.Select(variable => variable.VariableType));
        }

        used.AddRange(Called(type).Select(method => method.DeclaringType));
        return used.SelectMany(Parts);
    }

    private static IEnumerable<TypeReference> Parts(TypeReference type)
    {
        var element = type.GetElementType();
        yield return element.DeclaringType ?? element;
        if (type is not GenericInstanceType generic) yield break;
        foreach (var part in generic.GenericArguments.SelectMany(Parts)) yield return part;
    }
}
