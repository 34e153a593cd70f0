using System.Text.Json;

namespace NativeCerts.Run.DotNet.Audit;

/// <summary>
/// Tells an application's own assemblies from its libraries: by the <c>*.deps.json</c> of its folder, where projects are its own and all else
/// is not; what none names is its own unless it lies in a folder of SDKs, frameworks or packages.
/// </summary>
/// <remarks>https://learn.microsoft.com/en-us/dotnet/core/dependency-loading/default-probing, https://github.com/dotnet/sdk/blob/main/documentation/specs/runtime-configuration-file.md</remarks>
internal sealed class CodeOwnership
{
    private static readonly string[] LibraryFolders = ["/.nuget/packages/", "/dotnet/shared/", "/dotnet/sdk/", "/dotnet/packs/", "/dotnet/store/", "/Reference Assemblies/", "/Microsoft.NET/assembly/", "/Microsoft.NET/Framework/", "/Microsoft.NET/Framework64/"];

    private readonly Dictionary<string, Dictionary<string, CodeOwner>?> _folders = new(StringComparer.Ordinal);

    /// <summary>Whose an assembly is.</summary>
    public CodeOwner OwnerOf(string path)
    {
        var absolute = Path.GetFullPath(path);
        for (var folder = Path.GetDirectoryName(absolute); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (ListOf(folder) is { } list && list.TryGetValue(Path.GetFileName(absolute), out var owner)) return owner;
            // What an application has for other systems and languages lies at most three folders deep: runtimes/linux-x64/lib/net10.0.
            if (!IsBelowApplication(absolute, folder)) break;
        }

        return IsInLibraryFolder(absolute) ? CodeOwner.Library : CodeOwner.Own;
    }

    private static bool IsBelowApplication(string path, string folder) => Path.GetRelativePath(folder, path).Count(letter => letter == Path.DirectorySeparatorChar) < 5;

    private static bool IsInLibraryFolder(string path)
    {
        var plain = path.Replace('\\', '/');
        if (Array.Exists(LibraryFolders, folder => plain.Contains(folder, StringComparison.OrdinalIgnoreCase))) return true;
        return Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } packages && plain.StartsWith(Path.GetFullPath(packages).Replace('\\', '/').TrimEnd('/') + "/", StringComparison.OrdinalIgnoreCase);
    }

    private Dictionary<string, CodeOwner>? ListOf(string folder)
    {
        if (_folders.TryGetValue(folder, out var known)) return known;
        Dictionary<string, CodeOwner>? list = null;
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*.deps.json")) Add(file, list ??= new(StringComparer.OrdinalIgnoreCase));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder above that may not be read says nothing.
        }

        return _folders[folder] = list;
    }

    private static void Add(string file, Dictionary<string, CodeOwner> list)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            if (!document.RootElement.TryGetProperty("targets", out var targets) || !document.RootElement.TryGetProperty("libraries", out var libraries)) return;
            foreach (var library in targets.EnumerateObject().SelectMany(target => target.Value.EnumerateObject()))
            {
                var owner = libraries.TryGetProperty(library.Name, out var described) && described.TryGetProperty("type", out var type) && type.GetString() == "project" ? CodeOwner.Own : CodeOwner.Library;
                foreach (var kind in (string[])["runtime", "runtimeTargets", "resources"])
                {
                    if (!library.Value.TryGetProperty(kind, out var assets)) continue;
                    foreach (var asset in assets.EnumerateObject())
                    {
                        var name = asset.Name[(asset.Name.LastIndexOf('/') + 1)..];
                        // Of two applications in one folder, what one has made is its own.
                        if (owner is CodeOwner.Own || !list.ContainsKey(name)) list[name] = owner;
                    }
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // A broken list makes nobody's code a library.
        }
    }
}
