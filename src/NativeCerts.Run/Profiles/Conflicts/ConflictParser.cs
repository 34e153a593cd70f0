using System.Text.Json;

namespace NativeCerts.Run.Profiles.Conflicts;

/// <summary>Reads the conflicts of one profile.</summary>
internal static class ConflictParser
{
    private const uint Kinds = 0b1111;

    /// <summary>Reads the list that comes next. Of a brief profile that is what every run looks for: certificates.</summary>
    public static ConflictRule[] ReadList(ref JsonCursor cursor)
    {
        cursor.MoveNext();
        if (cursor.Token != JsonTokenType.StartArray) throw cursor.Unexpected("conflicts", "a list");
        var conflicts = new List<ConflictRule>(4);
        for (cursor.MoveNext(); cursor.Token != JsonTokenType.EndArray; cursor.MoveNext()) conflicts.Add(Read(ref cursor));
        if (conflicts.Count == 0) throw cursor.Error("`conflicts` must hold something, or be left out");
        return [.. conflicts];
    }

    private static ConflictRule Read(ref JsonCursor cursor)
    {
        if (cursor.Token != JsonTokenType.StartObject) throw cursor.Error("a conflict is a JSON object");
        var start = cursor.Position;
        string? name = null, section = null, why = null, fix = null;
        string[] arguments = [], files = [], values = [], displacedBy = [];
        ConflictKind? kind = null;
        ConflictEffect? effect = null;
        var relativeTo = RelativeTo.WorkingFolder;
        var seen = 0u;
        for (cursor.MoveNext(); cursor.Token != JsonTokenType.EndObject; cursor.MoveNext())
        {
            var field = Find(cursor.Utf8Text) ?? throw cursor.Error($"unknown field `{cursor.Text}` in a conflict");
            if ((seen & Bit(field)) != 0) throw cursor.Error($"field `{cursor.Text}` is given twice");
            seen |= Bit(field);
            if (field <= ConflictField.File && (seen & Kinds) != Bit(field)) throw cursor.Error("a conflict is one of `env`, `arg`, `setting`, `file`, not two");
            switch (field)
            {
                case ConflictField.Env: (kind, name) = (ConflictKind.Environment, cursor.ReadFilledText("env")); break;
                case ConflictField.Arg: (kind, arguments) = (ConflictKind.Argument, cursor.ReadTexts("arg", FindNoArgument)); break;
                case ConflictField.Setting: (kind, name) = (ConflictKind.Setting, cursor.ReadFilledText("setting")); break;
                case ConflictField.File: (kind, files) = (ConflictKind.File, cursor.ReadTexts("file", FindNoPath)); break;
                case ConflictField.Files: files = cursor.ReadTexts("files", FindNoPath); break;
                case ConflictField.Section: section = cursor.ReadText("section"); break;
                case ConflictField.Values: values = cursor.ReadTexts("values"); break;
                case ConflictField.Effect: effect = ReadEffect(ref cursor); break;
                case ConflictField.DisplacedBy: displacedBy = cursor.ReadTexts("displacedBy"); break;
                case ConflictField.RelativeTo: relativeTo = ReadRelativeTo(ref cursor); break;
                case ConflictField.Why: why = cursor.ReadProse("why"); break;
                case ConflictField.Fix: fix = cursor.ReadProse("fix"); break;
            }
        }

        if (FindMisfit(kind, effect, seen) is { } misfit) throw cursor.ErrorAt(start, misfit);
        return new ConflictRule
        {
            Kind = kind!.Value,
            Name = name ?? "",
            Arguments = arguments,
            Files = files,
            Section = section,
            Values = values,
            Effect = effect ?? throw cursor.ErrorAt(start, "a conflict needs an `effect`"),
            DisplacedBy = displacedBy,
            RelativeTo = relativeTo,
            Why = why ?? (cursor.RulesOnly ? "" : throw cursor.ErrorAt(start, "a conflict needs a `why`")),
            Fix = cursor.RulesOnly ? null : fix,
        };
    }

    private static string? FindMisfit(ConflictKind? kind, ConflictEffect? effect, uint seen)
    {
        if (kind is null) return "a conflict needs one of `env`, `arg`, `setting`, `file`";
        var isSetting = kind is ConflictKind.Setting;
        if (isSetting && !Has(ConflictField.Files)) return "a conflict with `setting` needs its `files`";
        if (!isSetting && Has(ConflictField.Files)) return "`files` is only for `setting`";
        if (!isSetting && Has(ConflictField.Section)) return "`section` is only for `setting`";
        if (!isSetting && Has(ConflictField.RelativeTo)) return "`relativeTo` is only for `setting`";
        if (kind is ConflictKind.File && effect is not (null or ConflictEffect.Certificates)) return "`file` is only for `certificates`";
        if (kind is ConflictKind.File && Has(ConflictField.Values)) return "`values` is not for `file`";
        if (effect is not (null or ConflictEffect.Certificates) && Has(ConflictField.DisplacedBy)) return "`displacedBy` is only for `certificates`";
        if (effect is not (null or ConflictEffect.Certificates) && Has(ConflictField.RelativeTo)) return "`relativeTo` is only for `certificates`";
        return null;

        bool Has(ConflictField field) => (seen & Bit(field)) != 0;
    }

    private static uint Bit(ConflictField field) => 1u << (int)field;

    private static ConflictField? Find(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("env"u8)) return ConflictField.Env;
        if (text.SequenceEqual("arg"u8)) return ConflictField.Arg;
        if (text.SequenceEqual("setting"u8)) return ConflictField.Setting;
        if (text.SequenceEqual("file"u8)) return ConflictField.File;
        if (text.SequenceEqual("files"u8)) return ConflictField.Files;
        if (text.SequenceEqual("section"u8)) return ConflictField.Section;
        if (text.SequenceEqual("values"u8)) return ConflictField.Values;
        if (text.SequenceEqual("effect"u8)) return ConflictField.Effect;
        if (text.SequenceEqual("displacedBy"u8)) return ConflictField.DisplacedBy;
        if (text.SequenceEqual("relativeTo"u8)) return ConflictField.RelativeTo;
        if (text.SequenceEqual("why"u8)) return ConflictField.Why;
        if (text.SequenceEqual("fix"u8)) return ConflictField.Fix;
        return null;
    }

    private static string? FindNoArgument(string argument) =>
        argument.AsSpan().Trim("* -").IsEmpty ? $"`{argument}` is no argument of a tool" : null;

    private static string? FindNoPath(string path)
    {
        if (!SettingsPaths.IsAnchored(path)) return $"`{path}` must begin with `~/`, `./`, `/` or `$VARIABLE`";
        return SettingsPaths.IsWellFormed(path) ? null : $"`{path}` has a `{{` or `[` without its partner";
    }

    private static ConflictEffect ReadEffect(ref JsonCursor cursor) => cursor.ReadText("effect") switch
    {
        "insecure" => ConflictEffect.Insecure,
        "overrules" => ConflictEffect.Overrules,
        "certificates" => ConflictEffect.Certificates,
        _ => throw cursor.Error("`effect` must be `insecure`, `overrules` or `certificates`"),
    };

    private static RelativeTo ReadRelativeTo(ref JsonCursor cursor) => cursor.ReadText("relativeTo") switch
    {
        "workingFolder" => RelativeTo.WorkingFolder,
        "file" => RelativeTo.File,
        "parent" => RelativeTo.Parent,
        _ => throw cursor.Error("`relativeTo` must be `workingFolder`, `file` or `parent`"),
    };
}
