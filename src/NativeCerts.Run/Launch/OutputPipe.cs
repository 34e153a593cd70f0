namespace NativeCerts.Run.Launch;

/// <summary>A pipe to whose one end a child writes while we read the other, without waiting.</summary>
internal sealed unsafe class OutputPipe : IDisposable
{
    private int _reader = -1;
    private int _writer = -1;
    private readonly int _longest;
    private byte[] _content = new byte[1024];
    private int _length;

    /// <summary>Makes the pipe; no other child inherits it.</summary>
    /// <param name="longest">The most that is kept, in bytes.</param>
    public OutputPipe(int longest)
    {
        _longest = longest;
        var ends = stackalloc int[2];
        // macOS has no pipe2; there CommandOutput has posix_spawn close what it isn't told to leave open.
        if ((OperatingSystem.IsLinux() ? LibC.MakePipe(ends, LibC.CloseOnExec) : LibC.MakePipe(ends)) != 0) return;
        (_reader, _writer) = (ends[0], ends[1]);
    }

    /// <summary>Whether the system had descriptors left for it.</summary>
    public bool IsOpen => _reader >= 0;

    /// <summary>Whether everybody has closed the end for writing.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>The end for the child.</summary>
    public int Writer => _writer;

    /// <summary>What is to be waited for.</summary>
    public PollRequest Request => new() { Descriptor = IsAtEnd ? -1 : _reader, Events = PollRequest.Readable };

    /// <summary>What was read.</summary>
    public ReadOnlySpan<byte> Content => _content.AsSpan(0, _length);

    /// <summary>Closes our copy of the child's end.</summary>
    public void CloseWriter()
    {
        if (_writer >= 0) _ = LibC.Close(_writer);
        _writer = -1;
    }

    /// <summary>
    /// Reads what is there, at most as much as a pipe holds at once: who prints without end holds nothing up. Of more than
    /// what is kept the rest is dropped, so that the child never waits.
    /// </summary>
    public void Drain()
    {
        const int piece = 4096, mostPieces = 16;
        var bytes = stackalloc byte[piece];
        for (var i = 0; i < mostPieces && !IsAtEnd; i++)
        {
            var request = Request;
            if (LibC.Poll(&request, 1, 0) <= 0) return;
            var count = LibC.Read(_reader, bytes, piece);
            if (count < 0) return;
            if (count == 0) IsAtEnd = true;
            var kept = Math.Min((int)count, _longest - _length);
            if (_length + kept > _content.Length) Array.Resize(ref _content, Math.Max(_content.Length * 2, _length + kept));
            new ReadOnlySpan<byte>(bytes, kept).CopyTo(_content.AsSpan(_length));
            _length += kept;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CloseWriter();
        if (_reader >= 0) _ = LibC.Close(_reader);
        _reader = -1;
    }
}
