namespace NativeCerts.Run.Tests.Profiles;

/// <summary>The files of the registry, as the repository has them.</summary>
internal static class ProfileSources
{
    /// <summary>The registry's folder in the sources.</summary>
    public static string Folder { get; } = Find();

    /// <summary>The schema's file.</summary>
    public static string Schema => Path.Combine(Folder, "profile.schema.json");

    /// <summary>The names of the built-in profiles' files, without extension.</summary>
    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Path.Combine(Folder, "Builtin")).Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);

    /// <summary>The content of a built-in profile's file.</summary>
    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, "Builtin", name + ".json"));

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "NativeCerts.Run.sln"))) return Path.Combine(folder, "src", "NativeCerts.Run", "Profiles");
        }

        throw new DirectoryNotFoundException("the tests run outside the repository");
    }
}
