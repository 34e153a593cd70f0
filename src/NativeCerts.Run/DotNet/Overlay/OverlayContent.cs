using System.Globalization;
using System.Text;
using NativeCerts.Certificates;

namespace NativeCerts.Run.DotNet.Overlay;

/// <summary>What an overlay is made of, and what it is known by. Nothing is written here.</summary>
internal static class OverlayContent
{
    /// <summary>What takes part: each assembly of each runtime in which something is to be changed.</summary>
    public static IReadOnlyList<(InstalledRuntime Runtime, OverlayAssembly Assembly)> Of(IReadOnlyList<InstalledRuntime> runtimes, OverlayChanges changes) =>
        [.. runtimes.SelectMany(_ => OverlayAssembly.Of(changes), (runtime, assembly) => (runtime, assembly))];

    /// <summary>Makes the files.</summary>
    /// <returns>Each one's name below the overlay's folder, and its content.</returns>
    public static List<(string Name, byte[] Content)> Files(IReadOnlyList<InstalledRuntime> runtimes, OverlayChanges changes)
    {
        var files = new List<(string, byte[])>();
        foreach (var runtime in runtimes)
        {
            var named = new List<(string, Version)>();
            foreach (var assembly in OverlayAssembly.Of(changes))
            {
                if (OverlayPatch.Apply(runtime.PathOf(assembly.FileName), assembly.Changes, out var version, out _) is not { } changed) continue;
                Add(assembly.FileName, version!, changed);
                if (assembly.Changes.HasFlag(OverlayChanges.ExtraRoots)) Add(ExtraRootsPatch.Library + ".dll", new(0, 0, 0, 0), ExtraRootsPatch.LibraryContent());
            }

            files.Add((OverlayFiles.List(runtime), OverlayFiles.ListContent(runtime, named)));

            void Add(string fileName, Version version, byte[] content)
            {
                files.Add((OverlayFiles.Assembly(runtime, fileName), content));
                named.Add((fileName, version));
            }
        }

        return files;
    }

    /// <summary>Why an assembly is left alone; <see langword="null"/> where it is laid over.</summary>
    public static string? Reason(InstalledRuntime runtime, OverlayAssembly assembly) =>
        OverlayPatch.Apply(runtime.PathOf(assembly.FileName), assembly.Changes, out _, out var reason) is null ? reason : null;

    /// <summary>A name for an overlay's folder: another patch of a runtime, or another build of it, is another file, and has another overlay.</summary>
    public static string KeyOf(IReadOnlyList<InstalledRuntime> runtimes, OverlayChanges changes)
    {
        var text = new StringBuilder($"{OverlayPatch.Form} {RuntimeArchitecture.Name}\n");
        foreach (var (runtime, assembly) in Of(runtimes, changes))
        {
            var file = new FileInfo(runtime.PathOf(assembly.FileName));
            text.Append(CultureInfo.InvariantCulture, $"{file.FullName}\0{(file.Exists ? file.Length : -1)}\0{file.LastWriteTimeUtc.Ticks}\n");
        }

        Span<byte> digest = stackalloc byte[Sha1.DigestLength];
        Sha1.Hash(Encoding.UTF8.GetBytes(text.ToString()), digest);
        return $"{Convert.ToHexStringLower(digest)}-{(int)changes}";
    }
}
