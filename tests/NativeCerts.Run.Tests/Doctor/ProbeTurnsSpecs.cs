using NativeCerts.Run.Doctor.Probing;

namespace NativeCerts.Run.Tests.Doctor;

/// <summary>Which run goes on when.</summary>
public sealed class ProbeTurnsSpecs
{
    private const int Limit = 60_000;

    [Fact(Timeout = Limit)]
    public async Task Of_those_that_wait_the_longest_comes_first_and_of_two_alike_the_earlier()
    {
        var turns = new ProbeTurns(1);
        var gate = new TaskCompletionSource();
        List<string> order = [];
        var blocker = turns.TakeAsync(TimeSpan.Zero, () => gate.Task.ContinueWith(_ => 0, TaskScheduler.Default), TestContext.Current.CancellationToken);
        Task<int>[] waiting = [.. new[] { ("short", 1), ("long", 9), ("middle", 5), ("late", 5) }.Select(one => turns.TakeAsync(TimeSpan.FromSeconds(one.Item2), () => Note(one.Item1), TestContext.Current.CancellationToken))];
        gate.SetResult();
        await Task.WhenAll([blocker, .. waiting]);
        Assert.Equal(["long", "middle", "late", "short"], order);

        Task<int> Note(string name)
        {
            order.Add(name);
            return Task.FromResult(0);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task No_more_go_on_at_a_time_than_may()
    {
        var turns = new ProbeTurns(3);
        var (going, most) = (0, 0);
        var order = new Lock();
        await Task.WhenAll(Enumerable.Range(0, 30).Select(number => turns.TakeAsync(TimeSpan.FromSeconds(number), async () =>
        {
            lock (order) most = Math.Max(most, ++going);
            await Task.Delay(10, TestContext.Current.CancellationToken);
            lock (order) going--;
            return 0;
        }, TestContext.Current.CancellationToken)));
        Assert.Equal(3, most);
    }

    [Fact(Timeout = Limit)]
    public async Task One_that_fails_or_no_longer_waits_holds_nobody_up()
    {
        var turns = new ProbeTurns(1);
        using var stop = new CancellationTokenSource();
        var gate = new TaskCompletionSource<int>();
        var first = turns.TakeAsync(TimeSpan.Zero, () => gate.Task, TestContext.Current.CancellationToken);
        var given = turns.TakeAsync<int>(TimeSpan.FromSeconds(9), () => throw new InvalidOperationException("it was not to run"), stop.Token);
        var last = turns.TakeAsync(TimeSpan.Zero, () => Task.FromResult(7), TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        gate.SetException(new IOException("gone"));
        await Assert.ThrowsAsync<IOException>(() => first);
        Assert.Equal(7, await last);
    }
}
