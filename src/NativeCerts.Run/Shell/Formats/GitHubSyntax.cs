using System.Globalization;

namespace NativeCerts.Run.Shell.Formats;

/// <summary>
/// The file that <c>GITHUB_ENV</c> names, for the steps that follow
/// [docs.github.com/en/actions/reference/workflow-commands-for-github-actions, "Multiline strings"].
/// </summary>
internal sealed class GitHubSyntax() : ShellSyntax("github")
{
    /// <inheritdoc/>
    public override bool IsForSession => false;

    /// <inheritdoc/>
    protected override string? CommentMark => null;

    /// <inheritdoc/>
    public override string? Set(string name, string value)
    {
        if (name.AsSpan().ContainsAny('=', '\n', '<')) return null;
        var mark = "nctrust";
        for (var number = 1; value.Contains(mark, StringComparison.Ordinal); number++) mark = "nctrust_" + number.ToString(CultureInfo.InvariantCulture);
        return $"{Wire(name)}<<{mark}\n{value}\n{mark}";
    }

    /// <inheritdoc/>
    public override string? Unset(string name) => null;
}
