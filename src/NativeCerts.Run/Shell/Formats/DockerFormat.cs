using System.Text;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run.Shell.Formats;

/// <summary>
/// Arguments for <c>docker run</c>, one a line; podman and nerdctl take the same. None has a blank in it, so that <c>docker run $(nctrust env --shell docker) IMAGE</c> does
/// [docs.docker.com/reference/cli/docker/container/run/#mount].
/// </summary>
internal sealed class DockerFormat() : ContainerFormat("docker")
{
    /// <summary>Where the bundle lies in a container.</summary>
    public const string BundleInContainer = "/etc/nctrust/roots.pem";

    /// <summary>The option that mounts the bundle, and its value: one that fails where the file is not there, unless it has to be labelled for containers, which only the other can do.</summary>
    public static string[] Mount(string bundle) => Mount(bundle, ContainerBundle.IsLabelled);

    /// <inheritdoc cref="Mount(string)"/>
    /// <param name="bundle">The bundle's path on this machine.</param>
    /// <param name="isLabelled">Whether files have labels (SELinux).</param>
    public static string[] Mount(string bundle, bool isLabelled) =>
        isLabelled ? ["--volume", $"{bundle}:{BundleInContainer}:ro,z"] : ["--mount", $"type=bind,source={bundle},target={BundleInContainer},readonly"];

    /// <summary>The value of <c>--volume</c> that mounts it [docs.docker.com/engine/storage/bind-mounts/#configure-the-selinux-label].</summary>
    public static string Volume(string bundle) => $"{bundle}:{BundleInContainer}:ro{(ContainerBundle.IsLabelled ? ",z" : "")}";

    /// <inheritdoc/>
    protected override string Print(string bundle, IReadOnlyList<KeyValuePair<string, string>> variables)
    {
        var text = new StringBuilder(string.Join('\n', Mount(bundle)) + "\n");
        foreach (var (name, value) in variables) text.Append($"--env\n{name}={value.Replace(Placeholders.Bundle, BundleInContainer, StringComparison.Ordinal)}\n");
        return text.ToString();
    }
}
