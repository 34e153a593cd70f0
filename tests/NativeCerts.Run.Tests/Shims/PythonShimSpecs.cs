using NativeCerts.Run.Profiles;
using TestSupport;

namespace NativeCerts.Run.Tests.Shims;

/// <summary>The start-up module for Python, in every Python of the machine, with the certifi of its time.</summary>
public sealed class PythonShimSpecs : IDisposable
{
    /// <summary>A path that would be something else if it were ever code, or a list.</summary>
    private const string Name = "un'der \"a\" \\ b:ündle.pem";

    private const string Show = """
        import os, sys
        def show(text):
            os.write(1, (text if isinstance(text, bytes) else os.fsencode(text)) + b'\n')

        """;

    private readonly Sandbox _sandbox = new();
    private readonly string _shim;
    private readonly string _bundle;

    public PythonShimSpecs()
    {
        _bundle = _sandbox.Folder.Write(Name, "# a remark: ü\r\n-----BEGIN\n");
        _shim = WriteShim("trust", _bundle);
    }

    public void Dispose() => _sandbox.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task Whoever_asks_certifi_gets_the_bundle()
    {
        foreach (var python in await PythonInterpreter.AllAsync())
        {
            const string script = Show + """
                import certifi
                from certifi import where, core
                for ask in (certifi.where, where, core.where):
                    show(ask())
                if hasattr(certifi, 'contents'):
                    assert certifi.contents() == '# a remark: \n-----BEGIN\n', repr(certifi.contents())
                assert where.__name__ == 'where' and certifi.__file__ and core.__file__
                """;
            Assert.Equal(Enumerable.Repeat(_bundle, 3), await RunAsync(python, script, _shim, CopyCertifi(python)));
            Assert.NotEqual(_bundle, (await RunAsync(python, Show + "import certifi; show(certifi.where())", CopyCertifi(python)))[0]);
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task A_copy_of_certifi_in_another_package_is_found()
    {
        foreach (var python in await PythonInterpreter.AllAsync())
        {
            var folder = CopyCertifi(python, "vendor.of.certifi");
            Assert.Equal([_bundle], await RunAsync(python, Show + "from vendor.of import certifi; show(certifi.where())", _shim, folder));
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task So_is_one_in_an_archive()
    {
        foreach (var python in await PythonInterpreter.AllAsync())
        {
            var folder = CopyCertifi(python);
            var archive = _sandbox.Folder[$"{python.Version}.zip"];
            System.IO.Compression.ZipFile.CreateFromDirectory(folder, archive);
            Assert.Equal([_bundle], await RunAsync(python, Show + "import certifi; show(certifi.where()); assert '.zip' in certifi.core.__file__; assert type(certifi.core.__loader__) is type(certifi.__loader__)", _shim, archive));
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task What_a_pth_file_has_imported_from_certifi_before_gives_the_bundle_too()
    {
        foreach (var python in await PythonInterpreter.AllAsync())
        {
            _sandbox.Environment["PYTHONUSERBASE"] = _sandbox.Folder[$"user-{python.Version}"];
            var site = (await RunAsync(python, Show + "import site; show(site.getusersitepackages())"))[0];
            Directory.CreateDirectory(site);
            CopyFolder(CopyCertifi(python), site);
            File.WriteAllText(Path.Combine(site, "early.py"), "from certifi import where\nimport sys\nfirst = 'sitecustomize' not in sys.modules\n");
            File.WriteAllText(Path.Combine(site, "early.pth"), "import early\n");
            Assert.Equal([_bundle], await RunAsync(python, Show + "import early; assert early.first; show(early.where())", _shim));
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task Once_the_bundle_is_gone_certifi_is_as_it_was()
    {
        foreach (var python in await PythonInterpreter.AllAsync())
        {
            var folder = CopyCertifi(python);
            const string script = Show + "import certifi; show(certifi.where()); show(str(len(certifi.contents() if hasattr(certifi, 'contents') else '')))";
            var alone = await RunAsync(python, script, folder);
            Assert.Equal(alone, await RunAsync(python, script, WriteShim("gone", _sandbox.Folder["no-bundle"]), folder));
            Assert.Equal(alone, await RunAsync(python, script, WriteShim("incomplete", null), folder));
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task A_certifi_that_its_user_has_pointed_elsewhere_stays_so()
    {
        // Python 2 knows a compiled file by the second, and the test changes the source more often.
        _sandbox.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        foreach (var python in await PythonInterpreter.AllAsync())
        {
            var folder = CopyCertifi(python);
            Assert.Equal(["/my.pem", "/my.pem"], await RunAsync(python, Show + """
                import certifi, certifi.core
                certifi.where = certifi.core.where = lambda: '/my.pem'
                show(certifi.where())
                from certifi import where
                show(where())
                """, _shim, folder));

            await File.AppendAllTextAsync(Path.Combine(folder, "certifi", "core.py"), "\ndef where():\n    return '/my/cacert.pem'\n", TestContext.Current.CancellationToken);
            Assert.Equal(["/my/cacert.pem"], await RunAsync(python, Show + "import certifi; show(certifi.where())", _shim, folder));

            await File.AppendAllTextAsync(Path.Combine(folder, "certifi", "core.py"), "\nclass Where(object):\n    def __call__(self):\n        return __file__.replace('core.py', 'cacert.pem')\nwhere = Where()\n", TestContext.Current.CancellationToken);
            Assert.EndsWith("cacert.pem", (await RunAsync(python, Show + "import certifi; show(certifi.where())", _shim, folder))[0], StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task A_sitecustomize_further_on_is_run_once_in_its_place_and_with_the_same_outcome()
    {
        var theirs = Path.GetDirectoryName(_sandbox.Folder.Write("theirs/sitecustomize.py", "import sys\nsys.path.append('/added')\nruns = getattr(sys, 'runs', 0) + 1\nsys.runs = runs\nfolders = list(sys.path)\n"))!;
        _sandbox.Folder.Write("theirs/usercustomize.py", "import sys\nsys.user = True\n");
        var broken = Path.GetDirectoryName(_sandbox.Folder.Write("broken/sitecustomize.py", "import sys\nsys.seen = 1\nraise ValueError('theirs')\n"))!;
        var missing = Path.GetDirectoryName(_sandbox.Folder.Write("missing/sitecustomize.py", "import no_such_module\n"))!;
        var ending = Path.GetDirectoryName(_sandbox.Folder.Write("ending/sitecustomize.py", "import os\nraise SystemExit(7)\n"))!;
        foreach (var python in await PythonInterpreter.AllAsync())
        {
            var certifi = CopyCertifi(python);
            Assert.Equal([theirs, "1", "True", _bundle], await RunAsync(python, Show + $"""
                import sitecustomize, certifi
                show(os.path.dirname(sitecustomize.__file__)); show(str(sys.runs)); show(str(sys.user)); show(certifi.where())
                assert sys.path.count('{_shim}') == 1 and sys.path.index('{_shim}') < sys.path.index('{theirs}') and '/added' in sys.path, sys.path
                assert '{_shim}' not in sitecustomize.folders
                """, _shim, theirs, certifi));

            foreach (var folder in new[] { broken, missing, ending })
            {
                var alone = await StartAsync(python, "print(1)", folder);
                var together = await StartAsync(python, "print(1)", _shim, folder);
                // A traceback has the lines of both, where Python shows one.
                Assert.Equal((alone.ExitCode, alone.StandardOutput, LastLine(alone)), (together.ExitCode, together.StandardOutput, LastLine(together)));
            }
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task The_first_of_two_runs_one_inside_the_other_decides()
    {
        var inner = _sandbox.Folder.Write("inner.pem", "inner");
        foreach (var python in await PythonInterpreter.AllAsync())
        {
            Assert.Equal([inner], await RunAsync(python, Show + "import certifi; show(certifi.where())", WriteShim("inner", inner), _shim, CopyCertifi(python)));
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task Nothing_is_loaded_or_said_at_the_start_and_nothing_breaks_without_certifi()
    {
        var other = Path.GetDirectoryName(_sandbox.Folder.Write("mine/mycertifi/core.py", "where = None\n"))!;
        File.WriteAllText(Path.Combine(other, "__init__.py"), "");
        const string script = Show + "import mycertifi.core, json; show(' '.join(sorted(name for name in sys.modules if 'customize' not in name)))";
        foreach (var python in await PythonInterpreter.AllAsync())
        {
            var folder = _sandbox.Folder["mine"];
            Assert.Equal(await RunAsync(python, script, folder), await RunAsync(python, script, _shim, folder));
            Assert.Equal(["no"], await RunAsync(python, Show + "try:\n    import nowhere.certifi.core\nexcept ImportError:\n    show('no')", _shim));
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_is_trusted_if_its_root_is_in_the_bundle_and_only_then()
    {
        using var ours = new TestAuthority();
        using var unknown = new TestAuthority();
        using var certificate = ours.IssueServer();
        using var stranger = unknown.IssueServer();
        await using var server = await LoopbackServer.StartAsync(certificate);
        await using var other = await LoopbackServer.StartAsync(stranger);
        server.Serve("/", "hello");
        other.Serve("/", "hello");
        var shim = WriteShim("live", _sandbox.Folder.Write("live.pem", ours.Pem));
        const string script = """
            import ssl
            try:
                from urllib.request import urlopen
            except ImportError:
                from urllib2 import urlopen
            import certifi
            context = ssl.create_default_context(cafile=certifi.where())
            try:
                answer = urlopen(url, context=context).read().decode('ascii')
            except Exception as failure:
                answer = 'refused' if 'certificate verify failed' in str(failure).lower() else repr(failure)
            print(answer)
            """;
        foreach (var python in await PythonInterpreter.AllAsync())
        {
            var folder = CopyCertifi(python);
            Assert.Equal("hello\n", (await ConnectAsync(python, script, server, shim, folder)).StandardOutput);
            Assert.Equal("refused\n", (await ConnectAsync(python, script, other, shim, folder)).StandardOutput);
            Assert.Equal("refused\n", (await ConnectAsync(python, script, server, folder)).StandardOutput);
        }
    }

    private string WriteShim(string folder, string? bundle)
    {
        var path = _sandbox.Folder.Write($"{folder}/sitecustomize.py", BuiltinShims.Find("python/sitecustomize.py").ToArray());
        if (bundle is not null) _sandbox.Folder.Write($"{folder}/bundle.path", bundle + "\n\n");
        return Path.GetDirectoryName(path)!;
    }

    /// <summary>Puts a certifi of the Python's own into a folder, under any name.</summary>
    private string CopyCertifi(PythonInterpreter python, string name = "certifi")
    {
        var root = _sandbox.Folder[$"lib-{python.Version}-{Guid.NewGuid():N}"];
        var folder = root;
        foreach (var part in name.Split('.'))
        {
            folder = Directory.CreateDirectory(Path.Combine(folder, part)).FullName;
            File.WriteAllText(Path.Combine(folder, "__init__.py"), "");
        }

        foreach (var file in new[] { "__init__.py", "core.py", "cacert.pem" }) File.Copy(Path.Combine(python.Certifi, file), Path.Combine(folder, file), overwrite: true);
        var core = Path.Combine(folder, "core.py");
        File.WriteAllText(core, File.ReadAllText(core).Replace("pip._vendor.certifi", name, StringComparison.Ordinal).Replace("\"certifi\"", $"\"{name}\"", StringComparison.Ordinal));
        return root;
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    private static string LastLine(ToolResult result) => result.StandardError.TrimEnd('\n').Split('\n')[^1];

    private async Task<string[]> RunAsync(PythonInterpreter python, string script, params string[] folders)
    {
        var result = await StartAsync(python, script, folders);
        Assert.True(result is { ExitCode: 0, StandardError: "" }, $"Python {python.Version}: {result}");
        return result.StandardOutput.TrimEnd('\n').Split('\n');
    }

    private Task<ToolResult> StartAsync(PythonInterpreter python, string script, params string[] folders)
    {
        _sandbox.Environment["PYTHONPATH"] = string.Join(':', folders);
        return _sandbox.RunAsync([python.Path, "-c", script]);
    }

    private Task<ToolResult> ConnectAsync(PythonInterpreter python, string script, LoopbackServer server, params string[] folders) =>
        StartAsync(python, $"url = '{server.Url}/'\n{script}", folders);
}
