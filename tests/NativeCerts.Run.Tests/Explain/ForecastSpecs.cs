using System.Text.Json;

namespace NativeCerts.Run.Tests.Explain;

/// <summary>What <c>nctrust explain</c> says of installed tools is what their roots make of the chain; where these do not decide it, nothing is said.</summary>
public sealed class ForecastSpecs
{
    private const string Reached = """ "inject": [{ "env": "ACME_CA", "value": "{bundle}", "scope": "always", "roots": "replaced", "why": "w" }], """;

    [Fact(Timeout = 120_000)]
    public async Task A_tool_of_the_OS_store_accepts_what_is_in_it_and_one_that_reads_its_files_goes_by_no_variable()
    {
        using var scene = new ForecastScene();
        scene.Tool("follower", """ "ownRoots": ["system"], """);
        scene.Tool("reader", """ "ownRoots": ["systemFiles"], """);
        scene.Tool("either", """ "ownRoots": ["system", "systemFiles"], """);
        var report = await scene.ExplainAsync(scene.Root.Server());
        ForecastScene.MustTell(report, "follower", accepts: true);
        // The scene's store is one by SSL_CERT_FILE, and its root in no file of this machine's own store.
        ForecastScene.MustTell(report, "reader", accepts: false);
        ForecastScene.MustNotTell(report, "either");

        report = await scene.ExplainAsync(scene.Stranger.Server());
        foreach (var tool in (string[])["follower", "reader", "either"]) ForecastScene.MustTell(report, tool, accepts: false, acceptsUnderNctrust: false);
    }

