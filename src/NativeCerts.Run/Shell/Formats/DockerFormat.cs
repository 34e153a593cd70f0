using System.Text;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Shell.Formats;

/// <summary>
/// Arguments for <c>docker run</c>, one a line; podman and nerdctl take the same. None has a blank in it, so that <c>docker run $(nctrust env --shell docker) IMAGE</c> does
/// [docs.docker.com/reference/cli/docker/container/run/#mount].
/// </summary>
internal sealed class DockerFormat() : ContainerFormat("docker")
{
    /// <summary>Where the bundle lies in a container.</summary>
    public const string BundleInContainer = "/etc/nctrust/roots.pem";

    /// <summary>The argument that mounts the bundle.</summary>
    public static string Mount(string bundle) => $"type=bind,source={bundle},target={BundleInContainer},readonly";

    /// <inheritdoc/>
    protected override string Print(string bundle, IReadOnlyList<KeyValuePair<string, string>> variables)
    {
        var text = new StringBuilder($"--mount\n{Mount(bundle)}\n");
        foreach (var (name, value) in variables) text.Append($"--env\n{name}={value.Replace(Placeholders.Bundle, BundleInContainer, StringComparison.Ordinal)}\n");
        return text.ToString();
    }
}
