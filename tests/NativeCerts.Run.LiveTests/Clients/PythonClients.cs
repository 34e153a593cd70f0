using TestSupport.Registries;

namespace NativeCerts.Run.LiveTests.Clients;

/// <summary>Python, its HTTP libraries and package managers. Debian's certifi is patched to the operating system's store.</summary>
public sealed class PythonClients : IClientGroup
{
    /// <inheritdoc/>
    public static IReadOnlyList<TrustClient> Clients { get; } =
    [
        Library("urllib"),
        Library("requests"),
        Library("httpx"),
        Library("aiohttp"),
        new("python below sh", ["python3"], true, context => context.GetPage("sh", "-c", "python3 \"$0\" requests \"$1\"", ClientContext.File("Getters/get.py"))),
        new("pip", ["pip3"], true, Pip),
        new("poetry", ["poetry"], true, Poetry),
        new("aws", ["aws"], true, Aws),
    ];

    private static TrustClient Library(string name) =>
        new(name, ["python3"], true, context => context.GetPage("python3", ClientContext.File("Getters/get.py"), name));

    private static ClientRequest Pip(ClientContext context) => new(
        ["pip3", "--no-cache-dir", "--disable-pip-version-check", "--retries", "0", "download", "--no-deps", "--index-url", PythonIndex.Serve(context.Server), ProbePackage.Name],
        PythonIndex.WheelPath);

    private static ClientRequest Poetry(ClientContext context)
    {
        context.Sandbox.Environment["POETRY_VIRTUALENVS_CREATE"] = "false";
        // The machine may have a keyring daemon; asking it can wait for somebody to answer.
        context.Sandbox.Environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring";
        context.Sandbox.Folder.Write(
            "work/pyproject.toml",
            $"""
            [tool.poetry]
            name = "project"
            version = "1.0.0"
            description = ""
            authors = []
            [tool.poetry.dependencies]
            python = "*"
            {ProbePackage.Name} = "*"
            [[tool.poetry.source]]
            name = "probe"
            url = "{PythonIndex.Serve(context.Server)}"
            default = true
            """);
        return new ClientRequest(["poetry", "lock", "--no-interaction"], PythonIndex.WheelPath);
    }

    private static ClientRequest Aws(ClientContext context)
    {
        context.Sandbox.Environment["AWS_ACCESS_KEY_ID"] = "test";
        context.Sandbox.Environment["AWS_SECRET_ACCESS_KEY"] = "test";
        context.Sandbox.Environment["AWS_MAX_ATTEMPTS"] = "1";
        context.Sandbox.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        context.Server.Serve("/", "<ListAllMyBucketsResult><Buckets><Bucket><Name>probe</Name><CreationDate>2020-01-01T00:00:00.000Z</CreationDate></Bucket></Buckets></ListAllMyBucketsResult>", "application/xml");
        return new ClientRequest(["aws", "--region", "us-east-1", "--endpoint-url", context.Server.Url, "s3", "ls"], "/", "probe");
    }
}
