using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NativeCerts.Run.DotNet.Audit;

/// <summary>One assembly whose code the rules look at.</summary>
internal sealed class AuditedAssembly : IDisposable
{
    private readonly ModuleDefinition _module;
    private readonly Lazy<List<MethodDefinition>> _methods;
    private readonly Lazy<SourceLines> _lines;

    private AuditedAssembly(string path, AssemblyOutline outline, CodeOwner owner, ModuleDefinition module)
    {
        (Path, Outline, Owner, _module) = (path, outline, owner, module);
        _methods = new(() => [.. module.GetTypes().SelectMany(type => type.Methods)]);
        Uses = new(() => Bodies);
        _lines = new(() => new(module, path));
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What it references.</summary>
    public AssemblyOutline Outline { get; }

    /// <summary>Whose it is.</summary>
    public CodeOwner Owner { get; }

    /// <summary>Every method that is defined in it; their code is read as it is looked at.</summary>
    public IReadOnlyList<MethodDefinition> Methods => _methods.Value;

    /// <summary>Every method that has code.</summary>
    public IEnumerable<MethodDefinition> Bodies => Methods.Where(method => method.HasBody);

    /// <summary>The methods that have the shape of a TLS callback.</summary>
    public IEnumerable<MethodDefinition> TlsCallbacks => Outline.CallbackTokens.Select(token => _module.LookupToken(token)).OfType<MethodDefinition>().Where(Callbacks.IsCallback);

    /// <summary>What becomes of methods that are made into delegates.</summary>
    public DelegateUses Uses { get; }

    /// <summary>Opens an assembly.</summary>
    /// <exception cref="BadImageFormatException">It is broken.</exception>
    public static AuditedAssembly Open(string path, AssemblyOutline outline, CodeOwner owner) =>
        // Symbols are read where there is a finding, by a reader of our choice: the default one looks for types by name.
        new(path, outline, owner, ModuleDefinition.ReadModule(path, new ReaderParameters(ReadingMode.Deferred) { ReadSymbols = false }));

    /// <summary>Makes a finding.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="severity">How bad it is here.</param>
    /// <param name="method">Where.</param>
    /// <param name="at">At which of its instructions.</param>
    /// <param name="message">What it does.</param>
    public AuditFinding Find(AuditRuleInfo rule, AuditSeverity severity, MethodDefinition method, Instruction at, string message)
    {
        var (file, line) = _lines.Value.Of(method, at.Offset);
        return new(rule, severity, Owner, Path, message)
        {
            Type = CSharpNames.TypeOf(method),
            Method = CSharpNames.MethodOf(method),
            Offset = at.Offset,
            SourceFile = file,
            Line = line,
        };
    }

    /// <summary>Every call of a method by one of these names, in the order of the code.</summary>
    public IEnumerable<(MethodDefinition In, Instruction At, MethodReference Called)> Calls(Func<MethodReference, bool> isWanted)
    {
        foreach (var method in Bodies)
        {
            foreach (var instruction in method.Body.Instructions)
            {
                if (instruction.OpCode.Code is Code.Call or Code.Callvirt or Code.Newobj && instruction.Operand is MethodReference called && isWanted(called)) yield return (method, instruction, called);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_lines.IsValueCreated) _lines.Value.Dispose();
        _module.Dispose();
    }
}
