namespace NativeCerts.Run.LiveTests.Matrix;

/// <summary>Clients that no program's name tells: libraries, and versions of a runtime.</summary>
internal static class LibraryClients
{
    private const string Getters = "{tests}/Getters/";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MatrixClient> All { get; } = [.. Python(), .. Node(), .. Others()];

    // urllib and websockets ask OpenSSL for its default paths, grpc brings a list of its own, most others ask certifi.
    private static IEnumerable<MatrixClient> Python() =>
        from library in (string[])["aiohttp", "grpc", "httplib2", "httpx", "requests", "urllib", "urllib3", "websockets", "pycurl"]
        select new MatrixClient
        {
            Name = $"python {library}",
            Command = ["python3", Getters + "get.py", library, "{url}"],
            Check = ["python3", "-c", $"import {library}"],
            Version = ["python3", "-c", $"import {library}; print(getattr({library}, '__version__', ''))"],
            // Both open the OS's own file and read no variable: libcurl (https://curl.se/libcurl/c/CURLOPT_CAINFO.html), and urllib3 1.26 as Debian patches it.
            IsReached = library is not ("pycurl" or "urllib3"),
        };

    // A version that is not the system's own lies in a folder of its own: .ci/install-tools.
    private static IEnumerable<MatrixClient> Node() =>
        from version in (string[])["18", "20", "22", "24", "26"]
        from way in (string[])["https.js", "fetch.mjs"]
        let program = $"node{version}"
        select new MatrixClient
        {
            Name = $"node {version} {Path.GetFileNameWithoutExtension(way)}",
            Command = [program, Getters + way, "{url}"],
            Programs = [program],
            Version = [program, "--version"],
        };

    private static IEnumerable<MatrixClient> Others() =>
    [
        new() { Name = "java http-client", Command = ["java", Getters + "Get.java", "client", "{url}"], Version = ["java", "--version"] },
        new() { Name = "dotnet http-client", Command = ["dotnet", "{tests}/DotNetClient.dll", "get", "{url}"], Version = ["dotnet", "--version"] },
        new() { Name = "go net-http", Command = ["go", "run", Getters + "get.go", "{url}"], Version = ["go", "version"] },
        new() { Name = "php curl", Command = ["php", Getters + "get.php", "curl", "{url}"], Check = ["php", "-r", "exit(extension_loaded('curl') ? 0 : 1);"], Version = ["php", "--version"], IsReached = false },
        new() { Name = "perl lwp", Command = ["perl", Getters + "get.pl", "{url}"], Check = ["perl", "-MLWP::Protocol::https", "-e", "1"], Version = ["perl", "-MLWP", "-e", "print LWP->VERSION"] },
        new() { Name = "perl http-tiny", Command = ["perl", "-MHTTP::Tiny", "-e", "my $r = HTTP::Tiny->new(verify_SSL => 1)->get(shift); die $r->{content} if $r->{status} == 599", "{url}"], Version = ["perl", "-MHTTP::Tiny", "-e", "print HTTP::Tiny->VERSION"] },
        new() { Name = "perl mojo", Command = ["perl", "-MMojo::UserAgent", "-e", "print Mojo::UserAgent->new->get(shift)->result->body", "{url}"], Check = ["perl", "-MMojo::UserAgent", "-e", "1"], Version = ["perl", "-MMojolicious", "-e", "print Mojolicious->VERSION"] },
        new() { Name = "ruby open-uri", Command = ["ruby", "-ropen-uri", "-e", "URI.open(ARGV[0]).read", "{url}"], Version = ["ruby", "--version"] },
        new() { Name = "r curl", Command = ["Rscript", "-e", "curl::curl_fetch_memory(commandArgs(TRUE)[1])", "{url}"], Check = ["Rscript", "-e", "library(curl)"], Version = ["Rscript", "-e", "cat(as.character(packageVersion('curl')))"] },
        new() { Name = "r httr", Command = ["Rscript", "-e", "httr::GET(commandArgs(TRUE)[1])", "{url}"], Check = ["Rscript", "-e", "library(httr)"], Version = ["Rscript", "-e", "cat(as.character(packageVersion('httr')))"] },
        new() { Name = "git clone", Command = ["git", "clone", "--quiet", "{url}/r.git", "r"], Version = ["git", "--version"] },
    ];
}
