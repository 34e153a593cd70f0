namespace NativeCerts.Run.Profiles.Detection;

/// <summary>What the first bytes of a program's file tell.</summary>
/// <param name="Interpreter">The words of its <c>#!</c> line, the interpreter first, or <see langword="null"/>.</param>
/// <param name="Text">A script's text, as far as it is read; empty for a native program.</param>
/// <param name="IsProgram">It is a native program: ELF, Mach-O or PE.</param>
internal readonly record struct ProgramHead(List<string>? Interpreter, string Text, bool IsProgram)
{
    /// <summary>Of a file that can't be read, or is neither a program nor a text.</summary>
    public static ProgramHead None { get; } = new(null, "", false);
}
