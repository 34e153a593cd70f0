namespace NativeCerts.Run.Shell.Containers;

/// <summary>A variable that a container gets from the engine's own environment: <c>--env NAME</c>.</summary>
/// <param name="Word">Which word it stands in.</param>
/// <param name="Before">What of the word stands in front of the name: <c>--env=</c>, <c>-e</c>, or nothing.</param>
/// <param name="Name">The variable's name.</param>
internal sealed record PassedVariable(int Word, string Before, string Name);
