using System.Text;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Shell.Formats;

/// <summary>
/// Lines for a Dockerfile that give one step the bundle as a secret of BuildKit's, so that nothing of it stays in the image
/// [docs.docker.com/reference/dockerfile/#run---mounttypesecret]. Without the secret the step runs as it did.
/// </summary>
internal sealed class DockerfileFormat() : ContainerFormat(Name)
{
    /// <summary>What <c>--shell</c> calls it.</summary>
    public const string Name = "docker-build";

    /// <summary>The name of the secret.</summary>
    public const string SecretName = "nctrust";

    private const string Secret = "/run/secrets/" + SecretName;

    /// <inheritdoc/>
    protected override string Print(string bundle, IReadOnlyList<KeyValuePair<string, string>> variables)
    {
        var text = new StringBuilder($"# docker build --secret id={SecretName},src={bundle} .\nRUN --mount=type=secret,id={SecretName},target={Secret},mode=0444 \\\n    if [ -e {Secret} ]; then export");
        foreach (var (name, value) in variables) text.Append($" \\\n        {name}={value.Replace(Placeholders.Bundle, Secret, StringComparison.Ordinal)}");
        return text.Append("; fi; \\\n    # your commands come here\n    true\n").ToString();
    }
}
