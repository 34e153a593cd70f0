namespace NativeCerts.Run.Shell.Containers;

/// <summary>What the user's own words behind a verb say of variables, mounts and secrets, so that nothing of it is overridden.</summary>
/// <remarks>
/// Where the image stands is not looked for: that would need every option of every version. So what the container's own command says in these
/// options' form counts as well, and then a variable is left to it.
/// </remarks>
internal sealed class ContainerOptions
{
    // The letters without a value that docker, podman and nerdctl let stand in front of another one's: -ite NAME.
    private const string Letters = "ditPq";

    private readonly IReadOnlyList<string> _words;
    private readonly List<string> _variables = [], _targets = [], _secrets = [], _files = [];
    private readonly List<PassedVariable> _passed = [];

    private ContainerOptions(IReadOnlyList<string> words) => _words = words;

    /// <summary>The variables that the user gives a value.</summary>
    public IReadOnlyList<string> Variables => _variables;

    /// <summary>The variables that are passed on from the environment by their names alone.</summary>
    public IReadOnlyList<PassedVariable> Passed => _passed;

    /// <summary>The files that set variables.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>Where something is mounted in the container.</summary>
    public IReadOnlyList<string> Targets => _targets;

    /// <summary>The secrets of a build, as they are written.</summary>
    public IReadOnlyList<string> Secrets => _secrets;

    /// <summary>Reads them.</summary>
    /// <param name="words">All arguments of the engine.</param>
    /// <param name="start">Where those behind the verb begin.</param>
    public static ContainerOptions Read(IReadOnlyList<string> words, int start)
    {
        var options = new ContainerOptions(words);
        for (var at = start; at < words.Count && words[at] is not "--"; at++)
        {
            if (words[at] is not ['-', _, ..]) continue;
            if (options.Value(at, "--env", 'e') is { } variable) options.AddVariable(variable, ref at);
            else if (options.Value(at, "--env-file") is { } file) options._files.Add(options.Take(file, ref at));
            else if (options.Value(at, "--volume", 'v') is { } volume) options.AddTarget(options.Take(volume, ref at).Split(':') is [_, var target, ..] ? target : "");
            else if (options.Value(at, "--tmpfs") is { } memory) options.AddTarget(options.Take(memory, ref at).Split(':')[0]);
            else if (options.Value(at, "--mount") is { } mount) options.AddMount(options.Take(mount, ref at));
            else if (options.Value(at, "--secret") is { } secret) options._secrets.Add(options.Take(secret, ref at));
        }

        return options;
    }

    private void AddVariable((int Word, int Start) value, ref int at)
    {
        var text = Take(value, ref at);
        var equals = text.IndexOf('=');
        if (equals >= 0) _variables.Add(text[..equals]);
        else if (text.Length > 0) _passed.Add(new(value.Word, _words[value.Word][..value.Start], text));
    }

    private void AddMount(string mount)
    {
        foreach (var part in mount.Split(','))
        {
            if (part.IndexOf('=') is var equals && equals > 0 && part[..equals] is "target" or "dst" or "destination") AddTarget(part[(equals + 1)..]);
        }
    }

    private void AddTarget(string target)
    {
        if (target.StartsWith('/')) _targets.Add(target.Length > 1 ? target.TrimEnd('/') : target);
    }

    private string Take((int Word, int Start) value, ref int at)
    {
        at = value.Word;
        return at < _words.Count ? _words[at][value.Start..] : "";
    }

    /// <summary>Where the value of an option is, if the word is that option: in the next word, or behind <c>=</c> or the letter in this one.</summary>
    private (int Word, int Start)? Value(int at, string name, char letter = '\0')
    {
        var word = _words[at];
        if (word == name) return (at + 1, 0);
        if (word.StartsWith(name, StringComparison.Ordinal) && word[name.Length] == '=') return (at, name.Length + 1);
        if (letter == '\0' || word[1] == '-') return null;
        var index = 1;
        while (index < word.Length && Letters.Contains(word[index])) index++;
        if (index == word.Length || word[index] != letter) return null;
        if (index + 1 == word.Length) return (at + 1, 0);
        return (at, word[index + 1] == '=' ? index + 2 : index + 1);
    }
}
