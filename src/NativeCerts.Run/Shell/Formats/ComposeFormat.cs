using System.Text;
using NativeCerts.Run.Profiles;
using NativeCerts.Run.TrustFolder;

namespace NativeCerts.Run.Shell.Formats;

/// <summary>
/// A Compose file that comes on top of the user's: what a service needs [docs.docker.com/reference/compose-file/services/#volumes]. Which services there are, only Compose knows.
/// </summary>
internal sealed class ComposeFormat() : ContainerFormat("compose")
{
    /// <inheritdoc/>
    protected override string Print(string bundle, IReadOnlyList<KeyValuePair<string, string>> variables)
    {
        var text = new StringBuilder($$"""
            # docker compose -f compose.yaml -f THIS-FILE up: put the service's name in the place of SERVICE
            services:
              SERVICE:
                volumes:
                  - type: bind
                    source: {{bundle}}
                    target: {{DockerFormat.BundleInContainer}}
                    read_only: true
                    bind: { create_host_path: false{{(ContainerBundle.IsLabelled ? ", selinux: z" : "")}} }
                environment:

            """);
        foreach (var (name, value) in variables) text.Append($"      {name}: \"{value.Replace(Placeholders.Bundle, DockerFormat.BundleInContainer, StringComparison.Ordinal).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"\n");
        return text.ToString();
    }
}
