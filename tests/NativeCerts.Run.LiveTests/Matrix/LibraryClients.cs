namespace NativeCerts.Run.LiveTests.Matrix;

/// <summary>Clients that no program's name tells: libraries, and versions of a runtime.</summary>
internal static class LibraryClients
{
    private const string Getters = "{tests}/Getters/";

    public static IReadOnlyList<MatrixClient> All { get; } = [.. Python(), .. Node(), .. Others()];

    private static IEnumerable<MatrixClient> Python() =>
        from library in (string[])["requests", "httpx", "aiohttp"]
        select new MatrixClient { Name = $"python {library}", Command = ["python3", Getters + "get.py", library, "{url}"], Check = ["python3", "-c", $"import {library}"], Version = ["python3", "-c", $"import {library}; print({library}.__version__)"] };

    private static IEnumerable<MatrixClient> Node() => [];

    private static IEnumerable<MatrixClient> Others() => [];
}
