using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace NativeCerts.Run.Launch;

/// <summary>
/// An environment that keeps bytes. A value that is not UTF-8, and an entry without <c>=</c>, reach the child as they came, where
/// <c>System.Environment</c> makes U+FFFD of the one and loses the other. To read it is a dictionary of what can be read as text.
/// </summary>
/// <remarks>A name that is there twice reads as its first entry, as getenv(3) has it, and both pass through until the name is set or removed.</remarks>
[SuppressMessage("Naming", "CA1710", Justification = "An environment is called so; that it reads as a dictionary is beside the point.")]
public sealed class ProcessEnvironment : IReadOnlyDictionary<string, string>
{
    private static readonly bool IgnoresCase = OperatingSystem.IsWindows();
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly List<byte[]> _entries;

    /// <summary>An environment of these variables, in their order.</summary>
    /// <exception cref="ArgumentException">A name is empty or has <c>=</c> or NUL in it, or a value has NUL in it.</exception>
    public ProcessEnvironment(IEnumerable<KeyValuePair<string, string>> variables)
    {
        _entries = [];
        foreach (var (name, value) in variables) Set(name, value);
    }

    private ProcessEnvironment(List<byte[]> entries) => _entries = entries;

    /// <inheritdoc/>
    public int Count => Names().Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => Names();

    /// <inheritdoc/>
    public IEnumerable<string> Values => Names().Select(name => this[name]);

    /// <summary>The entries as the operating system has them, <c>NAME=value</c> without NUL.</summary>
    public IReadOnlyList<byte[]> Entries => _entries;

    /// <inheritdoc/>
    public string this[string key] => Get(key) ?? throw new KeyNotFoundException($"`{key}` is not set");

    /// <summary>A copy of the running process's environment [environ(7)].</summary>
    public static unsafe ProcessEnvironment Current()
    {
        if (OperatingSystem.IsWindows())
        {
            var variables = Environment.GetEnvironmentVariables();
            var texts = new List<byte[]>(variables.Count);
            foreach (DictionaryEntry variable in variables) texts.Add(Encoding.UTF8.GetBytes($"{variable.Key}={variable.Value}"));
            return new(texts);
        }

        var next = OperatingSystem.IsMacOS()
            ? *LibC.MacEnvironment()
            : *(byte***)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "environ");
        var entries = new List<byte[]>(64);
        for (; next is not null && *next is not null; next++) entries.Add(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(*next).ToArray());
        return new(entries);
    }

    /// <summary>An environment of these entries, <c>NAME=value</c> without NUL, untouched.</summary>
    public static ProcessEnvironment FromEntries(IEnumerable<byte[]> entries) => new([.. entries]);

    /// <summary>A copy that changes by itself.</summary>
    public ProcessEnvironment Copy() => new([.. _entries]);

    /// <summary>The variable's value as text; bytes that are not UTF-8 read as U+FFFD.</summary>
    /// <returns><see langword="null"/> when it is not set.</returns>
    public string? Get(string name) => Find(name) is var at && at < 0 ? null : Encoding.UTF8.GetString(ValueOf(at));

    /// <summary>The variable's value as it is.</summary>
    /// <returns><see langword="null"/> when it is not set.</returns>
    public byte[]? GetBytes(string name) => Find(name) is var at && at < 0 ? null : ValueOf(at).ToArray();

    /// <summary>Sets a variable, in its old place when it was there.</summary>
    /// <exception cref="ArgumentException">The name is empty or has <c>=</c> or NUL in it, or the value has NUL in it.</exception>
    public void Set(string name, string value) => Set(name, Encoding.UTF8.GetBytes(value));

    /// <inheritdoc cref="Set(string, string)"/>
    public void Set(string name, ReadOnlySpan<byte> value)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAny('=', '\0')) throw new ArgumentException($"`{name}` cannot be the name of a variable", nameof(name));
        if (value.Contains((byte)0)) throw new ArgumentException($"the value of `{name}` has a NUL in it", nameof(value));
        byte[] entry = [.. Encoding.UTF8.GetBytes(name), (byte)'=', .. value];
        var at = Find(name);
        if (at < 0)
        {
            _entries.Add(entry);
            return;
        }

        _entries[at] = entry;
        RemoveFrom(at + 1, name);
    }

    /// <summary>Removes a variable, if it is set.</summary>
    public void Remove(string name) => RemoveFrom(0, name);

    /// <inheritdoc/>
    public bool ContainsKey(string key) => Find(key) >= 0;

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => (value = Get(key)) is not null;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        foreach (var name in Names()) yield return new(name, this[name]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static int NameLength(byte[] entry) => entry.AsSpan().IndexOf((byte)'=');

    private List<string> Names()
    {
        var names = new List<string>(_entries.Count);
        var seen = new HashSet<string>(IgnoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (var entry in _entries)
        {
            // An empty name is what Windows keeps each drive's folder under; it is nobody's variable.
            var length = NameLength(entry);
            if (length <= 0 || !System.Text.Unicode.Utf8.IsValid(entry.AsSpan(0, length))) continue;
            var name = Strict.GetString(entry, 0, length);
            if (seen.Add(name)) names.Add(name);
        }

        return names;
    }

    private ReadOnlySpan<byte> ValueOf(int at) => _entries[at].AsSpan(NameLength(_entries[at]) + 1);

    private int Find(string name, int from = 0)
    {
        Span<byte> buffer = stackalloc byte[128];
        var wanted = Encoding.UTF8.TryGetBytes(name, buffer, out var length) ? buffer[..length] : Encoding.UTF8.GetBytes(name);
        if (wanted.IsEmpty) return -1;
        for (var i = from; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            if (entry.Length <= wanted.Length || entry[wanted.Length] != '=') continue;
            if (entry.AsSpan().StartsWith(wanted)) return i;
            if (IgnoresCase && Encoding.UTF8.GetString(entry, 0, wanted.Length).Equals(name, StringComparison.OrdinalIgnoreCase)) return i;
        }

        return -1;
    }

    private void RemoveFrom(int from, string name)
    {
        while (Find(name, from) is var at && at >= 0) _entries.RemoveAt(at);
    }
}
