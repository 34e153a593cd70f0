namespace NativeCerts.Run.LiveTests.Clients;

/// <summary>A client's command, and what shows that it got what it wanted.</summary>
/// <param name="Command">The program and its arguments.</param>
/// <param name="Path">The path that it asks for last: a server that saw it was trusted.</param>
/// <param name="Output">What it prints, if it prints what it got.</param>
public sealed record ClientRequest(IReadOnlyList<string> Command, string Path, string Output = "");
