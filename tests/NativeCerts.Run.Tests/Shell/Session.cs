using TestSupport;

namespace NativeCerts.Run.Tests.Shell;

/// <summary>Sessions in a sandbox that has nctrust on <c>PATH</c>.</summary>
internal sealed class Session : IDisposable
{
    /// <summary>Puts it there.</summary>
    public Session()
    {
        Program("nctrust", $"exec {string.Join(' ', Cli.Nctrust.Command().Select(word => $"'{Tools.Find(word) ?? word}'"))} \"$@\"");
        Sandbox.Environment["PATH"] = $"{Sandbox.Folder["bin"]}:{Sandbox.Environment["PATH"]}";
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { } root) Sandbox.Environment["DOTNET_ROOT"] = root;
    }

    /// <summary>The sandbox.</summary>
    public Sandbox Sandbox { get; } = new();

    /// <summary>The folders that sessions share.</summary>
    public string[] Folders => Directory.Exists(Sandbox.Folder["runtime/nctrust"]) ? Directory.GetDirectories(Sandbox.Folder["runtime/nctrust"]) : [];

    /// <summary>Writes a script of <c>sh</c> in the first folder of <c>PATH</c>.</summary>
    public string Program(string name, string script)
    {
        var path = Sandbox.Folder.Write($"bin/{name}", $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, (UnixFileMode)0x1ED);
        return path;
    }

    /// <summary>Runs a script of <c>sh</c>, which must succeed and say nothing on standard error.</summary>
    /// <returns>Its standard output.</returns>
    public async Task<string> ShAsync(string script)
    {
        var result = (await Sandbox.RunAsync(["sh", "-euc", script])).MustSucceed();
        Assert.Empty(result.StandardError);
        return result.StandardOutput;
    }

    /// <inheritdoc/>
    public void Dispose() => Sandbox.Dispose();
}
