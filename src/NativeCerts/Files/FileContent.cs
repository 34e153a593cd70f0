using System.Runtime.InteropServices;

namespace NativeCerts.Files;

/// <summary>
/// Reads a whole file that may turn out to be anything. The folder Files holds access to files that cannot hang, run full or
/// throw, whatever stands at a path: FIFO, device, folder, dead link, endless file.
/// </summary>
internal static class FileContent
{
    /// <summary>More than 100,000 certificates; what is larger is no bundle.</summary>
    public const int LargestBundle = 256 << 20;

    /// <summary>A hashed folder holds one certificate a file, of a few kilobytes.</summary>
    public const int LargestFolderEntry = 1 << 20;

    private const string Missing = "does not exist";
    private const string Unreadable = "cannot be read";

    // A process substitution, `--ca <(command)`, is a pipe whose writer takes its time.
    private const int PipePatienceMilliseconds = 10_000;

    /// <summary>Reads a regular file, or a pipe that somebody writes to.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">All of it.</param>
    /// <returns><see langword="null"/>, or why not, as the end of a sentence: "does not exist".</returns>
    public static string? Read(string path, out Memory<byte> content) =>
        Read(LibC.CurrentFolder, path, LargestBundle, allowPipe: true, out content);

    /// <summary>Reads a regular file of a folder.</summary>
    /// <param name="folder">The folder's descriptor, or <see cref="LibC.CurrentFolder"/> for a path.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="content">All of it.</param>
    /// <returns><see langword="null"/>, or why not, as the end of a sentence.</returns>
    public static string? ReadEntry(int folder, string name, out Memory<byte> content) =>
        Read(folder, name, LargestFolderEntry, allowPipe: false, out content);

    /// <summary>Reads a file into a buffer that serves one after the other; it may grow.</summary>
    /// <returns>The length; more than <see cref="LargestFolderEntry"/> where it is longer than that; 0 for a FIFO that nobody writes to; -1 where it can't be opened or read.</returns>
    public static int ReadSmall(string path, ref byte[] buffer) =>
        path.Contains('\0') ? -1 : ReadSmall(LibC.OpenAt(LibC.CurrentFolder, path, LibC.ReadWithoutBlocking), ref buffer, isRegular: false);

    /// <inheritdoc cref="ReadSmall(string, ref byte[])"/>
    /// <param name="file">The open file, which is closed; negative where it could not be opened.</param>
    /// <param name="buffer">Where to read it to.</param>
    /// <param name="isRegular">Whether less than was asked for means the end, as it does in a regular file, and not in <c>/proc</c>.</param>
    public static int ReadSmall(int file, ref byte[] buffer, bool isRegular)
    {
        if (file < 0) return -1;
        try
        {
            for (var length = 0; ;)
            {
                if (ReadOnce(file, buffer.AsSpan(length), out var count) is not null) return -1;
                // "Not yet" is said by a FIFO alone.
                if (count < 0) return 0;
                length += count;
                if (count == 0 || length > LargestFolderEntry || (isRegular && length < buffer.Length)) return length;
                if (length == buffer.Length) Array.Resize(ref buffer, length * 2);
            }
        }
        finally
        {
            LibC.Close(file);
        }
    }

    private static string? Read(int folder, string path, int most, bool allowPipe, out Memory<byte> content)
    {
        content = default;
        // The C library would cut the path at the NUL and open something else.
        if (path.Contains('\0')) return "is no possible path";
        var file = LibC.OpenAt(folder, path, LibC.ReadWithoutBlocking);
        if (file < 0) return Marshal.GetLastPInvokeError() is var error && error == LibC.NotADirectory ? Missing : Describe(error);
        try
        {
            // The size tells regular files from pipes and terminals without `struct stat`, whose layout differs between processors.
            var size = LibC.Seek(file, 0, LibC.FromEnd);
            if (size < 0 && Marshal.GetLastPInvokeError() == LibC.IllegalSeek) return allowPipe ? ReadPipe(file, most, out content) : "is not a regular file";
            LibC.Seek(file, 0, LibC.FromStart);
            // Some file systems give folders a size, too; reading tells.
            if (size > most || size < 0) return ReadOnce(file, new byte[1], out _) ?? $"is larger than {most >> 20} MiB";
            var buffer = GC.AllocateUninitializedArray<byte>((int)size);
            Populate(buffer);
            var failure = ReadInto(file, buffer, out var length);
            content = buffer.AsMemory(0, length);
            return failure;
        }
        finally
        {
            LibC.Close(file);
        }
    }

