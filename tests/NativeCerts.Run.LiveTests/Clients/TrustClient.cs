namespace NativeCerts.Run.LiveTests.Clients;

/// <summary>
/// A program that verifies servers, and how it is made to ask a loopback server for something: one entry here, and every
/// test of <see cref="ClientTests{TGroup}"/> is run with it.
/// </summary>
/// <param name="Name">What it is called in test names.</param>
/// <param name="Requires">The programs that it needs; where one is missing the test is skipped.</param>
/// <param name="FollowsStore">Whether it reads the operating system's store by itself, so that a root there needs no nctrust.</param>
/// <param name="PrepareAsync">Lays what the client needs and serves what it asks for.</param>
public sealed record TrustClient(string Name, string[] Requires, bool FollowsStore, Func<ClientContext, Task<ClientRequest>> PrepareAsync)
{
    /// <summary>A client whose preparation waits for nothing.</summary>
    public TrustClient(string name, string[] requires, bool followsStore, Func<ClientContext, ClientRequest> prepare)
        : this(name, requires, followsStore, context => Task.FromResult(prepare(context)))
    {
    }
}
