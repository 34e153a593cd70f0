using NativeCerts.Linux;
using NativeCerts.Tests.Support;
using TestSupport;

namespace NativeCerts.Tests.Linux;

public sealed class EnvironmentTests : IDisposable
{
    private readonly FakeRoot _root = new();
    private readonly TestAuthority _bundle = new("in the default bundle");
    private readonly TestAuthority _folder = new("in the default folder");
    private readonly TestAuthority _mine = new("in my file");
    private readonly TestAuthority _hashed = new("in my folder");
    private readonly TestAuthority _other = new("in my other folder");

    public EnvironmentTests()
    {
        _root.Write(StorePaths.Bundles[0], _bundle.Pem);
        _root.WriteHashed("/etc/ssl/certs", _folder.Der);
        _root.Write("/mine.pem", _mine.Pem);
        _root.WriteHashed("/mine", _hashed.Der);
        _root.WriteHashed("/other", _other.Der);
    }

    [Fact(Timeout = 30_000)]
    public async Task Without_variables_the_bundle_is_the_store_and_the_folder_is_not_read_for_roots()
    {
        await Task.Yield();
        _root.Read().Holds(_bundle);
    }

    [Fact(Timeout = 30_000)]
    public async Task Without_a_bundle_the_folder_is_the_store()
    {
        await Task.Yield();
        File.Delete(_root[StorePaths.Bundles[0]]);
        _root.Read().Holds(_folder);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_file_replaces_the_bundle_and_not_the_folder()
    {
        await Task.Yield();
        _root.Environment["SSL_CERT_FILE"] = _root["/mine.pem"];
        var snapshot = _root.Read();
        snapshot.Holds(_mine, _folder);
        Assert.Equal(["SSL_CERT_FILE", TrustedRoot.SystemOrigin], snapshot.Roots.Select(root => root.Origin));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_folder_replaces_the_folder_and_not_the_bundle()
    {
        await Task.Yield();
        _root.Environment["SSL_CERT_DIR"] = _root["/mine"];
        var snapshot = _root.Read();
        snapshot.Holds(_bundle, _hashed);
        Assert.Equal([TrustedRoot.SystemOrigin, "SSL_CERT_DIR"], snapshot.Roots.Select(root => root.Origin));
    }

    [Fact(Timeout = 30_000)]
    public async Task Both_together_are_the_store()
    {
        await Task.Yield();
        _root.Environment["SSL_CERT_FILE"] = _root["/mine.pem"];
        _root.Environment["SSL_CERT_DIR"] = _root["/mine"];
        _root.Read().Holds(_mine, _hashed);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("{0}:{1}")]
    [InlineData(":{0}::{1}:")]
    [InlineData("{0}:{1}:{0}")]
    [InlineData("{0}:/nowhere/at/all:{1}")]
    public async Task The_folders_are_a_list(string list)
    {
        await Task.Yield();
        _root.Environment["SSL_CERT_FILE"] = _root["/mine.pem"];
        _root.Environment["SSL_CERT_DIR"] = string.Format(System.Globalization.CultureInfo.InvariantCulture, list, _root["/mine"], _root["/other"]);
        var snapshot = _root.Read();
        snapshot.Holds(_mine, _hashed, _other);
        Assert.Equal($"{_root["/mine"]}:{_root["/other"]}", snapshot.SystemFolderPath);
        if (list.Contains("nowhere", StringComparison.Ordinal)) snapshot.Reports(TrustProblemSeverity.Warning, "`/nowhere/at/all`, which `SSL_CERT_DIR` names, does not exist");
        else Assert.Empty(snapshot.Problems);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_empty_value_counts_as_unset()
    {
        await Task.Yield();
        _root.Environment["SSL_CERT_FILE"] = "";
        _root.Environment["SSL_CERT_DIR"] = "";
        _root.Environment["NIX_SSL_CERT_FILE"] = "";
        var snapshot = _root.Read();
        snapshot.Holds(_bundle);
        Assert.Empty(snapshot.Problems);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_dead_path_is_a_warning_that_names_it_and_the_default_stays_replaced()
    {
        await Task.Yield();
        _root.Environment["SSL_CERT_FILE"] = "/nowhere/bundle.pem";
        var snapshot = _root.Read();
        snapshot.Holds(_folder);
        var problem = snapshot.Reports(TrustProblemSeverity.Warning, "`/nowhere/bundle.pem`, which `SSL_CERT_FILE` names, does not exist");
        Assert.NotNull(problem.Hint);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_file_without_certificates_is_a_warning()
    {
        await Task.Yield();
        _root.Environment["SSL_CERT_FILE"] = "/dev/null";
        _root.Read().Reports(TrustProblemSeverity.Warning, "`/dev/null`, which `SSL_CERT_FILE` names, holds no certificate");
    }

    [Fact(Timeout = 30_000)]
    public async Task Dead_paths_in_both_are_an_error()
    {
        await Task.Yield();
        _root.Environment["SSL_CERT_FILE"] = "/nowhere/bundle.pem";
        _root.Environment["SSL_CERT_DIR"] = "/nowhere/folder";
        var snapshot = _root.Read();
        Assert.Empty(snapshot.Roots);
        snapshot.Reports(TrustProblemSeverity.Error, "looked at `/nowhere/bundle.pem`, `/nowhere/folder`");
    }

    [Fact(Timeout = 30_000)]
    public async Task No_environment_means_that_of_the_process()
    {
        await Task.Yield();
        var own = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().ToDictionary(variable => (string)variable.Key, variable => (string)variable.Value!);
        var given = TrustStore.Read(new TrustStoreOptions { Environment = own, FileSystemRoot = _root.Folder.Path });
        var taken = TrustStore.Read(new TrustStoreOptions { FileSystemRoot = _root.Folder.Path });
        Assert.Equal(given.Roots.Select(root => (root.Path, root.Origin)), taken.Roots.Select(root => (root.Path, root.Origin)));
        Assert.NotEmpty(taken.Roots);
    }

    [Fact(Timeout = 30_000)]
    public async Task Values_are_real_paths_not_paths_below_the_root()
    {
        await Task.Yield();
        _root.Environment["SSL_CERT_FILE"] = "/mine.pem";
        _root.Read().Reports(TrustProblemSeverity.Warning, "does not exist");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_fifo_that_nobody_writes_to_does_not_hang()
    {
        await Task.Yield();
        var fifo = _root["/fifo"];
        OpenSsl.Run("mkfifo", fifo);
        _root.Environment["SSL_CERT_FILE"] = fifo;
        _root.Read().Reports(TrustProblemSeverity.Warning, "holds no certificate");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_pipe_that_somebody_writes_to_is_read_whole()
    {
        await Task.Yield();
        var fifo = _root["/fifo"];
        OpenSsl.Run("mkfifo", fifo);
        // Open for reading and writing, a FIFO needs no second end; its buffer holds the text until it is read.
        await using var both = new FileStream(fifo, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);
        both.Write(System.Text.Encoding.ASCII.GetBytes(_mine.Pem));
        var writer = Task.Run(async () =>
        {
            await Task.Delay(50);
            both.Write(System.Text.Encoding.ASCII.GetBytes(_other.Pem));
            await Task.Delay(50);
            await both.DisposeAsync();
        });
        _root.Environment["SSL_CERT_FILE"] = fifo;
        var snapshot = _root.Read();
        await writer;
        snapshot.Holds(_mine, _other, _folder);
        Assert.Null(snapshot.CleanBundlePath);
    }

    public void Dispose()
    {
        _root.Dispose();
        foreach (var authority in new[] { _bundle, _folder, _mine, _hashed, _other }) authority.Dispose();
    }
}
