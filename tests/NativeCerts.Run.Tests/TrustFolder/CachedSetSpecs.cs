using NativeCerts.Run.TrustFolder;
using TestSupport;

namespace NativeCerts.Run.Tests.TrustFolder;

/// <summary>Files that belong together are in the cache whole, or not at all.</summary>
public sealed class CachedSetSpecs : IDisposable
{
    private static readonly (string, byte[])[] Files = [("a/one", [1, 2, 3]), ("two", [])];
    private static readonly (string, string)[] Links = [("b", "a")];
    private readonly TemporaryFolder _folder = new();

    private Dictionary<string, string> Environment => new() { ["XDG_CACHE_HOME"] = _folder["cache"] };

    [Fact(Timeout = 60_000)]
    public Task What_was_made_is_found_with_all_that_is_in_it() => Task.Run(() =>
    {
        Assert.Null(CachedSet.Find(Environment, "kind", "key"));
        var made = CachedSet.Make(Environment, "kind", "key", Files, Links);
        Assert.Equal(made, CachedSet.Find(Environment, "kind", "key"));
        Assert.Equal((byte[])[1, 2, 3], File.ReadAllBytes(Path.Combine(made!, "b", "one")));
        Assert.Null(CachedSet.Find(Environment, "kind", "another"));
        Assert.Equal(made, Assert.Single(Directory.GetDirectories(_folder["cache/nctrust/kind"])));
    }, TestContext.Current.CancellationToken);

    [Theory(Timeout = 60_000)]
    [InlineData("deleted")]
    [InlineData("cut")]
    [InlineData("grown")]
    [InlineData("unlisted")]
    public Task What_is_no_longer_whole_is_not_found_and_is_made_anew(string damage) => Task.Run(() =>
    {
        var made = CachedSet.Make(Environment, "kind", "key", Files, Links)!;
        if (damage == "deleted") File.Delete(Path.Combine(made, "a/one"));
        else if (damage == "cut") File.WriteAllBytes(Path.Combine(made, "a/one"), [1]);
        else if (damage == "grown") File.WriteAllBytes(Path.Combine(made, "two"), [1]);
        else File.Delete(Path.Combine(made, "contents"));
        Assert.Null(CachedSet.Find(Environment, "kind", "key"));
        Assert.Equal(made, CachedSet.Make(Environment, "kind", "key", Files, Links));
        Assert.Equal((byte[])[1, 2, 3], File.ReadAllBytes(Path.Combine(made, "a/one")));
        Assert.Single(Directory.GetDirectories(_folder["cache/nctrust/kind"]));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public Task Nothing_is_taken_from_a_folder_that_others_can_write() => Task.Run(() =>
    {
        CachedSet.Make(Environment, "kind", "key", Files, Links);
        File.SetUnixFileMode(_folder["cache/nctrust/kind"], (UnixFileMode)0x1FF);
        Assert.Null(CachedSet.Find(Environment, "kind", "key"));
        Assert.Null(CachedSet.Make(Environment, "kind", "key", Files, Links));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public Task What_no_run_has_used_for_long_goes() => Task.Run(() =>
    {
        var old = CachedSet.Make(Environment, "kind", "old", Files, Links)!;
        Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-31));
        CachedSet.Make(Environment, "kind", "new", Files, Links);
        Assert.False(Directory.Exists(old));
    }, TestContext.Current.CancellationToken);

    public void Dispose() => _folder.Dispose();
}
