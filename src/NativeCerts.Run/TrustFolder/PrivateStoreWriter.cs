using System.Globalization;
using NativeCerts.Certificates;

namespace NativeCerts.Run.TrustFolder;

/// <summary>
/// Writes what takes the place of the operating system's store: the roots and no others, under every name by which a program may open one.
/// Anybody may read it: a program that changes its user (apt) must, and only in the run's namespace is there a way to it.
/// </summary>
internal static class PrivateStoreWriter
{
    private const string Top = "store";

    /// <summary>The folder with anchors for p11-kit, below the run's folder.</summary>
    public const string SourceName = Top + "/source";

    /// <summary>What takes the place of the folder with a number.</summary>
    public static string FolderName(int number) => $"{Top}/{number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>What takes the place of a file.</summary>
    public static string FileName(StoreForm form) => form is StoreForm.Bundle ? Top + "/bundle.pem" : Top + "/cacerts";

    /// <summary>Whether a run's folder holds a private store.</summary>
    public static bool Has(string folder) => Directory.Exists($"{folder}/{Top}");

    /// <summary>Writes it.</summary>
    /// <exception cref="RunFailedException">Something could not be written; nothing is left of the folder.</exception>
    public static void Write(RunFolder folder, CoveredStore store, IReadOnlyList<TrustedRoot> roots)
    {
        try
        {
            folder.MakeSubfolder(Top);
            foreach (var form in store.Files.Values.Distinct()) WriteForm(folder, FileName(form), form, roots);
            for (var i = 0; i < store.Folders.Count; i++) WriteFolder(folder, FolderName(i), store.Folders[i], roots);
            if (store.Sources.Count > 0) WriteSource(folder, roots);
        }
        catch
        {
            folder.Delete();
            throw;
        }
    }

    private static void WriteFolder(RunFolder folder, string name, CoveredFolder covered, IReadOnlyList<TrustedRoot> roots)
    {
        folder.MakeSubfolder(name);
        var files = HashedFolderWriter.Write(folder, name, roots, isComplete: true);
        var names = covered.Names;
        // Of a private store around this one: the names are there already.
        var own = files.Select(HashedFolderWriter.SecondName).ToHashSet(StringComparer.Ordinal);
        foreach (var (former, root) in new FormerNames(roots).In(covered.Path))
        {
            if (names.ContainsKey(former) || own.Contains(former)) continue;
            if (root is { } number) folder.Link(files[number], $"{name}/{former}");
            else WriteForm(folder, $"{name}/{former}", StoreForm.Bundle, roots);
        }

        foreach (var (path, form) in names)
        {
            for (var end = path.IndexOf('/'); end >= 0; end = path.IndexOf('/', end + 1)) folder.MakeSubfolder($"{name}/{path[..end]}");
            WriteForm(folder, $"{name}/{path}", form, roots);
        }

        folder.Share(name);
    }

    // anchors, blocklist: trust(1), p11-kit's doc/manual/p11-kit-trust.xml
    private static void WriteSource(RunFolder folder, IReadOnlyList<TrustedRoot> roots)
    {
        folder.MakeSubfolder(SourceName);
        folder.MakeSubfolder(SourceName + "/anchors");
        WriteForm(folder, SourceName + "/anchors/nctrust.pem", StoreForm.Bundle, roots);
        folder.Share(SourceName);
    }

    private static void WriteForm(RunFolder folder, string name, StoreForm form, IReadOnlyList<TrustedRoot> roots)
    {
        if (form is StoreForm.Bundle) folder.Write(name, file => PemWriter.Write(roots, file));
        else folder.Write(name, JavaKeyStore.Write(roots));
        folder.Share(name);
    }
}
