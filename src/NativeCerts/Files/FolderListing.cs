using System.Runtime.InteropServices;
using System.Text;

namespace NativeCerts.Files;

/// <summary>An open folder: the names in it, and a descriptor that its files are opened from, which saves walking its path for each.</summary>
internal sealed unsafe class FolderListing : IDisposable
{
    private readonly nint _folder;
    private LibC.FolderEntry* _entry;

    private FolderListing(nint folder) => _folder = folder;

    /// <summary>The folder's descriptor, for <see cref="FileContent.ReadEntry"/>.</summary>
    public int Descriptor => LibC.FolderDescriptor(_folder);

    /// <summary>Opens a folder.</summary>
    /// <returns><see langword="null"/>, or why not, as the end of a sentence.</returns>
    public static string? Open(string path, out FolderListing? listing)
    {
        listing = null;
        if (path.Contains('\0')) return "is no possible path";
        var folder = LibC.OpenFolder(path);
        if (folder == 0) return FileContent.Describe(Marshal.GetLastPInvokeError());
        listing = new FolderListing(folder);
        return null;
    }

    /// <summary>The current name.</summary>
    public ReadOnlySpan<byte> Name => MemoryMarshal.CreateReadOnlySpanFromNullTerminated(_entry->Name);

    /// <summary>Goes to the next name, in the order in which the folder was written.</summary>
    public bool MoveNext() => (_entry = LibC.ReadFolder(_folder)) is not null;

    /// <summary>Reads the regular file of the current name (<see cref="FileContent.ReadSmall(string, ref byte[])"/>).</summary>
    public int ReadFile(ref byte[] buffer) => FileContent.ReadSmall(LibC.OpenAt(Descriptor, _entry->Name, LibC.ReadWithoutBlocking), ref buffer, isRegular: true);

    /// <summary>The names that a rule takes, in ordinal order: what a folder gives must not depend on how it was written.</summary>
    public List<string> Names(NameRule rule)
    {
        var names = new List<string>();
        while (MoveNext())
        {
            if (rule(Name)) names.Add(Encoding.UTF8.GetString(Name));
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <inheritdoc/>
    public void Dispose() => LibC.CloseFolder(_folder);

    /// <summary>Whether a name is wanted.</summary>
    internal delegate bool NameRule(ReadOnlySpan<byte> name);
}
