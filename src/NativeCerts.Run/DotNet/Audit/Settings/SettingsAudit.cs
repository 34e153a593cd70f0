using System.Text.Json;

namespace NativeCerts.Run.DotNet.Audit.Settings;

/// <summary>Finds what in the settings files of .NET applications leaves verification out.</summary>
internal static class SettingsAudit
{
    private static readonly string[] Yes = ["true", "1", "yes"], No = ["false", "0", "no"];

    private static readonly AuditRuleInfo Switch = new(
        "setting-switches-verification-off",
        AuditSeverity.High,
        "A setting that leaves verification out",
        "leave the setting out, and put the server's root into the OS store",
        "https://learn.microsoft.com/en-us/aspnet/core/fundamentals/servers/yarp/http-client-config");

    private static readonly SettingSwitch[] Switches =
    [
        // https://learn.microsoft.com/en-us/aspnet/core/fundamentals/servers/yarp/http-client-config
        new("dangerousacceptanyservercertificate", Yes, AuditSeverity.High),
        // https://learn.microsoft.com/en-us/dotnet/framework/configure-apps/file-schema/network/servicepointmanager-element-network-settings
        new("checkcertificatename", No, AuditSeverity.High),
        // https://learn.microsoft.com/en-us/dotnet/framework/configure-apps/file-schema/wcf/authentication-of-servicecertificate-element
        new("certificatevalidationmode", ["none"], AuditSeverity.High),
        // https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue
        new("nodetlsrejectunauthorized", ["0"], AuditSeverity.Medium),
        // https://docs.python.org/3/library/http.client.html, PEP 493
        new("pythonhttpsverify", ["0"], AuditSeverity.Medium),
        // https://git-scm.com/docs/git#Documentation/git.txt-GITSSLNOVERIFY
        new("gitsslnoverify", Yes, AuditSeverity.Medium),
        new("trustservercertificate", Yes, AuditSeverity.Medium),
        new("allowinsecuretls", Yes, AuditSeverity.Medium),
        new("skiptlsverify", Yes, AuditSeverity.Medium),
        new("insecureskipverify", Yes, AuditSeverity.Medium),
        new("insecureskiptlsverify", Yes, AuditSeverity.Medium),
        new("allowuntrustedcertificates", Yes, AuditSeverity.Medium),
        new("acceptanycertificate", Yes, AuditSeverity.Medium),
        new("acceptallcertificates", Yes, AuditSeverity.Medium),
        new("trustallcertificates", Yes, AuditSeverity.Medium),
        new("ignoresslerrors", Yes, AuditSeverity.Medium),
        new("ignorecertificateerrors", Yes, AuditSeverity.Medium),
        new("skipcertificatevalidation", Yes, AuditSeverity.Medium),
        new("disablecertificatevalidation", Yes, AuditSeverity.Medium),
        new("skipsslvalidation", Yes, AuditSeverity.Medium),
        new("disablesslvalidation", Yes, AuditSeverity.Medium),
        new("validatecertificate", No, AuditSeverity.Medium),
        new("validatecertificates", No, AuditSeverity.Medium),
        new("validateservercertificate", No, AuditSeverity.Medium),
        new("verifycertificate", No, AuditSeverity.Medium),
        new("verifycertificates", No, AuditSeverity.Medium),
        new("verifyssl", No, AuditSeverity.Medium),
    ];

    /// <summary>What its rules are about.</summary>
    public static IReadOnlyList<AuditRuleInfo> Infos => [Switch, ConnectionString.TrustsAnything, ConnectionString.Unencrypted];

    /// <summary>Whether a file holds settings of a .NET application, by its name.</summary>
    public static bool IsSettings(string name)
    {
        var lower = name.ToLowerInvariant();
        return (lower.StartsWith("appsettings", StringComparison.Ordinal) && lower.EndsWith(".json", StringComparison.Ordinal))
            || lower.EndsWith(".runtimeconfig.json", StringComparison.Ordinal)
            || lower is "launchsettings.json" or "secrets.json" or "web.config" or "app.config"
            || lower.EndsWith(".dll.config", StringComparison.Ordinal)
            || lower.EndsWith(".exe.config", StringComparison.Ordinal);
    }

    /// <summary>Examines a file.</summary>
    /// <returns>Why it could not be, or <see langword="null"/>.</returns>
    public static string? Examine(string path, List<AuditFinding> findings)
    {
        try
        {
            var content = File.ReadAllBytes(path);
            var settings = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? JsonSettings.Read(content) : XmlSettings.Read(content);
            foreach (var setting in settings) findings.AddRange(Find(path, setting));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return AuditedFiles.Reason(e);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return "broken";
        }
    }

    private static IEnumerable<AuditFinding> Find(string path, Setting setting)
    {
        foreach (var (written, rule) in ConnectionString.Find(setting.Value))
        {
            yield return new(rule, rule.Severity, CodeOwner.Settings, path, $"the connection string `{setting.Name}` says `{written}`") { Line = setting.Line };
        }

        // `Section:Name` and `Section__Name` are one setting of a section.
        var name = setting.Name.Split(':', '.')[^1].Split("__")[^1].Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        foreach (var each in Switches)
        {
            if (each.Name == name && each.Values.Contains(setting.Value.Trim().ToLowerInvariant()))
            {
                yield return new(Switch, each.Severity, CodeOwner.Settings, path, $"`{setting.Name}` is `{setting.Value}`") { Line = setting.Line };
            }
        }
    }
}
