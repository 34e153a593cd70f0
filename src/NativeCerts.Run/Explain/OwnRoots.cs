using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Explain;

/// <summary>The roots that a tool trusts by itself: data about the tools of the registry.</summary>
/// <param name="Profile">The profile's name.</param>
/// <param name="Source">Where the roots are from.</param>
/// <param name="Inherited">Whether the same holds for what runs on it: each Python program chooses for itself.</param>
internal sealed record OwnRoots(string Profile, RootSource Source, bool Inherited = true)
{
    private static readonly OwnRoots[] Known =
    [
        new("node", RootSource.Node) { AddedBy = ["NODE_EXTRA_CA_CERTS"] }, // https://nodejs.org/api/tls.html#tlsrootcertificates
        new("java", RootSource.Java), // JSSE Reference Guide, "The Default Trust Manager"
        new("httpie", RootSource.Certifi) { ReplacedBy = ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"] }, // requests/certs.py
        new("twine", RootSource.Certifi) { ReplacedBy = ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"] },
        new("conda", RootSource.Certifi) { ReplacedBy = ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"] },
        new("bun", RootSource.Mozilla) { AddedBy = ["NODE_EXTRA_CA_CERTS"] }, // https://bun.com/docs/runtime/networking/fetch
        new("deno", RootSource.Mozilla) { AddedBy = ["DENO_CERT"] }, // https://docs.deno.com/runtime/reference/env_variables/
        new("python", RootSource.Store, Inherited: false), // ssl.SSLContext.load_default_certs
        new("openssl", RootSource.Store),
        new("go", RootSource.Store), // crypto/x509.SystemCertPool
        new("curl", RootSource.Store),
        new("git", RootSource.Store),
        new("wget", RootSource.Store),
        new("wget2", RootSource.Store),
        new("gnutls-cli", RootSource.Store),
        new("dotnet", RootSource.Store),
        new("php", RootSource.Store),
        new("ruby", RootSource.Store),
    ];

    /// <summary>The variables whose file comes on top.</summary>
    public IReadOnlyList<string> AddedBy { get; init; } = [];

    /// <summary>The variables whose file takes their place; the first that is set counts.</summary>
    public IReadOnlyList<string> ReplacedBy { get; init; } = [];

    /// <summary>Those of a tool, or of what it runs on.</summary>
    /// <param name="profile">The tool.</param>
    /// <param name="runtimes">What it runs on, the nearest first.</param>
    /// <returns><see langword="null"/> where nothing is known: only trying tells.</returns>
    public static OwnRoots? Of(ToolProfile profile, IEnumerable<ToolProfile> runtimes)
    {
        if (Array.Find(Known, known => known.Profile == profile.Name) is { } own) return own;
        foreach (var runtime in runtimes)
        {
            if (Array.Find(Known, known => known.Profile == runtime.Name) is { } inherited) return inherited.Inherited ? inherited : null;
        }

        return null;
    }
}
