using System.Text.Json;

namespace NativeCerts.Run.Profiles;

/// <summary>Reads what a profile says of containers.</summary>
internal static class ContainerParser
{
    /// <summary>Reads the object that comes next.</summary>
    public static ContainerRule Read(ref JsonCursor cursor)
    {
        cursor.MoveNext();
        if (cursor.Token != JsonTokenType.StartObject) throw cursor.Unexpected("container", "an object");
        var start = cursor.Position;
        var rule = new ContainerRule();
        var seen = new List<string>();
        for (cursor.MoveNext(); cursor.Token != JsonTokenType.EndObject; cursor.MoveNext())
        {
            var field = cursor.Text;
            if (seen.Contains(field)) throw cursor.Error($"field `{field}` is given twice");
            seen.Add(field);
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
