using System.Text;
using System.Text.Json;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Cli;

/// <summary><c>nctrust profiles list</c>: a line a tool, by category.</summary>
internal static class ProfilesCommandList
{
    private static readonly string[] Headers = ["NAME", "TITLE", "HOW", "INSTALLED"];

    /// <summary>Carries it out.</summary>
    /// <param name="category">The category to show; <see langword="null"/> for all.</param>
    /// <param name="json">Whether to show it to a program.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="RunFailedException">There is no such category.</exception>
    public static int Run(string? category, bool json)
    {
        var known = KnownProfiles.Load();
        var groups = known.Registry.Profiles.OrderBy(profile => profile.Name, StringComparer.Ordinal).GroupBy(profile => profile.Category).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        if (category is not null)
        {
            var all = string.Join(", ", groups.Select(group => group.Key));
            groups.RemoveAll(group => group.Key != category);
            if (groups.Count == 0) throw new RunFailedException($"there is no category `{category}`", $"these are there: {all}");
        }

        if (json) WriteJson(known, groups.SelectMany(group => group));
        else Console.Out.Write(Text(known, groups));
        return 0;
    }

    private static string Text(KnownProfiles known, List<IGrouping<string, ToolProfile>> groups)
    {
        var rows = groups.ConvertAll(group => (group.Key, Cells: group.Select(profile => Cells(known, profile)).ToList()));
        var widths = Headers.Select((header, column) => rows.SelectMany(group => group.Cells).Append(Headers).Max(cells => cells[column].Length)).ToList();
        var text = new StringBuilder(Line(Headers, widths));
        foreach (var (category, cells) in rows)
        {
            text.Append('\n').Append(Output.Heading(category)).Append('\n');
            foreach (var row in cells) text.Append(Line(row, widths));
        }

        return text.ToString();
    }

    private static string[] Cells(KnownProfiles known, ToolProfile profile) =>
    [
        profile.Name,
        profile.Title + (known.FileOf(profile) is null ? "" : " (your own)"),
        ProfileFacts.How(profile),
        known.InstalledAt(profile) ?? "",
    ];

    private static string Line(string[] cells, List<int> widths) => string.Join("  ", cells.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd() + "\n";

    private static void WriteJson(KnownProfiles known, IEnumerable<ToolProfile> profiles)
    {
        using var output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output, ProfilesCommandJson.Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("profiles");
            foreach (var profile in profiles)
            {
                json.WriteStartObject();
                json.WriteString("name", profile.Name);
                json.WriteString("title", profile.Title);
                json.WriteString("category", profile.Category);
                json.WriteString("runtime", profile.Runtime);
                json.WriteString("how", ProfileFacts.How(profile));
                json.WriteString("installed", known.InstalledAt(profile));
                json.WriteString("file", known.FileOf(profile));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