    /// <summary>
    /// Asks the kernel for all pages of new memory in one go (madvise(2)): a bundle is filled once from end to end, and each page would be
    /// a fault of its own, which costs more than what is read into it. An older kernel says no, and nothing is lost.
    /// </summary>
    private static unsafe void Populate(Span<byte> memory)
    {
        const int page = 4096;
        fixed (byte* start = memory)
        {
            var first = (byte*)(((nint)start + page - 1) & ~(page - 1));
            var length = start + memory.Length - first & ~(page - 1);
            if (length >= 1024 * page) _ = LibC.Advise(first, (nint)length, LibC.UseHugePages);
            if (length >= 16 * page) _ = LibC.Advise(first, (nint)length, LibC.PopulateForWriting);
        }
    }

    private static string? ReadPipe(int file, int most, out Memory<byte> content)
    {
        content = default;
        var buffer = new byte[1 << 16];
        var length = 0;
        var end = Environment.TickCount64 + PipePatienceMilliseconds;
        while (true)
        {
            if (length == most) return $"is larger than {most >> 20} MiB";
            if (length == buffer.Length) Array.Resize(ref buffer, Math.Min(most, length * 2));
            if (ReadOnce(file, buffer.AsSpan(length), out var count) is { } failure) return failure;
            // No writer is left, or there never was one.
            if (count == 0) break;
            if (count > 0)
            {
                length += count;
                continue;
            }

            var request = new LibC.PollRequest { File = file, Events = LibC.Readable };
            var left = (int)Math.Max(0, end - Environment.TickCount64);
            if (LibC.Poll(ref request, 1, left) == 0) return $"is a pipe that its writer did not finish within {PipePatienceMilliseconds / 1000} seconds";
        }

        content = buffer.AsMemory(0, length);
        return null;
    }

    private static string? ReadInto(int file, Span<byte> buffer, out int length)
    {
        length = 0;
        while (true)
        {
            if (ReadOnce(file, buffer[length..], out var count) is { } failure) return failure;
            // A file may shrink while it is read.
            if (count <= 0) return null;
            length += count;
            if (length == buffer.Length) return null;
        }
    }

    /// <summary>Reads once; a count of -1 means "not yet".</summary>
    private static unsafe string? ReadOnce(int file, Span<byte> buffer, out int count)
    {
        fixed (byte* start = buffer) count = (int)LibC.Read(file, start, buffer.Length);
        if (count >= 0) return null;
        var error = Marshal.GetLastPInvokeError();
        return error is LibC.Interrupted or LibC.TryAgain ? null : Describe(error);
    }

    /// <summary>Whether a failure means that nothing is there.</summary>
    public static bool IsMissing(string failure) => failure == Missing;

    /// <summary>Whether a failure means that nobody with our rights can open the file either.</summary>
    public static bool IsUnreachable(string failure) => IsMissing(failure) || failure.StartsWith(Unreadable, StringComparison.Ordinal);

    /// <summary>What an error number of the C library means, as the end of a sentence.</summary>
    public static string Describe(int error) => error switch
    {
        LibC.NoEntry => Missing,
        LibC.NotADirectory => "is not a folder",
        LibC.IsADirectory => "is a folder",
        _ => $"{Unreadable}: {Marshal.GetPInvokeErrorMessage(error).ToLowerInvariant()}",
    };
}
