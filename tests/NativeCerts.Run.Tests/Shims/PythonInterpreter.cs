using TestSupport;

namespace NativeCerts.Run.Tests.Shims;

/// <summary>A Python of the machine, and a copy of certifi that it can import.</summary>
/// <param name="Path">The interpreter.</param>
/// <param name="Version">Its version, as in <c>3.11</c>.</param>
/// <param name="Certifi">The folder of a certifi that is as its makers left it.</param>
internal sealed record PythonInterpreter(string Path, string Version, string Certifi)
{
    // pip brings a certifi of its time, so each Python comes with the one that its programs are likely to use.
    private const string Question = """
        from __future__ import print_function
        import os, sys
        print(sys.executable)
        print('%d.%d' % sys.version_info[:2])
        try:
            import pip._vendor.certifi as certifi
            print(os.path.dirname(os.path.abspath(certifi.__file__)))
        except Exception:
            print('')
        """;

    private static readonly Lazy<Task<IReadOnlyList<PythonInterpreter>>> Found = new(FindAsync);

    /// <summary>Every Python of the machine, one of each version; without any the running test ends.</summary>
    public static async Task<IReadOnlyList<PythonInterpreter>> AllAsync()
    {
        var all = await Found.Value;
        if (all.Count == 0) Tools.Missing("there is no `python3` with a `pip`");
        return all;
    }

    private static async Task<IReadOnlyList<PythonInterpreter>> FindAsync()
    {
        using var sandbox = new Sandbox();
        var found = new Dictionary<string, (string Path, string Certifi)>();
        foreach (var candidate in Candidates())
        {
            var answer = await sandbox.RunAsync([candidate, "-c", Question]);
            var lines = answer.StandardOutput.Split('\n');
            if (answer.ExitCode == 0 && lines.Length > 3) found.TryAdd((lines[0].Contains("pypy") ? "pypy" : "") + lines[1], (lines[0], lines[2]));
        }

        // Debian's own is changed and has no file of its own.
        bool IsWhole(string certifi) => certifi.Length > 0 && File.Exists(System.IO.Path.Combine(certifi, "cacert.pem"));
        var certifis = found.Values.Select(python => python.Certifi).Where(IsWhole).ToList();
        return [.. found.Where(python => IsWhole(python.Value.Certifi) || certifis.Count > 0)
            .Select(python => new PythonInterpreter(python.Value.Path, python.Key, IsWhole(python.Value.Certifi) ? python.Value.Certifi : certifis[^1]))];
    }

    private static IEnumerable<string> Candidates()
    {
        string[] names = ["python3", "python2.7", .. Enumerable.Range(5, 20).Select(minor => $"python3.{minor}"), "pypy3", "pypy"];
        foreach (var name in names)
        {
            if (Tools.Find(name) is { } path) yield return path;
        }

        var root = Environment.GetEnvironmentVariable("PYENV_ROOT") ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".pyenv");
        var versions = System.IO.Path.Combine(root, "versions");
        foreach (var version in Directory.Exists(versions) ? Directory.GetDirectories(versions) : [])
        {
            if (File.Exists(System.IO.Path.Combine(version, "bin", "python"))) yield return System.IO.Path.Combine(version, "bin", "python");
        }
    }
}
