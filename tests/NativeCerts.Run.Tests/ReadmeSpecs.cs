using System.Runtime.CompilerServices;
using System.Text;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Tests;

/// <summary>The README's table is what the registry says.</summary>
public sealed class ReadmeSpecs
{
    private const string Start = "<!-- tools:", End = "<!-- /tools -->";

    [Fact(Timeout = 30_000)]
    public async Task The_table_of_the_README_is_what_the_registry_says()
    {
        var path = Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "README.md");
        var readme = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var start = readme.IndexOf('\n', readme.IndexOf(Start, StringComparison.Ordinal)) + 1;
        var end = readme.IndexOf(End, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("NCTRUST_UPDATE_README") == "1")
        {
            await File.WriteAllTextAsync(path, readme[..start] + Table() + readme[end..], TestContext.Current.CancellationToken);
            return;
        }

        Assert.Equal(Table(), readme[start..end]);
    }

    private static string Table()
    {
        var table = new StringBuilder("| Tool | always | target | its own roots |\n|---|---|---|---|\n");
        foreach (var profile in ProfileRegistry.Builtin.Profiles.OrderBy(profile => profile.Name, StringComparer.Ordinal))
        {
            var roots = profile.Inject.Select(injection => injection.Roots).Where(roots => roots != InjectionRoots.Unchanged).Distinct().ToArray();
            var effect = roots.Length switch { 0 => "", 1 => roots[0] == InjectionRoots.Added ? "kept" : "replaced", _ => "depends" };
            var always = Names(profile, InjectionScope.Always);
            if (always.Length == 0 && profile.Runtime is { } runtime) always = $"as {ProfileRegistry.Builtin.Find(runtime)!.Title}";
            table.Append($"| {profile.Title} | {always} | {Names(profile, InjectionScope.Target)} | {effect} |\n");
        }

        return table.ToString();
    }

    private static string Names(ToolProfile profile, InjectionScope scope) =>
        string.Join(", ", profile.Inject.Where(injection => injection.Scope == scope && injection.Kind != InjectionKind.File).Select(injection => injection.Kind switch
        {
            InjectionKind.Argument => $"`{string.Join(' ', injection.Arguments)}`",
            InjectionKind.Unset => $"unsets `{injection.Name}`",
            _ => $"`{injection.Name}`",
        }).Distinct());

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
