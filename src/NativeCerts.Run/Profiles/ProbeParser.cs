using System.Collections.ObjectModel;
using System.Text.Json;

namespace NativeCerts.Run.Profiles;

/// <summary>Reads what a profile says of its probe; of a profile that is read for its rules alone, nothing.</summary>
internal static class ProbeParser
{
    /// <summary>What a probe without files has.</summary>
    public static IReadOnlyDictionary<string, string> NoFiles { get; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Reads the command.</summary>
    public static string[] ReadCommand(ref JsonCursor cursor)
    {
        var probe = cursor.ReadProseList("probe");
        if (!cursor.RulesOnly && !Array.Exists(probe, argument => argument.Contains("{url}", StringComparison.Ordinal) || argument.Contains("{port}", StringComparison.Ordinal)))
            throw cursor.Error("`probe` must contain `{url}`, or `{host}` and `{port}`");
        return probe;
    }

    /// <summary>Reads the files that the command needs: an object of their names, with their content.</summary>
    public static IReadOnlyDictionary<string, string> ReadFiles(ref JsonCursor cursor)
    {
        cursor.MoveNext();
        if (cursor.Token != JsonTokenType.StartObject) throw cursor.Unexpected("probeFiles", "an object of file names");
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        for (cursor.MoveNext(); cursor.Token != JsonTokenType.EndObject; cursor.MoveNext())
        {
            var name = cursor.Text;
            if (name.AsSpan().Trim('.').IsEmpty || name.AsSpan().IndexOfAny('/', '\\') >= 0) throw cursor.Error($"`{name}` is no file name");
            var content = cursor.ReadProse(name);
            if (!cursor.RulesOnly && !files.TryAdd(name, content)) throw cursor.Error($"file `{name}` is given twice");
        }

        if (!cursor.RulesOnly && files.Count == 0) throw cursor.Error("`probeFiles` must hold something, or be left out");
        return files.Count == 0 ? NoFiles : files;
    }

    /// <summary>Reads the name of the protocol.</summary>
    public static ProbeProtocol ReadProtocol(ref JsonCursor cursor)
    {
        var name = cursor.ReadProse("probeProtocol");
        if (cursor.RulesOnly) return ProbeProtocol.Https;
        foreach (var protocol in Enum.GetValues<ProbeProtocol>())
        {
            if (name.Equals(protocol.ToString(), StringComparison.OrdinalIgnoreCase)) return protocol;
        }

        throw cursor.Error($"`probeProtocol` must be one of {string.Join(", ", Enum.GetValues<ProbeProtocol>().Select(protocol => $"`{protocol.ToString().ToLowerInvariant()}`"))}");
    }
}
