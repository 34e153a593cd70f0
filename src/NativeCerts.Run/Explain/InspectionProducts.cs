namespace NativeCerts.Run.Explain;

/// <summary>The products that break TLS open to look into it, by what their certificates say. A name here is a hint, and no proof: whoever makes a root may call it anything.</summary>
internal static class InspectionProducts
{
    private static readonly (string Text, string Product)[] Known =
    [
        ("Zscaler", "Zscaler"),
        ("Netskope", "Netskope"),
        ("goskope", "Netskope"),
        ("Palo Alto Networks", "a Palo Alto Networks firewall"),
        ("Prisma Access", "Palo Alto Networks Prisma Access"),
        ("Fortinet", "a Fortinet firewall"),
        ("FortiGate", "a Fortinet firewall"),
        ("Cisco Umbrella", "Cisco Umbrella"),
        ("Cisco Secure Access", "Cisco Secure Access"),
        ("Blue Coat", "a Blue Coat proxy"),
        ("ProxySG", "a Blue Coat proxy"),
        ("Symantec Web Security", "Symantec Web Security"),
        ("Forcepoint", "Forcepoint"),
        ("Websense", "Forcepoint"),
        ("McAfee Web Gateway", "Skyhigh (McAfee) Web Gateway"),
        ("Skyhigh", "Skyhigh Security"),
        ("Check Point", "a Check Point firewall"),
        ("SonicWall", "a SonicWall firewall"),
        ("Sophos SSL CA", "Sophos"),
        ("Sophos_CA", "Sophos"),
        ("WatchGuard", "a WatchGuard firewall"),
        ("Fireware", "a WatchGuard firewall"),
        ("Barracuda", "Barracuda"),
        ("Menlo Security", "Menlo Security"),
        ("iboss", "iboss"),
        ("Cato Networks", "Cato Networks"),
        ("Cloudflare for Teams", "Cloudflare Gateway"),
        ("Gateway CA - Cloudflare", "Cloudflare Gateway"),
        ("Lightspeed", "Lightspeed Filter"),
        ("Securly", "Securly"),
        ("GoGuardian", "GoGuardian"),
        ("Kaspersky", "Kaspersky Anti-Virus"),
        ("ESET SSL Filter", "ESET"),
        ("Avast Web/Mail Shield", "Avast"),
        ("AVG Web/Mail Shield", "AVG"),
        ("Bitdefender", "Bitdefender"),
        ("AdGuard", "AdGuard"),
        ("mitmproxy", "mitmproxy"),
        ("Charles Proxy", "Charles"),
        ("FiddlerRoot", "Fiddler"),
        ("PortSwigger", "Burp Suite"),
        ("Proxyman", "Proxyman"),
        ("HTTP Toolkit", "HTTP Toolkit"),
        ("OWASP Zed Attack Proxy", "ZAP"),
        ("Squid", "Squid"),
    ];

    /// <summary>The product that the name of an authority tells; <see langword="null"/> for none.</summary>
    public static string? Find(string name)
    {
        foreach (var (text, product) in Known)
        {
            if (name.Contains(text, StringComparison.OrdinalIgnoreCase)) return product;
        }

        return null;
    }
}
