using System.Text.Json;

namespace NativeCerts.Run.Profiles;

/// <summary>Reads the fields of one rule of a profile.</summary>
internal static class InjectionParser
{
    /// <summary>Reads the rule at whose first token the cursor stands.</summary>
    public static InjectionRule Read(ref JsonCursor cursor)
    {
        if (cursor.Token != JsonTokenType.StartObject) throw cursor.Error("a rule is a JSON object");
        var start = cursor.Position;
        string? name = null, value = null, separator = null, standard = null, why = null;
        string[] arguments = [], when = [], unless = [], include = [], os = [];
        InjectionKind? kind = null;
        InjectionMerge? merge = null;
        InjectionScope? scope = null;
        InjectionRoots? roots = null;
        var at = ArgumentPosition.First;
        VersionRange? version = null;
        var seen = 0u;
        for (cursor.MoveNext(); cursor.Token != JsonTokenType.EndObject; cursor.MoveNext())
        {
            var field = Find(cursor.Utf8Text) ?? throw cursor.Error($"unknown field `{cursor.Text}` in a rule");
            if ((seen & Bit(field)) != 0) throw cursor.Error($"field `{cursor.Text}` is given twice");
            seen |= Bit(field);
            if (field <= InjectionField.Shim && (seen & Kinds) != Bit(field)) throw cursor.Error("a rule is one of `env`, `unset`, `arg`, `file`, `shim`, not two");
            switch (field)
            {
                case InjectionField.Env: (kind, name) = (InjectionKind.Environment, ReadVariable(ref cursor, "env")); break;
                case InjectionField.Unset: (kind, name) = (InjectionKind.Unset, ReadVariable(ref cursor, "unset")); break;
                case InjectionField.Arg: (kind, name, arguments) = (InjectionKind.Argument, "", ReadValues(ref cursor, "arg")); break;
                case InjectionField.File: (kind, name) = (InjectionKind.File, ReadPath(ref cursor)); break;
                case InjectionField.Shim: (kind, name) = (InjectionKind.Shim, ReadShim(ref cursor)); break;
                case InjectionField.Value: value = ReadValue(ref cursor, "value"); break;
                case InjectionField.Lines: value = string.Join('\n', ReadValues(ref cursor, "lines")) + "\n"; break;
                case InjectionField.Merge: merge = ReadMerge(ref cursor); break;
                case InjectionField.Separator: separator = cursor.ReadText("separator"); break;
                case InjectionField.Default: standard = ReadValue(ref cursor, "default"); break;
                case InjectionField.At: at = ReadPosition(ref cursor); break;
                case InjectionField.When: when = ReadConditions(ref cursor, "when"); break;
                case InjectionField.Unless: unless = ReadConditions(ref cursor, "unless"); break;
                case InjectionField.Include: include = ReadValues(ref cursor, "include"); break;
                case InjectionField.Scope: scope = ReadScope(ref cursor); break;
                case InjectionField.Os: os = ReadOs(ref cursor); break;
                case InjectionField.Version: version = ReadVersion(ref cursor); break;
                case InjectionField.Roots: roots = ReadRoots(ref cursor); break;
                case InjectionField.Why: why = cursor.ReadProse("why"); break;
            }
        }

        if (kind is null) throw cursor.ErrorAt(start, "a rule needs one of `env`, `unset`, `arg`, `file`, `shim`");
        if (FindMisfit(kind.Value, seen, merge) is { } misfit) throw cursor.ErrorAt(start, misfit);
        if (kind == InjectionKind.Environment && merge is null)
        {
            // A list of arguments has no certificates to read: there, what becomes of the user's must be said.
            if (!Placeholders.IsCertificates(value!)) throw cursor.ErrorAt(start, "a rule with `env` needs a `merge`, unless its value is the bundle or a folder");
            merge = InjectionMerge.Certificates;
        }

        return new InjectionRule
        {
            Kind = kind.Value,
            Name = name!,
            Value = value ?? "",
            Arguments = arguments,
            Merge = merge ?? InjectionMerge.Replace,
            Separator = separator ?? " ",
            Default = standard,
            At = at,
            When = when,
            Unless = unless,
            Include = include,
            Scope = scope ?? throw Missing(cursor, start, "scope"),
            Os = os,
            Version = version,
            Roots = roots ?? throw Missing(cursor, start, "roots"),
            Why = why ?? (cursor.RulesOnly ? "" : throw Missing(cursor, start, "why")),
        };
    }

