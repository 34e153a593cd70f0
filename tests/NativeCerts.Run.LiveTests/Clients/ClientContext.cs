using TestSupport;

namespace NativeCerts.Run.LiveTests.Clients;

/// <summary>What a client runs against and in.</summary>
/// <param name="Server">The server that it has to trust, or not.</param>
/// <param name="Sandbox">Where it runs; a client adds the settings that it needs besides trust.</param>
public sealed record ClientContext(LoopbackServer Server, Sandbox Sandbox)
{
    /// <summary>The answer of <see cref="PagePath"/>.</summary>
    public const string Page = "the page of the probe";

    /// <summary>A plain page.</summary>
    public const string PagePath = "/page";

    /// <summary>A file beside the tests.</summary>
    public static string File(string relative) => Path.Combine(AppContext.BaseDirectory, relative);

    /// <summary>A client that prints a plain page.</summary>
    /// <param name="command">The command; the page's address comes behind it.</param>
    public ClientRequest GetPage(params string[] command)
    {
        Server.Serve(PagePath, Page);
        return new ClientRequest([.. command, Server.Url + PagePath], PagePath, Page);
    }
}
