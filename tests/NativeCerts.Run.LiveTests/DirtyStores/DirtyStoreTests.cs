using System.Security.Cryptography;
using TestSupport;

namespace NativeCerts.Run.LiveTests.DirtyStores;

/// <summary>Whatever dirt a store has, what leaves the tool is loaded whole by every consumer, and is what the store's good part says.</summary>
public sealed class DirtyStoreTests(InstalledTool tool, LoaderPrograms loaders) : IDisposable
{
    private const int Limit = 120_000;
    private readonly Sandbox _sandbox = new();

    public static TheoryData<string> Names => [.. DirtyBundles.Names];

    // Roots that a strict parser could turn away.
    public static MatrixTheoryData<string, string> Oddities => new(LoaderPrograms.Runtimes, ["version 1", "a negative serial number", "the same name with another key"]);

    [Theory(Timeout = Limit), MemberData(nameof(Names))]
    public async Task Every_consumer_loads_the_bundle_made_of_a_dirty_file(string name)
    {
        var dirty = DirtyBundles.Make(name);
        Name(dirty);
        var bundle = await MakeBundleAsync(tool.Run([], ["sh", "-c", "cat \"$SSL_CERT_FILE\""]));
        foreach (var runtime in LoaderPrograms.Runtimes) AssertLoads(dirty, await _sandbox.RunAsync(await loaders.LoadAsync(runtime, bundle)));
    }

    [Theory(Timeout = Limit), MemberData(nameof(Names))]
    public async Task Every_consumer_loads_the_bundle_made_of_a_dirty_store(string name)
    {
        var dirty = DirtyBundles.Make(name);
        using var store = await ChangedStore.WithBundleAsync(dirty.Content);
        var bundle = await MakeBundleAsync(store.Wrap(tool.Run([], ["sh", "-c", "cat \"$SSL_CERT_FILE\""])));
        // The strictest of them; the others see the same bytes in the test with a file.
        AssertLoads(dirty, await _sandbox.RunAsync(await loaders.LoadAsync("python3", bundle)));
    }

    [Theory(Timeout = Limit), MemberData(nameof(Names))]
    public async Task A_Java_virtual_machine_trusts_the_good_part_of_a_dirty_file(string name)
    {
        var dirty = DirtyBundles.Make(name);
        Name(dirty);
        AssertLoads(dirty, await _sandbox.RunAsync(tool.Run([], await loaders.ListJavaDefaultsAsync())));
    }

    [Theory(Timeout = Limit), MemberData(nameof(Oddities))]
    public async Task A_loader_lists_what_is_expected_when_it_is_written_cleanly(string runtime, string name)
    {
        var dirty = DirtyBundles.Make(name);
        var clean = _sandbox.Folder.Write("clean.pem", string.Concat(dirty.Expected.Select(der => PemEncoding.WriteString("CERTIFICATE", der) + "\n")));
        AssertLoads(dirty, await _sandbox.RunAsync(await loaders.LoadAsync(runtime, clean)));
    }

    [Theory(Timeout = Limit), InlineData("bad base64"), InlineData("bad DER"), InlineData("a padded serial number")]
    public async Task The_dirt_is_real_because_Python_refuses_the_file_as_it_is(string name)
    {
        var file = _sandbox.Folder.Write("dirty.pem", DirtyBundles.Make(name).Content);
        (await _sandbox.RunAsync(await loaders.LoadAsync("python3", file))).MustFail();
    }

    public void Dispose() => _sandbox.Dispose();

    private static void AssertLoads(DirtyBundle dirty, ToolResult result)
    {
        var expected = dirty.Expected.Select(der => Convert.ToHexStringLower(SHA256.HashData(der))).Order(StringComparer.Ordinal);
        var loaded = result.MustSucceed().StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);
        Assert.True(expected.SequenceEqual(loaded), $"expected {string.Join(' ', expected)}: {result}");
    }

    // The file replaces the store's bundle, an empty folder its folder: nothing else is trusted.
    private void Name(DirtyBundle dirty)
    {
        _sandbox.Environment["SSL_CERT_FILE"] = _sandbox.Folder.Write("dirty.pem", dirty.Content);
        _sandbox.Environment["SSL_CERT_DIR"] = Directory.CreateDirectory(_sandbox.Folder["no-roots"]).FullName;
    }

    private async Task<string> MakeBundleAsync(IReadOnlyList<string> command)
    {
        var bundle = (await _sandbox.RunAsync(command)).MustSucceed().StandardOutput;
        _sandbox.Environment.Remove("SSL_CERT_FILE");
        _sandbox.Environment.Remove("SSL_CERT_DIR");
        return _sandbox.Folder.Write("bundle.pem", bundle);
    }
}
