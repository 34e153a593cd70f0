using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
#if WEB
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
#endif

// A .NET program as users have them, for the live tests.
switch (args)
{
    // Asks for a page.
    case ["get", var url]:
        try
        {
            Console.WriteLine(await GetAsync(url));
            return 0;
        }
        catch (HttpRequestException exception)
        {
            Console.Error.WriteLine(exception);
            return 1;
        }

    // Asks for the page of each line of standard input, and says `ok` or `refused`.
    case ["ask"]:
        while (Console.ReadLine() is { } line)
        {
            try
            {
                await GetAsync(line);
                Console.WriteLine("ok");
            }
            catch (HttpRequestException)
            {
                Console.WriteLine("refused");
            }
        }

        return 0;

    // Starts a program without any variable that names certificates.
    case ["drop", var program, .. var rest]:
        var start = new System.Diagnostics.ProcessStartInfo(program, rest);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("SSL_CERT_", StringComparison.Ordinal) || name == "CURL_CA_BUNDLE").ToList()) start.Environment.Remove(name);
        using (var process = System.Diagnostics.Process.Start(start)!)
        {
            await process.WaitForExitAsync();
            return process.ExitCode;
        }

    // Prints variables as native code sees them.
    case ["native", .. var names]:
        foreach (var name in names) Console.WriteLine($"{name}={Marshal.PtrToStringUTF8(Native.Get(name))}");
        return 0;

    // Lists a bundle's certificates.
    case ["load", var file]:
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(file);
        foreach (var certificate in certificates) Console.WriteLine(certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant());
        return 0;

    default:
        return 2;
}

static async Task<string> GetAsync(string url)
{
    // A client of its own each time: a connection that is kept would not ask again.
    using var client = new HttpClient();
#if WEB
    // The page is asked for by a web application, and it is asked by this program.
    var builder = WebApplication.CreateSlimBuilder();
    builder.WebHost.UseUrls("http://127.0.0.1:0");
    await using var application = builder.Build();
    application.Run(async context =>
    {
        try
        {
            await context.Response.Body.WriteAsync(await client.GetByteArrayAsync(url));
        }
        catch (HttpRequestException exception)
        {
            context.Response.StatusCode = 502;
            await context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(exception.ToString()));
        }
    });
    await application.StartAsync();
    using var browser = new HttpClient();
    using var answer = await browser.GetAsync(application.Urls.First());
    var body = await answer.Content.ReadAsStringAsync();
    return answer.IsSuccessStatusCode ? body : throw new HttpRequestException(body);
#else
    return await client.GetStringAsync(new Uri(url));
#endif
}

#pragma warning disable CA1050 // the runtime looks for it outside of any namespace
/// <summary>This assembly is also a startup hook, as users have them: it leaves a trace in the environment.</summary>
internal static class StartupHook
{
    public static void Initialize() => _ = Native.Set("DOTNET_CLIENT_HOOK", "was here", 1);
}
#pragma warning restore CA1050

/// <summary>The C library's environment.</summary>
internal static class Native
{
#pragma warning disable SYSLIB1054, CA2101 // all of it is ASCII
    [DllImport("libc", EntryPoint = "setenv"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Set([MarshalAs(UnmanagedType.LPStr)] string name, [MarshalAs(UnmanagedType.LPStr)] string value, int overwrite);

    [DllImport("libc", EntryPoint = "getenv"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint Get([MarshalAs(UnmanagedType.LPStr)] string name);
#pragma warning restore SYSLIB1054, CA2101
}