    [Fact(Timeout = 120_000)]
    public async Task Nodes_own_roots_hold_for_what_runs_on_it_and_make_up_Mozillas_list()
    {
        using var scene = new ForecastScene();
        var known = IssuedCertificate.Root("Known Root");
        scene.Program("bin/node", $"/bin/cat {scene.Store.Sandbox.Folder.Write("node.pem", known.Pem)}");
        scene.Tool("on-node", """ "runtime": "node", """);
        scene.Tool("brings", """ "ownRoots": ["mozilla"], """ + Reached);
        foreach (var (root, accepts, under) in ((IssuedCertificate, bool, bool)[])[(known, true, true), (scene.Root, false, true), (scene.Stranger, false, false)])
        {
            var report = await scene.ExplainAsync(root.Server());
            ForecastScene.MustTell(report, "node", accepts, under);
            ForecastScene.MustTell(report, "on-node", accepts, under);
            // What a run gives takes the place of what it brings.
            ForecastScene.MustTell(report, "brings", accepts, under && root != known);
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task Javas_roots_are_those_of_the_Java_on_the_search_path()
    {
        using var scene = new ForecastScene();
        var known = IssuedCertificate.Root("Known Root");
        scene.Store.Sandbox.Folder.Write("jdk/lib/security/cacerts", NativeCerts.Run.TrustFolder.JavaKeyStore.Write([new(known.Certificate.RawData, "test", TrustedRoot.SystemOrigin)]));
        scene.Program("jdk/bin/java", "exit 1");
        scene.Store.Sandbox.Environment["JAVA_HOME"] = scene.Store.Sandbox.Folder["jdk"];
        scene.Tool("on-java", """ "runtime": "java", """);
        ForecastScene.MustTell(await scene.ExplainAsync(known.Server()), "on-java", accepts: true);
        ForecastScene.MustTell(await scene.ExplainAsync(scene.Root.Server()), "on-java", accepts: false, acceptsUnderNctrust: true);
    }

    [Fact(Timeout = 120_000)]
    public async Task Certifi_is_that_of_the_Python_that_runs_the_tool()
    {
        using var scene = new ForecastScene();
        scene.Python("bin/python3", certifi: scene.Stranger, pip: scene.Stranger);
        scene.Tool("installed", """ "ownRoots": ["certifi"], """, interpreter: "/usr/bin/env python3");
        scene.Tool("isolated", """ "ownRoots": ["certifi"], """, interpreter: scene.Python("venv/bin/python", certifi: scene.Root, pip: scene.Stranger));
        scene.Tool("frozen", """ "ownRoots": ["certifi"], """);
        var report = await scene.ExplainAsync(scene.Root.Server());
        ForecastScene.MustTell(report, "installed", accepts: false);
        ForecastScene.MustTell(report, "isolated", accepts: true);
        // No Python is seen there that could be asked.
        ForecastScene.MustNotTell(report, "frozen");

        report = await scene.ExplainAsync(scene.Stranger.Server());
        ForecastScene.MustTell(report, "installed", accepts: true);
        ForecastScene.MustTell(report, "isolated", accepts: false);
    }

    [Fact(Timeout = 120_000)]
    public async Task Where_a_tool_has_one_list_or_another_only_what_they_agree_on_is_told()
    {
        using var scene = new ForecastScene();
        var both = """ "ownRoots": ["pip", "system"], """;
        scene.Tool("distribution", both, interpreter: scene.Python("a/bin/python3", certifi: scene.Stranger, pip: scene.Root));
        scene.Tool("upstream", both, interpreter: scene.Python("b/bin/python3", certifi: scene.Root, pip: IssuedCertificate.Root("Other Root")));
        var report = await scene.ExplainAsync(scene.Root.Server());
        ForecastScene.MustTell(report, "distribution", accepts: true);
        ForecastScene.MustNotTell(report, "upstream");

        report = await scene.ExplainAsync(scene.Stranger.Server());
        ForecastScene.MustTell(report, "distribution", accepts: false);
        ForecastScene.MustTell(report, "upstream", accepts: false);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_shim_of_pyenv_is_asked_by_the_python3_beside_it_and_another_script_is_not()
    {
        using var scene = new ForecastScene();
        scene.Tool("shimmed", """ "ownRoots": ["certifi"], """);
        scene.Tool("scripted", """ "ownRoots": ["certifi"], """);
        var bundle = scene.Store.Sandbox.Folder.Write("shim.pem", scene.Root.Pem);
        foreach (var name in (string[])["python3", "shimmed"]) scene.Program($"bin/{name}", $"case \"$0\" in *python3) echo {bundle};; *) exit 1;; esac");
        var report = await scene.ExplainAsync(scene.Root.Server());
        ForecastScene.MustTell(report, "shimmed", accepts: true);
        ForecastScene.MustNotTell(report, "scripted");
        ForecastScene.MustTell(await scene.ExplainAsync(scene.Stranger.Server()), "shimmed", accepts: false);
    }

    [Fact(Timeout = 120_000)]
    public async Task What_a_variable_of_the_users_names_takes_the_place_of_a_tools_roots_or_comes_on_top()
    {
        using var scene = new ForecastScene();
        scene.Tool("replaced", """ "ownRoots": ["system"], """ + Reached);
        scene.Tool("added", """ "ownRoots": ["system"], """ + Reached.Replace("replaced", "added", StringComparison.Ordinal));
        scene.Store.Sandbox.Environment["ACME_CA"] = scene.Store.Sandbox.Folder.Write("acme.pem", scene.Stranger.Pem);
        var report = await scene.ExplainAsync(scene.Stranger.Server());
        ForecastScene.MustTell(report, "replaced", accepts: true, acceptsUnderNctrust: true);
        ForecastScene.MustTell(report, "added", accepts: true, acceptsUnderNctrust: true);
        report = await scene.ExplainAsync(scene.Root.Server());
        ForecastScene.MustTell(report, "replaced", accepts: false, acceptsUnderNctrust: true);
        ForecastScene.MustTell(report, "added", accepts: true, acceptsUnderNctrust: true);
        report = await scene.ExplainAsync(IssuedCertificate.Root("Other Root").Server());
        ForecastScene.MustTell(report, "replaced", accepts: false, acceptsUnderNctrust: false);
        ForecastScene.MustTell(report, "added", accepts: false, acceptsUnderNctrust: false);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_root_of_ca_is_for_tools_under_nctrust_that_it_reaches()
    {
        using var scene = new ForecastScene();
        scene.Tool("reached", """ "ownRoots": ["system"], """ + Reached);
        scene.Tool("unreached", """ "ownRoots": ["system"], """);
        var file = scene.Store.Sandbox.Folder.Write("stranger.pem", scene.Stranger.Pem);
        var report = await scene.ExplainAsync(scene.Stranger.Server(), "--ca", file);
        ForecastScene.MustTell(report, "reached", accepts: false, acceptsUnderNctrust: true);
        ForecastScene.MustTell(report, "unreached", accepts: false, acceptsUnderNctrust: false);
        Assert.Equal("nctrust run --ca FILE -- reached ...", report.GetProperty("fix").GetString());
    }

    [Fact(Timeout = 120_000)]
    public async Task A_defect_is_refused_by_all_that_verify_whatever_roots_they_have()
    {
        using var scene = new ForecastScene();
        scene.Program("bin/node", $"/bin/cat {scene.Store.Sandbox.Folder.Write("node.pem", scene.Root.Pem)}");
        scene.Tool("store", """ "ownRoots": ["system"], """ + Reached);
        scene.Tool("mozilla", """ "ownRoots": ["mozilla"], """);
        scene.Tool("python", """ "ownRoots": ["certifi"], """, interpreter: scene.Python("bin/python3", certifi: scene.Root, pip: scene.Root));
        scene.Tool("careless", """ "insecureByDefault": true, """);
        string[] verifying = ["store", "mozilla", "python", "node"];
        foreach (var tool in verifying) ForecastScene.MustTell(await scene.ExplainAsync(scene.Root.Server()), tool, accepts: true, acceptsUnderNctrust: true);
        foreach (var defect in (IssueOptions[])[new() { NotBefore = DateTimeOffset.UtcNow.AddDays(-9), NotAfter = DateTimeOffset.UtcNow.AddDays(-1) }, new() { Hosts = ["elsewhere.test"] }, new() { Purpose = "1.3.6.1.5.5.7.3.2" }])
        {
            var report = await scene.ExplainAsync(scene.Root.Server(defect));
            foreach (var tool in verifying) ForecastScene.MustTell(report, tool, accepts: false, acceptsUnderNctrust: false);
            ForecastScene.MustTell(report, "careless", accepts: true, acceptsUnderNctrust: true);
            Assert.False(ForecastScene.Told(report, "careless")!.Value.GetProperty("verifies").GetBoolean());
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task A_defect_that_a_tool_is_known_to_overlook_does_not_count_and_every_other_does()
    {
        using var scene = new ForecastScene();
        scene.Tool("careless", """ "ownRoots": ["system"], "overlooks": ["notForServers"], """ + Reached);
        scene.Tool("careful", """ "ownRoots": ["system"], """ + Reached);
        var report = await scene.ExplainAsync(scene.Root.Server(new() { Purpose = "1.3.6.1.5.5.7.3.2" }));
        ForecastScene.MustTell(report, "careless", accepts: true, acceptsUnderNctrust: true);
        Assert.Contains("not for TLS servers", ForecastScene.Told(report, "careless")!.Value.GetProperty("overlooked").GetString(), StringComparison.Ordinal);
        ForecastScene.MustTell(report, "careful", accepts: false, acceptsUnderNctrust: false);
        Assert.Equal(JsonValueKind.Null, ForecastScene.Told(report, "careful")!.Value.GetProperty("overlooked").ValueKind);

        report = await scene.ExplainAsync(scene.Root.Server(new() { Purpose = "1.3.6.1.5.5.7.3.2", Hosts = ["elsewhere.test"] }));
        ForecastScene.MustTell(report, "careless", accepts: false, acceptsUnderNctrust: false);
        ForecastScene.MustTell(await scene.ExplainAsync(scene.Stranger.Server(new() { Purpose = "1.3.6.1.5.5.7.3.2" })), "careless", accepts: false, acceptsUnderNctrust: false);
    }

    [Fact(Timeout = 120_000)]
    public async Task Of_what_is_not_known_the_command_that_tries_it_is_named()
    {
        using var scene = new ForecastScene();
        scene.Tool("mystery", "");
        scene.Tool("settled", """ "runtime": "node", "ownRoots": ["unknown"], """);
        scene.Tool("follower", """ "ownRoots": ["system"], """);
        using var server = await scene.StartAsync(scene.Root.Server());
        var text = (await scene.Store.NctrustAsync("explain", $"localhost:{server.Port}")).MustSucceed().StandardOutput;
        Assert.Contains($"  not known without a trial: nctrust doctor --url https://localhost:{server.Port} TOOL\n      mystery, settled\n", text, StringComparison.Ordinal);
        Assert.Contains("    accept, by the operating system's store\n      ", text, StringComparison.Ordinal);
        var report = await scene.ExplainAsync(scene.Root.Server());
        Assert.Matches("^nctrust doctor --url https://localhost:[0-9]+ TOOL$", report.GetProperty("trial").GetString());
    }
}
