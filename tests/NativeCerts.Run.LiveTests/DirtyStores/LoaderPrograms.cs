using NativeCerts.Run.LiveTests.Clients;
using TestSupport;

[assembly: AssemblyFixture(typeof(NativeCerts.Run.LiveTests.DirtyStores.LoaderPrograms))]

namespace NativeCerts.Run.LiveTests.DirtyStores;

/// <summary>One small program a runtime that loads a bundle file and prints the SHA-256 of each certificate it took; compiled once.</summary>
public sealed class LoaderPrograms : IDisposable
{
    private readonly Sandbox _sandbox = new();
    private readonly Lazy<Task> _compiled;

    /// <summary>Compiles nothing yet.</summary>
    public LoaderPrograms() => _compiled = new(CompileAsync);

    /// <summary>The runtimes.</summary>
    public static IReadOnlyList<string> Runtimes { get; } = ["python3", "ruby", "node", "go", "java", "dotnet"];

    /// <summary>The command with which a runtime loads a bundle file.</summary>
    public async Task<IReadOnlyList<string>> LoadAsync(string runtime, string bundle)
    {
        Tools.Require(runtime);
        await _compiled.Value;
        return runtime switch
        {
            "python3" => ["python3", ClientContext.File("Loaders/load.py"), bundle],
            "ruby" => ["ruby", ClientContext.File("Loaders/load.rb"), bundle],
            "node" => ["node", ClientContext.File("Loaders/load.js"), bundle],
            "go" => [_sandbox.Folder["work/load-go"], bundle],
            "java" => ["java", "-cp", _sandbox.Work, "Load", "pem", bundle],
            "dotnet" => ["dotnet", ClientContext.File("DotNetClient.dll"), "load", bundle],
            _ => throw new ArgumentOutOfRangeException(nameof(runtime), runtime, "no loader for this runtime"),
        };
    }

    /// <summary>The command that prints what a Java virtual machine trusts without being told a file.</summary>
    public async Task<IReadOnlyList<string>> ListJavaDefaultsAsync()
    {
        Tools.Require("java");
        await _compiled.Value;
        return ["java", "-cp", _sandbox.Work, "Load", "defaults"];
    }

    /// <inheritdoc/>
    public void Dispose() => _sandbox.Dispose();

    private async Task CompileAsync()
    {
        if (Tools.Find("go") is not null) (await _sandbox.RunAsync(["go", "build", "-o", "load-go", ClientContext.File("Loaders/load.go")])).MustSucceed();
        if (Tools.Find("javac") is not null) (await _sandbox.RunAsync(["javac", "-d", ".", ClientContext.File("Loaders/Load.java")])).MustSucceed();
    }
}
