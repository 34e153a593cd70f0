using System.Text.Json;

namespace NativeCerts.Run.Profiles;

/// <summary>Reads what a profile says of its tool without nctrust: for people alone, so that no run reads it.</summary>
internal static class OwnRootsParser
{
    private static readonly RootSource[] Sources = Enum.GetValues<RootSource>();
    private static readonly OverlookedDefect[] Defects = Enum.GetValues<OverlookedDefect>();

    /// <summary>Reads <c>ownRoots</c>.</summary>
    public static RootSource[] ReadSources(ref JsonCursor cursor) => ReadWords(ref cursor, "ownRoots", Sources);

    /// <summary>Reads <c>overlooks</c>.</summary>
    public static OverlookedDefect[] ReadDefects(ref JsonCursor cursor) => ReadWords(ref cursor, "overlooks", Defects);

    /// <summary>A value as profiles spell it.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static T[] ReadWords<T>(ref JsonCursor cursor, string field, T[] values)
        where T : struct, Enum => Array.ConvertAll(
            cursor.ReadProseList(field, word => Array.Exists(values, value => Word(value) == word) ? null : $"`{field}` has no `{word}`, but {string.Join(", ", values.Select(value => $"`{Word(value)}`"))}"),
            word => Array.Find(values, value => Word(value) == word));
}
