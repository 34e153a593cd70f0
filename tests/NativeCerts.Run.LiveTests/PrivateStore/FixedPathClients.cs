using NativeCerts.Run.LiveTests.Clients;
using TestSupport;

namespace NativeCerts.Run.LiveTests.PrivateStore;

/// <summary>Programs that read the operating system's files under the names that were built into them, whatever any variable says; Go and Java are made to.</summary>
public static class FixedPathClients
{
    private static readonly Lazy<Task<byte[]>> StaticProgram = new(BuildAsync);

    /// <summary>The clients. All follow the operating system's store by itself.</summary>
    public static IReadOnlyList<TrustClient> Clients { get; } =
    [
        new("static Go program", ["go"], true, GoAsync),
        new("aria2", ["aria2c"], true, context => context.GetPage("aria2c", "--no-conf", "--quiet", "--max-tries=1", "--dir", context.Sandbox.Work) with { Output = "" }),
        new("wget of GnuTLS", ["wget"], true, context => context.GetPage("wget", "--no-config", "--quiet", "--tries=1", "--output-document=-")),
        new("php-curl", ["php"], true, context => context.GetPage("php", Copy(context, "get.php"), "curl")),
        new("pycurl", ["/usr/bin/python3"], true, context => context.GetPage("/usr/bin/python3", "-c", "import pycurl, sys; c = pycurl.Curl(); c.setopt(pycurl.URL, sys.argv[1]); c.perform()")),
        new("R curl", ["Rscript"], true, context => context.GetPage("Rscript", "--vanilla", "-e", "cat(rawToChar(curl::curl_fetch_memory(commandArgs(TRUE)[1])$content))")),
        new("java", ["java"], true, context => context.GetPage("java", Copy(context, "Get.java"), "connection")),
    ];

    // The folder of the tests may be closed to whoever runs the client.
    private static string Copy(ClientContext context, string getter) => context.Sandbox.Folder.Write($"work/{getter}", File.ReadAllText(ClientContext.File($"Getters/{getter}")));

    private static async Task<ClientRequest> GoAsync(ClientContext context)
    {
        var program = context.Sandbox.Folder.Write("work/get", await StaticProgram.Value);
        File.SetUnixFileMode(program, (UnixFileMode)0x1ED);
        return context.GetPage(program);
    }

    private static async Task<byte[]> BuildAsync()
    {
        using var sandbox = new Sandbox();
        sandbox.Environment["CGO_ENABLED"] = "0";
        sandbox.Environment["GOFLAGS"] = "-modcacherw";
        (await sandbox.RunAsync(["go", "build", "-o", "get", ClientContext.File("Getters/get.go")])).MustSucceed();
        return await File.ReadAllBytesAsync(Path.Combine(sandbox.Work, "get"));
    }
}
