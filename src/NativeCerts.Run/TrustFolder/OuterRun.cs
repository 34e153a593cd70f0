using System.Text;
using NativeCerts.Run.Injection;

namespace NativeCerts.Run.TrustFolder;

/// <summary>A run around this one, known by its folder: it says what the user's own environment was, and which roots <c>--ca</c> added.</summary>
/// <remarks>An inner run plans from that as if it were the first, so that it trusts the same and the outer one's end takes nothing from it.</remarks>
internal sealed class OuterRun
{
    /// <summary>The variable by which a process knows the folder of the run that it was started under.</summary>
    public const string Variable = "NCTRUST_RUN";

    /// <summary>The file of that folder that says what the user's own environment was.</summary>
    public const string RecordName = "displaced";

    private const string ExtraName = "extra.pem";

    /// <summary>The user's own value of each variable that still has the value which the outer run gave it; <see langword="null"/> where there was none.</summary>
    private readonly IReadOnlyList<KeyValuePair<string, string?>> _displaced;

    private OuterRun(bool hasPrivateStore, string? extraRoots, IReadOnlyList<KeyValuePair<string, string?>> displaced)
    {
        HasPrivateStore = hasPrivateStore;
        ExtraRoots = extraRoots;
        _displaced = displaced;
    }

    /// <summary>Whether it has a private store: then this process may be in a user namespace, from which the processes outside can't be examined.</summary>
    public bool HasPrivateStore { get; }

    /// <summary>A PEM file with the roots that <c>--ca</c> added to the outer run, if it did.</summary>
    public string? ExtraRoots { get; }

    /// <summary>Gives the user's environment back.</summary>
    /// <param name="set">Sets a variable.</param>
    /// <param name="remove">Takes one away.</param>
    public void GiveBack(Action<string, string> set, Action<string> remove)
    {
        foreach (var (name, value) in _displaced)
        {
            if (value is null) remove(name);
            else set(name, value);
        }
    }

    /// <summary>Finds the outer run.</summary>
    /// <param name="environment">The environment as this process has it.</param>
    /// <param name="runtimeFolder">Where runs have their folders; one that lies elsewhere is not believed.</param>
    /// <returns><see langword="null"/> where there is no outer run, or it needed no folder.</returns>
    public static OuterRun? Find(IReadOnlyDictionary<string, string> environment, string runtimeFolder)
    {
        var folder = environment.GetValueOrDefault(Variable) ?? "";
        if (Path.GetDirectoryName(folder) != runtimeFolder || !RuntimeFolder.IsPrivate(runtimeFolder) || !RuntimeFolder.IsPrivate(folder)) return null;
        var record = Path.Combine(folder, RecordName);
        if (!File.Exists(record)) return null;

        var displaced = new List<KeyValuePair<string, string?>> { new(Variable, null) };
        var fields = File.ReadAllText(record).Split('\0');
        for (var i = 0; i + 2 < fields.Length; i += 3)
        {
            var (name, set, before) = (fields[i], fields[i + 1], fields[i + 2]);
            if (environment.GetValueOrDefault(name, "") == set) displaced.Add(new(name, before.Length > 0 ? before : null));
        }

        var extra = Path.Combine(folder, ExtraName);
        return new(PrivateStoreWriter.Has(folder), File.Exists(extra) ? extra : null, displaced);
    }

    /// <summary>Whether an option of the run added the root, so that no run inside finds it by itself.</summary>
    public static bool IsAdded(TrustedRoot root) => root.Origin.StartsWith("--", StringComparison.Ordinal);

    /// <summary>Writes down, for a run inside this one, what is displaced and added.</summary>
    public static void Record(RunFolder folder, InjectionPlan plan, FormPaths paths, IReadOnlyList<TrustedRoot> extraRoots)
    {
        folder.Write(RecordName, RecordOf(plan, paths));
        if (extraRoots.Count > 0) folder.Write(ExtraName, Certificates.PemWriter.Encode(extraRoots));
    }

    /// <summary>What is written down of a plan: each variable, what it is set to, what it was.</summary>
    public static byte[] RecordOf(InjectionPlan plan, FormPaths paths)
    {
        var record = new StringBuilder();
        foreach (var variable in plan.Variables)
        {
            record.Append(variable.Name).Append('\0').Append(paths.Expand(variable)).Append('\0').Append(variable.UserValue).Append('\0');
        }

        return Encoding.UTF8.GetBytes(record.ToString());
    }
}
