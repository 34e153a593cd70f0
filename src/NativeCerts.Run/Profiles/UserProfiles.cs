using System.Text;
using NativeCerts.Files;

namespace NativeCerts.Run.Profiles;

/// <summary>
/// The user's own profiles: each <c>*.json</c> in <c>$XDG_CONFIG_HOME/nctrust/profiles</c> (<c>~/.config</c> without that variable, on
/// macOS as well), on Windows in <c>%APPDATA%\nctrust\profiles</c>. One that can't be used costs the others nothing.
/// </summary>
/// <remarks>
/// A profile sets variables for every command, so only the user and root may write one: no file of a repository is ever looked at, and a
/// file or folder that others may write is refused. (On Windows <c>%APPDATA%</c> is the user's alone by the system's own rights.)
/// </remarks>
internal sealed class UserProfiles
{
    private static readonly UserProfiles None = new(null);
    private readonly List<ToolProfile> _profiles = [];
    private readonly List<string> _files = [];
    private readonly List<string> _problems = [];

    private UserProfiles(string? folder) => Folder = folder;

    /// <summary>Where they are looked for; <see langword="null"/> where the environment names no place that is the user's.</summary>
    public string? Folder { get; }

    /// <summary>The profiles that can be used, in the order of their files' names.</summary>
    public IReadOnlyList<ToolProfile> Profiles => _profiles;

    /// <summary>What can't be used and why, one sentence each, with file, line and column.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Reads them: where there are none, at the price of one folder that can't be opened.</summary>
    public static UserProfiles Load(IReadOnlyDictionary<string, string> environment)
    {
        if (Locate(environment) is not { } folder) return None;
        if (ListFiles(folder, out var names) is { } failure)
        {
            var user = new UserProfiles(folder);
            if (!FileContent.IsMissing(failure)) user._problems.Add($"the profiles in `{folder}` are skipped: it {failure}");
            return user;
        }

        return Read(folder, names, environment);
    }

    /// <summary>The folder of the user's own profiles, whether or not it exists.</summary>
    /// <remarks>The XDG Base Directory Specification has relative paths ignored: they would make the working folder, so a repository, the user's configuration.</remarks>
    public static string? Locate(IReadOnlyDictionary<string, string> environment)
    {
        var windows = OperatingSystem.IsWindows();
        if (environment.TryGetValue(windows ? "APPDATA" : "XDG_CONFIG_HOME", out var configuration) && Path.IsPathFullyQualified(configuration)) return Path.Join(configuration, "nctrust", "profiles");
        if (windows || !environment.TryGetValue("HOME", out var home) || !Path.IsPathFullyQualified(home)) return null;
        return Path.Join(home, ".config", "nctrust", "profiles");
    }

    /// <summary>Why a profile's file would not be used, whatever is in it, as the end of a sentence; <see langword="null"/> where only the user and root may write it.</summary>
    /// <param name="file">The file's absolute path.</param>
    /// <param name="environment">Where <c>HOME</c> is: what lies above it is the system's.</param>
    public static string? Flaw(string file, IReadOnlyDictionary<string, string> environment) =>
        OperatingSystem.IsWindows() ? null : OwnershipRule.Flaw(file, environment.TryGetValue("HOME", out var home) ? home : null);

    /// <summary>The file of a profile, or <see langword="null"/> where it is none of these.</summary>
    public string? FileOf(ToolProfile profile) => _profiles.IndexOf(profile) is var at && at < 0 ? null : _files[at];

    /// <summary>Puts them in front of the built-in profiles; one whose <c>runtime</c> is no profile becomes a problem.</summary>
    public ProfileRegistry AddTo(ProfileRegistry builtin)
    {
        if (_profiles.Count == 0) return builtin;
        // One that goes may be what another one runs on.
        while (FindRuntimeless(builtin) is var at && at >= 0)
        {
            _problems.Add($"profile skipped: {_files[at]}: its runtime `{_profiles[at].Runtime}` is no profile");
            _profiles.RemoveAt(at);
            _files.RemoveAt(at);
        }

        return builtin.With(_profiles);
    }

    private static UserProfiles Read(string folder, List<string> names, IReadOnlyDictionary<string, string> environment)
    {
        var user = new UserProfiles(folder);
        foreach (var name in names)
        {
            var file = Path.Join(folder, name);
            try
            {
                if (Flaw(file, environment) is { } flaw) user._problems.Add($"profile skipped: {file}: it {flaw}");
                else if (ReadFile(file, out var json) is { } failure) user._problems.Add($"profile skipped: {file}: it {failure}");
                else user.Add(ProfileReader.Read(json.Span, file), file);
            }
            catch (ProfileFormatException e)
            {
                user._problems.Add($"profile skipped: {e.Message}");
            }
        }

        return user;
    }

    private void Add(ToolProfile profile, string file)
    {
        var twin = _profiles.FindIndex(other => other.Name == profile.Name);
        if (twin >= 0)
        {
            _problems.Add($"profile skipped: {file}: `{profile.Name}` is there already, from {_files[twin]}");
            return;
        }

        _profiles.Add(profile);
        _files.Add(file);
    }

    private int FindRuntimeless(ProfileRegistry builtin)
    {
        for (var at = 0; at < _profiles.Count; at++)
        {
            if (_profiles[at].Runtime is { } runtime && builtin.Find(runtime) is null && !_profiles.Exists(other => other.Name == runtime)) return at;
        }

        return -1;
    }

    // An editor's own files beside the one that it edits begin with a dot.
    private static bool IsProfile(ReadOnlySpan<byte> name) => name.EndsWith(".json"u8) && name[0] != '.';

    private static string? ListFiles(string folder, out List<string> names)
    {
        names = [];
        if (OperatingSystem.IsLinux())
        {
            if (FolderListing.Open(folder, out var listing) is { } failure) return failure;
            using (listing) names = listing!.Names(IsProfile);
            return null;
        }

        if (!Directory.Exists(folder)) return FileContent.Describe(LibC.NoEntry);
        try
        {
            foreach (var path in Directory.EnumerateFiles(folder))
            {
                var name = Path.GetFileName(path);
                if (IsProfile(Encoding.UTF8.GetBytes(name))) names.Add(name);
            }

            names.Sort(StringComparer.Ordinal);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read: {e.Message}";
        }
    }

    private static string? ReadFile(string path, out Memory<byte> json)
    {
        if (OperatingSystem.IsLinux()) return FileContent.ReadEntry(LibC.CurrentFolder, path, out json);
        json = default;
        try
        {
            json = File.ReadAllBytes(path);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read: {e.Message}";
        }
    }
}
