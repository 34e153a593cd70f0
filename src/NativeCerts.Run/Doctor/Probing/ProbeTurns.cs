namespace NativeCerts.Run.Doctor.Probing;

/// <summary>Lets so many runs go on at a time, of those that wait the longest first: begun last, a long one would go on alone when all others are done.</summary>
/// <param name="count">How many.</param>
internal sealed class ProbeTurns(int count)
{
    private readonly PriorityQueue<TaskCompletionSource, (TimeSpan Shortness, int Number)> _waiting = new();
    private int _free = count, _number;

    /// <summary>Runs when it is its turn.</summary>
    /// <param name="expected">How long it is expected to take.</param>
    /// <param name="run">What is run.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">It was ended before its turn.</exception>
    public async Task<T> TakeAsync<T>(TimeSpan expected, Func<Task<T>> run, CancellationToken cancellation)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiting) _waiting.Enqueue(turn, (-expected, _number++));
        Next(freed: 0);
        await using (cancellation.Register(() => turn.TrySetCanceled(cancellation))) await turn.Task;
        try
        {
            return await run();
        }
        finally
        {
            Next(freed: 1);
        }
    }

    private void Next(int freed)
    {
        lock (_waiting)
        {
            _free += freed;
            // One that no longer waits takes no turn.
            while (_free > 0 && _waiting.TryDequeue(out var turn, out _))
            {
                if (turn.TrySetResult()) _free--;
            }
        }
    }
}
