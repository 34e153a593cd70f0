using System.Text.Json;
using NativeCerts.Run.Profiles.Conflicts;

namespace NativeCerts.Run.Profiles;

/// <summary>Reads the fields of one profile.</summary>
internal static class ProfileParser
{
    /// <summary>Reads the profile at whose first token the cursor stands.</summary>
    public static ToolProfile Read(ref JsonCursor cursor)
    {
        if (cursor.Token != JsonTokenType.StartObject) throw cursor.Error("a profile is a JSON object");
        var start = cursor.Position;
        string? name = null, title = null, category = null, source = null, runtime = null;
        string[] match = [], version = ["--version"], beside = [], limits = [], probe = [];
        IReadOnlyList<InjectionRule> inject = [];
        IReadOnlyList<ConflictRule> conflicts = [];
        var insecure = false;
        RootSource[] ownRoots = [];
        OverlookedDefect[] overlooks = [];
        var inherited = true;
        var alias = AliasRule.Never;
        ContainerRule? container = null;
        IReadOnlyDictionary<string, string> probeFiles = ProbeParser.NoFiles;
        var protocol = ProbeProtocol.Https;
        var seen = 0u;
        for (cursor.MoveNext(); cursor.Token != JsonTokenType.EndObject; cursor.MoveNext())
        {
            var field = Find(cursor.Utf8Text) ?? throw cursor.Error($"unknown field `{cursor.Text}` in a profile");
            if ((seen & (1u << (int)field)) != 0) throw cursor.Error($"field `{cursor.Text}` is given twice");
            seen |= 1u << (int)field;
            switch (field)
            {
                case ProfileField.Schema: cursor.ReadProse("$schema"); break;
                case ProfileField.Name: name = ReadName(ref cursor, "name"); break;
                case ProfileField.Title: title = cursor.ReadProse("title"); break;
                case ProfileField.Category: category = cursor.RulesOnly ? cursor.ReadProse("category") : ReadName(ref cursor, "category"); break;
                case ProfileField.Runtime: runtime = ReadName(ref cursor, "runtime"); break;
                case ProfileField.Match: match = ReadFileNames(ref cursor, "match"); break;
                case ProfileField.Version: version = cursor.ReadTexts("version"); break;
                case ProfileField.Beside: beside = ReadFileNames(ref cursor, "beside"); break;
                case ProfileField.Inject: inject = ReadInjections(ref cursor); break;
                case ProfileField.Conflicts: conflicts = ConflictParser.ReadList(ref cursor); break;
                case ProfileField.Limits: limits = cursor.ReadProseList("limits"); break;
                case ProfileField.Alias: alias = ReadAlias(ref cursor); break;
                case ProfileField.Container: container = ContainerParser.Read(ref cursor); break;
                case ProfileField.InsecureByDefault: insecure = cursor.ReadBoolean("insecureByDefault"); break;
                case ProfileField.OwnRoots: ownRoots = OwnRootsParser.ReadSources(ref cursor); break;
                case ProfileField.OwnRootsInherited: inherited = cursor.ReadBoolean("ownRootsInherited"); break;
                case ProfileField.Overlooks: overlooks = OwnRootsParser.ReadDefects(ref cursor); break;
                case ProfileField.Probe: probe = ProbeParser.ReadCommand(ref cursor); break;
                case ProfileField.ProbeFiles: probeFiles = ProbeParser.ReadFiles(ref cursor); break;
                case ProfileField.ProbeProtocol: protocol = ProbeParser.ReadProtocol(ref cursor); break;
                case ProfileField.Source: source = ReadSource(ref cursor); break;
            }
        }

        if (runtime is not null && runtime == name) throw cursor.ErrorAt(start, $"profile `{name}` can't be its own `runtime`");
        if (probeFiles.Count > 0 && probe is []) throw cursor.ErrorAt(start, "`probeFiles` without a `probe`");
        if (Placeholders.FindUnknownFile(inject) is { } file) throw cursor.ErrorAt(start, $"`{file}` is used, but no rule of the profile generates that file");
        return new ToolProfile
        {
            Name = name ?? throw Missing(cursor, start, "name"),
            Title = title ?? (cursor.RulesOnly ? "" : throw Missing(cursor, start, "title")),
            Category = category ?? (cursor.RulesOnly ? "" : throw Missing(cursor, start, "category")),
            Runtime = runtime,
            Match = match,
            Version = version,
            Beside = beside,
            Inject = inject,
            Conflicts = conflicts,
            Limits = limits,
            Alias = alias,
            Container = container,
            InsecureByDefault = insecure,
            OwnRoots = ownRoots,
            OwnRootsInherited = inherited,
            Overlooks = overlooks,
            Probe = probe,
            ProbeFiles = probeFiles,
            ProbeProtocol = protocol,
            Source = source ?? (cursor.RulesOnly ? "" : throw Missing(cursor, start, "source")),
            IsBrief = cursor.Detail == ProfileDetail.Brief,
        };
    }

