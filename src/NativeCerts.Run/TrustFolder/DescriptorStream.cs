using System.Runtime.InteropServices;

namespace NativeCerts.Run.TrustFolder;

/// <summary>Writes to an open file of the C library, each piece by a call of its own; closes it in the end.</summary>
/// <param name="file">The file's descriptor.</param>
internal sealed class DescriptorStream(int file) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    /// <exception cref="IOException">It could not be written; its message is the system's words alone.</exception>
    public override unsafe void Write(ReadOnlySpan<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            for (nint written = 0; written < buffer.Length;)
            {
                var count = LibC.Write(file, start + written, buffer.Length - written);
                if (count >= 0) written += count;
                else if (Marshal.GetLastPInvokeError() is var error && error != LibC.Interrupted) throw new IOException(PrivateFiles.Describe(error));
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _ = LibC.Close(file);
        base.Dispose(disposing);
    }
}
