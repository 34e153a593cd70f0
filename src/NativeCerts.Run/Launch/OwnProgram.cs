namespace NativeCerts.Run.Launch;

/// <summary>The command line that starts nctrust again.</summary>
internal static class OwnProgram
{
    /// <summary><c>dotnet nctrust.dll</c>, or a program of its own: absolute paths.</summary>
    public static IReadOnlyList<string> Words
    {
        get
        {
            var program = Environment.ProcessPath!;
            return Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, Path.GetFullPath(Environment.GetCommandLineArgs()[0])] : [program];
        }
    }
}