    private static ProfileField? Find(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("$schema"u8)) return ProfileField.Schema;
        if (text.SequenceEqual("name"u8)) return ProfileField.Name;
        if (text.SequenceEqual("title"u8)) return ProfileField.Title;
        if (text.SequenceEqual("category"u8)) return ProfileField.Category;
        if (text.SequenceEqual("runtime"u8)) return ProfileField.Runtime;
        if (text.SequenceEqual("match"u8)) return ProfileField.Match;
        if (text.SequenceEqual("version"u8)) return ProfileField.Version;
        if (text.SequenceEqual("beside"u8)) return ProfileField.Beside;
        if (text.SequenceEqual("inject"u8)) return ProfileField.Inject;
        if (text.SequenceEqual("conflicts"u8)) return ProfileField.Conflicts;
        if (text.SequenceEqual("limits"u8)) return ProfileField.Limits;
        if (text.SequenceEqual("alias"u8)) return ProfileField.Alias;
        if (text.SequenceEqual("container"u8)) return ProfileField.Container;
        if (text.SequenceEqual("insecureByDefault"u8)) return ProfileField.InsecureByDefault;
        if (text.SequenceEqual("probe"u8)) return ProfileField.Probe;
        if (text.SequenceEqual("probeFiles"u8)) return ProfileField.ProbeFiles;
        if (text.SequenceEqual("probeProtocol"u8)) return ProfileField.ProbeProtocol;
        if (text.SequenceEqual("source"u8)) return ProfileField.Source;
        if (text.SequenceEqual("ownRoots"u8)) return ProfileField.OwnRoots;
        if (text.SequenceEqual("ownRootsInherited"u8)) return ProfileField.OwnRootsInherited;
        if (text.SequenceEqual("overlooks"u8)) return ProfileField.Overlooks;
        return null;
    }

    // A name is typed after --only and is a file's name, so it is kept to what needs no quotes anywhere.
    private static string ReadName(ref JsonCursor cursor, string field)
    {
        var name = cursor.ReadFilledText(field);
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character != '-')
                throw cursor.Error($"`{field}` must be of small letters, digits and `-`");
        }

        return name;
    }

    private static AliasRule ReadAlias(ref JsonCursor cursor) => cursor.ReadText("alias") switch
    {
        "always" => AliasRule.Always,
        "alone" => AliasRule.Alone,
        _ => throw cursor.Error("`alias` must be `always` or `alone`"),
    };

    private static string[] ReadFileNames(ref JsonCursor cursor, string field) => cursor.ReadTexts(
        field,
        name => name.AsSpan().Trim("* ").IsEmpty || name.AsSpan().IndexOfAny('/', '\\') >= 0
            ? $"`{name}` is no file name: no folder, and not `*` alone"
            : null);

    private static InjectionRule[] ReadInjections(ref JsonCursor cursor)
    {
        cursor.MoveNext();
        if (cursor.Token != JsonTokenType.StartArray) throw cursor.Unexpected("inject", "a list of rules");
        var injections = new List<InjectionRule>(4);
        for (cursor.MoveNext(); cursor.Token != JsonTokenType.EndArray; cursor.MoveNext()) injections.Add(InjectionParser.Read(ref cursor));
        if (injections.Count == 0) throw cursor.Error("`inject` must hold something, or be left out");
        return [.. injections];
    }

    private static string ReadSource(ref JsonCursor cursor)
    {
        var source = cursor.ReadProse("source");
        if (!cursor.RulesOnly && (!source.StartsWith("https://", StringComparison.Ordinal) || source.Length == "https://".Length))
            throw cursor.Error("`source` must be an `https://` address");
        return source;
    }

    private static ProfileFormatException Missing(JsonCursor cursor, int start, string field) =>
        cursor.ErrorAt(start, $"a profile needs a `{field}`");
}
