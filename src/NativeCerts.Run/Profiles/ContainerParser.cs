namespace NativeCerts.Run.Profiles;

/// <summary>Reads what a profile says of containers.</summary>
internal static class ContainerParser
{
    /// <summary>Reads the object that comes next.</summary>
    public static ContainerRule Read(ref JsonCursor cursor)
    {
        var start = cursor.StartObject("container");
        var rule = new ContainerRule();
        var seen = new List<string>();
        while (cursor.NextField(seen) is { } field)
        {
            rule = field switch
            {
                "options" => rule with { Options = cursor.ReadTexts(field) },
                "run" => rule with { Run = cursor.ReadTexts(field) },
                "volume" => rule with { Volume = cursor.ReadTexts(field) },
                "build" => rule with { Build = cursor.ReadTexts(field) },
                "beyond" => rule with { Beyond = cursor.ReadTexts(field) },
                "project" => rule with { Project = ProjectParser.Read(ref cursor) },
                "endpoint" => rule with { Endpoint = cursor.ReadTexts(field) },
                "local" => rule with { Local = cursor.ReadTexts(field) },
                _ => throw cursor.Error($"unknown field `{field}` in `container`"),
            };
        }

        return seen.Count > 0 ? rule : throw cursor.ErrorAt(start, "`container` must hold something, or be left out");
    }
}
