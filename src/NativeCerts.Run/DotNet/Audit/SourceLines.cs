using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NativeCerts.Run.DotNet.Audit;

/// <summary>The source lines of an assembly's code, from the portable symbols inside it or in the <c>.pdb</c> beside it.</summary>
internal sealed class SourceLines : IDisposable
{
    private readonly ISymbolReader? _symbols;

    /// <summary>Opens the symbols, if there are any that fit.</summary>
    public SourceLines(ModuleDefinition module, string path)
    {
        try
        {
            _symbols = Open(module, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException or InvalidOperationException or ArgumentException or NotSupportedException or SymbolsNotFoundException or SymbolsNotMatchingException)
        {
            // Without lines a finding still says method and offset.
        }
    }

    /// <summary>The file and line of an instruction.</summary>
    /// <param name="method">The method.</param>
    /// <param name="offset">The instruction's offset in its IL.</param>
    /// <returns>Nothing where there are no symbols, or none for this method.</returns>
    public (string? File, int? Line) Of(MethodDefinition method, int offset)
    {
        SequencePoint? best = null;
        foreach (var point in _symbols?.Read(method).SequencePoints ?? [])
        {
            // What the compiler has made of nothing in the source has no line; before the first line the first one counts.
            if (!point.IsHidden && (best is null || point.Offset <= offset)) best = point;
        }

        return (best?.Document.Url, best?.StartLine);
    }

    /// <inheritdoc/>
    public void Dispose() => _symbols?.Dispose();

    // The readers by name: Cecil's own choice looks for types by reflection, which NativeAOT has not.
    private static ISymbolReader? Open(ModuleDefinition module, string path)
    {
        if (!module.HasDebugHeader) return null;
        var header = module.GetDebugHeader();
        var isEmbedded = header.Entries.Any(entry => entry.Directory.Type is ImageDebugType.EmbeddedPortablePdb);
        if (!isEmbedded && !IsPortable(Path.ChangeExtension(path, ".pdb"))) return null;
        ISymbolReaderProvider provider = isEmbedded ? new EmbeddedPortablePdbReaderProvider() : new PortablePdbReaderProvider();
        var reader = provider.GetSymbolReader(module, path);
        if (reader.ProcessDebugHeader(header)) return reader;
        reader.Dispose();
        return null;
    }

    private static bool IsPortable(string symbols)
    {
        if (!File.Exists(symbols)) return false;
        using var file = File.OpenRead(symbols);
        Span<byte> signature = stackalloc byte[4];
        // The file is metadata alone, so it begins as metadata does [ECMA-335, II.24.2.1]; Windows's own form does not.
        return file.ReadAtLeast(signature, 4, throwOnEndOfStream: false) == 4 && signature.SequenceEqual("BSJB"u8);
    }
}
