using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace TestSupport;

/// <summary>Package archives made in memory.</summary>
public static class Archives
{
    // A fixed moment, so that an archive's bytes depend on its content alone; after 1980, where ZIP's calendar starts.
    private static readonly DateTimeOffset Moment = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A gzip-compressed tar archive (ustar) of text files.</summary>
    public static byte[] TarGz(params (string Path, string Content)[] files)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            foreach (var (path, content) in files)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, path)
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
                    ModificationTime = Moment,
                });
            }
        }

        return result.ToArray();
    }

    /// <summary>A ZIP archive of text files.</summary>
    public static byte[] Zip(params (string Path, string Content)[] files)
    {
        using var result = new MemoryStream();
        using (var zip = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in files)
            {
                var entry = zip.CreateEntry(path);
                entry.LastWriteTime = Moment;
                using var stream = entry.Open();
                stream.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return result.ToArray();
    }
}
