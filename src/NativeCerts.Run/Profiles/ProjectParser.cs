namespace NativeCerts.Run.Profiles;

/// <summary>Reads what a profile says of projects of services.</summary>
internal static class ProjectParser
{
    /// <summary>Reads the object that comes next.</summary>
    public static ProjectRule Read(ref JsonCursor cursor)
    {
        var start = cursor.StartObject("project");
        var rule = new ProjectRule();
        var seen = new List<string>();
        while (cursor.NextField(seen) is { } field)
        {
            rule = field switch
            {
                "start" => rule with { Start = cursor.ReadTexts(field) },
                "build" => rule with { Build = cursor.ReadTexts(field) },
                "model" => rule with { Model = cursor.ReadTexts(field) },
                "everything" => rule with { Everything = cursor.ReadTexts(field) },
                "file" => rule with { File = cursor.ReadTexts(field) },
                "folder" => rule with { Folder = cursor.ReadTexts(field) },
                "variable" => rule with { Variable = cursor.ReadFilledText(field) },
                "separator" => rule with { Separator = cursor.ReadFilledText(field) },
                "settings" => rule with { Settings = cursor.ReadTexts(field) },
                "names" => rule with { Names = cursor.ReadTexts(field) },
                "overrides" => rule with { Overrides = cursor.ReadTexts(field) },
                _ => throw cursor.Error($"unknown field `{field}` in `project`"),
            };
        }

        foreach (var field in (string[])["model", "file", "variable", "separator", "names"])
        {
            if (!seen.Contains(field)) throw cursor.ErrorAt(start, $"`project` needs `{field}`");
        }

        return rule;
    }
}