    private const uint Kinds = 0b11111;

    private static readonly string[] Unix = ["linux", "macos"];

    private static uint Bit(InjectionField field) => 1u << (int)field;

    private static string? FindMisfit(InjectionKind kind, uint seen, InjectionMerge? merge)
    {
        if (kind == InjectionKind.Environment && (seen & Bit(InjectionField.Value)) == 0) return "a rule with `env` needs a `value`";
        if (kind == InjectionKind.File && (seen & Bit(InjectionField.Lines)) == 0) return "a rule with `file` needs its `lines`";
        var joins = merge is InjectionMerge.Append or InjectionMerge.Prepend;
        if (kind == InjectionKind.Unset && merge is not (null or InjectionMerge.Certificates or InjectionMerge.Replace))
            return "`merge` of an `unset` is `certificates` or `replace`";
        if (!Fits(InjectionField.Value, kind == InjectionKind.Environment)) return "`value` is only for `env`";
        if (!Fits(InjectionField.Lines, kind == InjectionKind.File)) return "`lines` is only for `file`";
        if (!Fits(InjectionField.Include, kind == InjectionKind.File)) return "`include` is only for `file`";
        if (!Fits(InjectionField.At, kind == InjectionKind.Argument)) return "`at` is only for `arg`";
        if (!Fits(InjectionField.Merge, kind is InjectionKind.Environment or InjectionKind.Unset)) return "`merge` is only for `env` and `unset`";
        if (!Fits(InjectionField.Separator, joins)) return "`separator` is only for `merge` `append` and `prepend`";
        if (!Fits(InjectionField.Default, joins)) return "`default` is only for `merge` `append` and `prepend`";
        return null;

        bool Fits(InjectionField field, bool allowed) => allowed || (seen & Bit(field)) == 0;
    }

