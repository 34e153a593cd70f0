using System.Text;
using NativeCerts.Run.Profiles;

namespace NativeCerts.Run.Injection;

/// <summary>Where the forms of the trust store and the generated files lie, and the one place that puts those paths into values.</summary>
public sealed class FormPaths
{
    private static readonly (string Placeholder, TrustForms Form)[] Named =
    [
        (Placeholders.Bundle, TrustForms.Bundle),
        (Placeholders.Folder, TrustForms.Folder),
        (Placeholders.Hashed, TrustForms.HashedFolder),
        (Placeholders.EmptyFolder, TrustForms.EmptyFolder),
        (Placeholders.JavaKeyStore, TrustForms.JavaKeyStore),
        (Placeholders.Launchers, TrustForms.Launchers),
        (Placeholders.StartupHook, TrustForms.StartupHook),
    ];

    private readonly Dictionary<TrustForms, string> _forms = [];
    private readonly Dictionary<string, string> _files = [];

    /// <summary>The user's home, for <c>{home}</c>.</summary>
    public string Home { get; init; } = "";

    /// <summary>Every path, of forms and of files.</summary>
    public IEnumerable<string> All => _forms.Values.Concat(_files.Values);

    /// <summary>The path of one form, or <see langword="null"/>.</summary>
    public string? this[TrustForms form] => _forms.GetValueOrDefault(form);

    /// <summary>Says where a form lies.</summary>
    public void Add(TrustForms form, string path) => _forms[form] = path;

    /// <summary>Says where a generated file lies.</summary>
    public void Add(string file, string path) => _files[file] = path;

    /// <summary>The forms that a value names.</summary>
    public static TrustForms FormsOf(string value)
    {
        var forms = TrustForms.None;
        if (!value.Contains('{')) return forms;
        foreach (var (placeholder, form) in Named)
        {
            if (value.Contains(placeholder, StringComparison.Ordinal)) forms |= form;
        }

        return forms;
    }

    /// <summary>The generated files that a value names, by <c>{file:NAME}</c> or <c>{dir:NAME}</c>.</summary>
    public static IEnumerable<string> FilesOf(string value)
    {
        foreach (var prefix in new[] { Placeholders.FilePrefix, Placeholders.DirectoryPrefix })
        {
            for (var at = value.IndexOf(prefix, StringComparison.Ordinal); at >= 0; at = value.IndexOf(prefix, at + 1, StringComparison.Ordinal))
            {
                var start = at + prefix.Length;
                var end = value.IndexOf('}', start);
                if (end > start) yield return value[start..end];
            }
        }
    }

    /// <summary>The whole value that a variable gets, or <see langword="null"/>: what is the user's in it stays as it is, braces and all.</summary>
    public string? Expand(PlannedVariable variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        if (variable.Value is not { } value) return null;
        var own = variable.UserValue is { } text ? value.IndexOf(text, StringComparison.Ordinal) : -1;
        return own < 0 ? Expand(value) : Expand(value[..own]) + variable.UserValue + Expand(value[(own + variable.UserValue!.Length)..]);
    }

    /// <summary>Replaces the placeholders of a value by the paths.</summary>
    /// <returns>The value; a placeholder whose form was not made stays as it is, which a plan never lets happen.</returns>
    public string Expand(string value)
    {
        var from = 0;
        StringBuilder? text = null;
        for (var open = value.IndexOf('{'); open >= 0; open = open + 1 < value.Length ? value.IndexOf('{', open + 1) : -1)
        {
            var close = value.IndexOf('}', open);
            if (close < 0) break;
            if (PathOf(value.AsSpan(open, close + 1 - open)) is not { } path) continue;
            text ??= new StringBuilder(value.Length + path.Length);
            text.Append(value, from, open - from).Append(path);
            from = close + 1;
        }

        return text is null ? value : text.Append(value, from, value.Length - from).ToString();
    }

    private string? PathOf(ReadOnlySpan<char> placeholder)
    {
        foreach (var (name, form) in Named)
        {
            if (placeholder.SequenceEqual(name)) return _forms.GetValueOrDefault(form);
        }

        if (placeholder.SequenceEqual(Placeholders.Home)) return Home;
        var isFile = placeholder.StartsWith(Placeholders.FilePrefix);
        if (!isFile && !placeholder.StartsWith(Placeholders.DirectoryPrefix)) return null;
        return _files.TryGetValue(placeholder[(placeholder.IndexOf(':') + 1)..^1].ToString(), out var path) ? isFile ? path : Path.GetDirectoryName(path) : null;
    }
}
