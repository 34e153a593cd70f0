using System.Text;
using TestSupport;

namespace NativeCerts.Run.Tests.Profiles;

/// <summary>A user's own profiles in a test's own configuration folder.</summary>
internal sealed class OwnProfiles : IDisposable
{
    /// <summary>Makes the folder, for the user alone.</summary>
    public OwnProfiles()
    {
        Folder = Directory.CreateDirectory(Configuration["nctrust/profiles"]).FullName;
        Mode("nctrust", 0x1C0);
        Mode("nctrust/profiles", 0x1C0);
        Environment["XDG_CONFIG_HOME"] = Configuration.Path;
    }

    /// <summary>What stands for <c>~/.config</c>.</summary>
    public TemporaryFolder Configuration { get; } = new();

    /// <summary>The folder of the profiles.</summary>
    public string Folder { get; }

    /// <summary>The environment that leads there.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>A profile that sets one variable for every command.</summary>
    public static string Profile(string name, string variable = "MYTOOL_CA", string more = "") =>
        $$"""{ "name": "{{name}}", "title": "T", "category": "own", {{more}}"inject": [{ "env": "{{variable}}", "value": "{bundle}", "scope": "always", "roots": "replaced", "why": "w" }], "source": "https://own.test/page" }""";

    /// <summary>Writes a profile's file that only the user may change.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, string json)
    {
        var path = Configuration.Write($"nctrust/profiles/{name}", Encoding.UTF8.GetBytes(json));
        Mode($"nctrust/profiles/{name}", 0x180);
        return path;
    }

    /// <summary>Changes the mode of something in the configuration folder.</summary>
    public void Mode(string relative, int mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Configuration[relative], (UnixFileMode)mode);
    }

    /// <inheritdoc/>
    public void Dispose() => Configuration.Dispose();
}
