namespace NativeCerts.Run.DotNet.Hook;

/// <summary>A startup hook that is ready to be written.</summary>
/// <param name="Name">The assembly's name, its content's own: the runtime ends a process that is given two different hooks of one name.</param>
/// <param name="Content">The assembly.</param>
internal sealed record BakedHook(string Name, byte[] Content);
