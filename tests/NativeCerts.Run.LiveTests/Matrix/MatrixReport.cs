namespace NativeCerts.Run.LiveTests.Matrix;

/// <summary>The table of a whole run: <c>NCTRUST_LIVE_REPORT</c> names a file to which each row is added as soon as it is known.</summary>
internal static class MatrixReport
{
    private static readonly Lock Gate = new();

    public static void Add(MatrixRow row)
    {
        if (Environment.GetEnvironmentVariable("NCTRUST_LIVE_REPORT") is not { Length: > 0 } path) return;
        lock (Gate) File.AppendAllText(path, row.ToMarkdown() + "\n");
    }
}
