namespace NativeCerts.Run.LiveTests.Clients;

/// <summary>Clients that have a runtime in common; each group is tested beside the others.</summary>
public interface IClientGroup
{
    /// <summary>The group's clients.</summary>
    static abstract IReadOnlyList<TrustClient> Clients { get; }
}
