using System.Text;
using NativeCerts.Certificates;

namespace NativeCerts.Run.TrustFolder;

/// <summary>
/// The bundle that containers have a mount of: <c>$XDG_DATA_HOME/nctrust/containers</c> (XDG Base Directory Specification). A container may be started again after the
/// run, the session and the machine's next start, and is not started where the file is gone.
/// </summary>
/// <remarks>
/// One file for each set of sources, and made anew in its place: a container that is started again gets what is trusted then, and nothing that another run added.
/// </remarks>
internal static class ContainerBundle
{
    /// <summary>Where it lies: the operating system's own bundle where that serves.</summary>
    /// <param name="environment">Says where data is.</param>
    /// <param name="runtimeFolder">Where it lies if the path of data is none that can stand in an option.</param>
    /// <param name="store">What is trusted.</param>
    public static string Plan(IReadOnlyDictionary<string, string> environment, string runtimeFolder, TrustSnapshot store)
    {
        // What belongs to the system gets no label for containers.
        if (store.CleanBundlePath is { } own && RuntimeFolder.IsPlain(own) && !IsLabelled) return own;
        var digest = new Sha1();
        foreach (var source in store.Roots.Select(root => $"{root.Origin}\n{root.Path}\n").Distinct()) digest.Append(Encoding.UTF8.GetBytes(source));
        foreach (var root in store.Roots.Where(OuterRun.IsAdded)) digest.Append(root.Der.Span);
        Span<byte> result = stackalloc byte[Sha1.DigestLength];
        digest.Finish(result);
        return Path.Combine(Folder(environment, runtimeFolder), $"roots-{Convert.ToHexStringLower(result[..8])}.pem");
    }

    /// <summary>Where a file lies that comes on top of the user's for a project of containers: one for each project, for containers remember its path in a label.</summary>
    /// <param name="environment">Says where data is.</param>
    /// <param name="runtimeFolder">Where it lies if the path of data is none that can stand in an option.</param>
    /// <param name="project">What tells the project from others.</param>
    public static string PlanProject(IReadOnlyDictionary<string, string> environment, string runtimeFolder, IEnumerable<string> project)
    {
        var digest = new Sha1();
        foreach (var word in project) digest.Append(Encoding.UTF8.GetBytes(word + "\0"));
        Span<byte> result = stackalloc byte[Sha1.DigestLength];
        digest.Finish(result);
        return Path.Combine(Folder(environment, runtimeFolder), $"project-{Convert.ToHexStringLower(result[..8])}.json");
    }

    /// <summary>Whether files have labels by which containers may read them or not (SELinux).</summary>
    public static bool IsLabelled => File.Exists("/sys/fs/selinux/enforce");

    /// <summary>Writes it, unless it is there with that content; anybody may read it who has another way to it than through its folder.</summary>
    /// <exception cref="RunFailedException">It could not be written, or others may write its folder.</exception>
    public static void Write(string path, TrustSnapshot store)
    {
        if (path != store.CleanBundlePath) Write(path, PemWriter.Encode(store.Roots), isShared: true);
    }

    /// <summary>Writes the file of a project, which nobody but its owner reads: the engine sees the bundle alone.</summary>
    /// <inheritdoc cref="Write(string, TrustSnapshot)"/>
    public static void WriteProject(string path, ReadOnlySpan<byte> content) => Write(path, content, isShared: false);

    private static void Write(string path, ReadOnlySpan<byte> content, bool isShared)
    {
        var folder = Path.GetDirectoryName(path)!;
        var temporary = $"{path}.{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
            if (!PrivateFiles.TryMakeFolder(folder, out var reason) && reason is not null) throw new IOException(reason);
            if (!RuntimeFolder.IsPrivate(folder)) throw new IOException("others than you may write its folder");
            if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content)) return;
            var bytes = content.ToArray();
            PrivateFiles.Write(temporary, file => file.Write(bytes));
            if (isShared) PrivateFiles.Share(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            foreach (var left in new[] { temporary, PrivateFiles.Unfinished(temporary) })
            {
                if (File.Exists(left)) File.Delete(left);
            }

            throw new RunFailedException($"{(isShared ? "the bundle" : "the file")} for containers `{path}` cannot be written: {RuntimeFolder.Reason(e)}", $"ls -ld '{folder}'");
        }
    }

    private static string Folder(IReadOnlyDictionary<string, string> environment, string runtimeFolder) => Path.Combine(Data(environment) ?? runtimeFolder, "containers");

    private static string? Data(IReadOnlyDictionary<string, string> environment)
    {
        if (environment.TryGetValue("XDG_DATA_HOME", out var data) && RuntimeFolder.IsPlain(data)) return Path.Combine(data, "nctrust");
        return environment.TryGetValue("HOME", out var home) && RuntimeFolder.IsPlain(home) ? Path.Combine(home, ".local", "share", "nctrust") : null;
    }
}