    private static InjectionField? Find(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("env"u8)) return InjectionField.Env;
        if (text.SequenceEqual("unset"u8)) return InjectionField.Unset;
        if (text.SequenceEqual("arg"u8)) return InjectionField.Arg;
        if (text.SequenceEqual("file"u8)) return InjectionField.File;
        if (text.SequenceEqual("shim"u8)) return InjectionField.Shim;
        if (text.SequenceEqual("at"u8)) return InjectionField.At;
        if (text.SequenceEqual("when"u8)) return InjectionField.When;
        if (text.SequenceEqual("version"u8)) return InjectionField.Version;
        if (text.SequenceEqual("value"u8)) return InjectionField.Value;
        if (text.SequenceEqual("lines"u8)) return InjectionField.Lines;
        if (text.SequenceEqual("merge"u8)) return InjectionField.Merge;
        if (text.SequenceEqual("separator"u8)) return InjectionField.Separator;
        if (text.SequenceEqual("default"u8)) return InjectionField.Default;
        if (text.SequenceEqual("unless"u8)) return InjectionField.Unless;
        if (text.SequenceEqual("include"u8)) return InjectionField.Include;
        if (text.SequenceEqual("scope"u8)) return InjectionField.Scope;
        if (text.SequenceEqual("os"u8)) return InjectionField.Os;
        if (text.SequenceEqual("roots"u8)) return InjectionField.Roots;
        if (text.SequenceEqual("why"u8)) return InjectionField.Why;
        return null;
    }

    private static string ReadVariable(ref JsonCursor cursor, string field)
    {
        var name = cursor.ReadFilledText(field);
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character != '_') throw cursor.Error($"`{name}` is no variable's name: letters, digits and `_`");
        }

        return name;
    }

    // The name is put below the trust folder: it must not lead out of it.
    private static string ReadPath(ref JsonCursor cursor)
    {
        var path = cursor.ReadFilledText("file");
        foreach (var part in path.Split('/'))
        {
            if (part is "" or "." or ".." || part.AsSpan().IndexOfAny("\\:{}") >= 0)
                throw cursor.Error($"`{path}` must be a file's name below the trust folder, such as `php/trust.ini`");
        }

        return path;
    }

    private static string ReadShim(ref JsonCursor cursor)
    {
        var name = cursor.ReadFilledText("shim");
        return BuiltinShims.Names.Contains(name) ? name : throw cursor.Error($"there is no shim `{name}`; these are there: {string.Join(", ", BuiltinShims.Names)}");
    }

    private static ArgumentPosition ReadPosition(ref JsonCursor cursor) => cursor.ReadText("at") switch
    {
        "first" => ArgumentPosition.First,
        "subcommand" => ArgumentPosition.Subcommand,
        "last" => ArgumentPosition.Last,
        _ => throw cursor.Error("`at` must be `first`, `subcommand` or `last`"),
    };

    private static string[] ReadConditions(ref JsonCursor cursor, string field) => cursor.ReadTexts(
        field,
        condition => condition.AsSpan().Trim(" $=").IsEmpty ? $"`{condition}` is no condition: an argument's text, `$NAME` or `$NAME=VALUE`" : null);

    private static VersionRange ReadVersion(ref JsonCursor cursor)
    {
        var text = cursor.ReadFilledText("version");
        return VersionRange.TryParse(text) ?? throw cursor.Error($"`{text}` is no range of versions, such as `>=22.15 <24`");
    }

    private static string[] ReadValues(ref JsonCursor cursor, string field) => cursor.ReadTexts(field, FindUnknownPlaceholder);

    private static string ReadValue(ref JsonCursor cursor, string field)
    {
        var value = cursor.ReadText(field);
        return FindUnknownPlaceholder(value) is { } problem ? throw cursor.Error(problem) : value;
    }

    private static string? FindUnknownPlaceholder(string value) =>
        Placeholders.FindUnknown(value) is { } unknown ? $"unknown placeholder `{unknown}`" : null;

    private static InjectionMerge ReadMerge(ref JsonCursor cursor) => cursor.ReadText("merge") switch
    {
        "certificates" => InjectionMerge.Certificates,
        "append" => InjectionMerge.Append,
        "prepend" => InjectionMerge.Prepend,
        "replace" => InjectionMerge.Replace,
        "keep" => InjectionMerge.Keep,
        _ => throw cursor.Error("`merge` must be `certificates`, `append`, `prepend`, `replace` or `keep`"),
    };

    private static InjectionScope ReadScope(ref JsonCursor cursor) => cursor.ReadText("scope") switch
    {
        "always" => InjectionScope.Always,
        "target" => InjectionScope.Target,
        "exact" => InjectionScope.Exact,
        _ => throw cursor.Error("`scope` must be `always`, `target` or `exact`"),
    };

    private static InjectionRoots ReadRoots(ref JsonCursor cursor) => cursor.ReadText("roots") switch
    {
        "added" => InjectionRoots.Added,
        "replaced" => InjectionRoots.Replaced,
        "unchanged" => InjectionRoots.Unchanged,
        _ => throw cursor.Error("`roots` must be `added`, `replaced` or `unchanged`"),
    };

    private static string[] ReadOs(ref JsonCursor cursor)
    {
        var systems = cursor.ReadTexts("os", system => system is "linux" or "macos" or "windows" ? null : "`os` takes `linux`, `macos` and `windows`");
        return systems.AsSpan().SequenceEqual(Unix) ? Unix : systems;
    }

    private static ProfileFormatException Missing(JsonCursor cursor, int start, string field) =>
        cursor.ErrorAt(start, $"a rule needs a `{field}`");
}
