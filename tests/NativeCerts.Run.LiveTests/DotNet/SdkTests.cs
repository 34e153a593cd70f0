using TestSupport;
using TestSupport.Registries;

namespace NativeCerts.Run.LiveTests.DotNet;

/// <summary>The SDK's own commands, whose servers stay behind to be used again.</summary>
public sealed class SdkTests(InstalledTool tool) : IDisposable
{
    private const int Limit = 180_000;
    private readonly Sandbox _sandbox = new();
    private readonly TestAuthority _root = new();

    [Fact(Timeout = Limit)]
    public async Task Restore_trusts_the_feed_and_neither_uses_a_build_server_from_before_nor_leaves_one()
    {
        Tools.Require("dotnet");
        using var certificate = _root.IssueServer();
        await using var server = await LoopbackServer.StartAsync(certificate);
        var feed = NuGetFeed.Serve(server);
        _sandbox.Folder.Write("work/nuget.config", $"""<configuration><packageSources><clear /><add key="probe" value="{feed}" /></packageSources></configuration>""");
        _sandbox.Folder.Write("work/probe.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>netstandard2.0</TargetFramework><DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences><NuGetAudit>false</NuGetAudit></PropertyGroup>
              <ItemGroup><PackageReference Include="{ProbePackage.Name}" Version="{ProbePackage.Version}" /></ItemGroup>
            </Project>
            """);
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("DOTNET_NOLOGO", "1"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"), ("DOTNET_GENERATE_ASPNET_CERTIFICATE", "false"), ("NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT", "1"), ("DOTNET_CLI_USE_MSBUILD_SERVER", "1")]) _sandbox.Environment[name] = value;
        string[] restore = ["dotnet", "restore", "--force", "--no-http-cache"];
        try
        {
            // The user has MSBuild's server on: it stays, and knows nothing of the root.
            (await _sandbox.RunAsync(restore)).MustFail();
            var before = SandboxProcesses.Of(_sandbox);
            Assert.NotEmpty(before);
            (await _sandbox.RunAsync(tool.Run(["--ca", _sandbox.Folder.Write("ca.pem", _root.Pem)], restore))).MustSucceed();
            Assert.Contains(server.Requests, request => request.EndsWith(NuGetFeed.PackagePath, StringComparison.Ordinal));

            Assert.Equal(before, SandboxProcesses.Of(_sandbox));
            Directory.Delete(_sandbox.Folder["home/.nuget/packages"], recursive: true);
            (await _sandbox.RunAsync(restore)).MustFail();
            Assert.Empty(Directory.GetFileSystemEntries(_sandbox.Folder["runtime"]));
        }
        finally
        {
            SandboxProcesses.End(_sandbox);
        }
    }

    public void Dispose()
    {
        _sandbox.Dispose();
        _root.Dispose();
    }
}
