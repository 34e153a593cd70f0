using System.Text;
using NativeCerts.Files;
using NativeCerts.Run.Launch;

namespace NativeCerts.Run.Inventory;

/// <summary>The roots that tools bring with them, by asking the tools that are installed.</summary>
/// <param name="environment">The user's environment: <c>PATH</c> says which tools.</param>
internal sealed class ToolRoots(ProcessEnvironment environment)
{
    /// <summary>The names that <see cref="Read"/> knows.</summary>
    public static readonly string[] Names = ["certifi", "node", "java", "mozilla"];

    // What Debian's ca-certificates package takes from Mozilla's list; the administrator chooses among these, and adds none here.
    private const string MozillaFolder = "/usr/share/ca-certificates/mozilla";

    // With `-c`, Python would import from the working folder first, where a project could lie in wait with a `certifi` of its own.
    private const string CertifiQuestion = "import sys; sys.path[:] = [place for place in sys.path if place]; import certifi; print(certifi.where())";
    private const int LongestAnswer = 4 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Dictionary<(string, string), OtherRoots?> _bundles = [];
    private (OtherRoots? Roots, bool IsAsked) _certifi, _node, _java;

    /// <summary>Reads a tool's own roots.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="RunFailedException">The tool is not installed, or does not tell.</exception>
    public OtherRoots Read(string name) => name switch
    {
        "certifi" => Certifi() ?? throw Missing("the Python package `certifi`", "pip install certifi"),
        "node" => Node() ?? throw Missing("`node`", "install Node.js, or name a file"),
        "java" => Java() ?? throw Missing("a `java` with `cacerts`", "set `JAVA_HOME` to the JDK whose roots you mean"),
        _ => Mozilla() ?? throw Missing("nothing that ships Mozilla's list unchanged (certifi, node)", "pip install certifi"),
    };

    /// <summary>certifi's bundle; <see langword="null"/> where there is none.</summary>
    public OtherRoots? Certifi() => Once(ref _certifi, AskCertifi);

    /// <summary>The same of one Python, which each tool may have its own of.</summary>
    /// <param name="python">A path, or a name on <c>PATH</c>.</param>
    /// <param name="module">Which: <c>certifi</c>, or a copy of it inside of another package.</param>
    public OtherRoots? Certifi(string python, string module)
    {
        if (!_bundles.TryGetValue((python, module), out var roots)) _bundles[(python, module)] = roots = AskCertifi(python, module);
        return roots;
    }

    /// <summary>What is compiled into Node.js.</summary>
    public OtherRoots? Node() => Once(ref _node, AskNode);

    /// <summary>The <c>cacerts</c> of <c>JAVA_HOME</c>, else of the <c>java</c> on <c>PATH</c>.</summary>
    public OtherRoots? Java() => Once(ref _java, FindJava);

    /// <summary>Mozilla's public list, as far as installed tools ship it.</summary>
    public OtherRoots? Mozilla()
    {
        List<OtherRoots> parts = [];
        // In Debian and Fedora it names the operating system's own bundle, and elsewhere it may have been added to.
        if (Certifi() is { } certifi && CertifiRecord.Confirms(certifi.Places[0])) parts.Add(certifi);
        if (Node() is { } node) parts.Add(node);
        if (Directory.Exists(MozillaFolder)) parts.Add(BundleReader.Read(MozillaFolder));
        return parts.Count == 0 ? null : OtherRoots.Union("mozilla", parts);
    }

    private OtherRoots? AskCertifi() => Certifi("python3", "certifi") ?? Certifi("python", "certifi");

    private OtherRoots? AskCertifi(string python, string module)
    {
        var answer = Ask(python, "-c", CertifiQuestion.Replace("import certifi", $"import {module} as certifi", StringComparison.Ordinal));
        var path = answer is null ? null : Encoding.UTF8.GetString(answer).Split('\n', StringSplitOptions.TrimEntries).FirstOrDefault(line => Path.IsPathRooted(line) && File.Exists(line));
        return path is null ? null : BundleReader.Read(path) with { Name = "certifi" };
    }

    private OtherRoots? AskNode()
    {
        if (Ask("node", "-p", "require('tls').rootCertificates.join('\\n')") is not { } answer) return null;
        var values = BundleReader.ReadPem(answer);
        return values.Count == 0 ? null : OtherRoots.Of("node", [Find("node")!], values);
    }

    private OtherRoots? FindJava()
    {
        var home = environment.Get("JAVA_HOME") is { Length: > 0 } named ? named : Find("java") is { } java ? Path.GetDirectoryName(Path.GetDirectoryName(RootedPath.Canonical(java))) : null;
        if (home is null) return null;
        var file = ((string[])["lib/security/cacerts", "jre/lib/security/cacerts"]).Select(name => Path.Combine(home, name)).FirstOrDefault(File.Exists);
        return file is null ? null : BundleReader.Read(file) with { Name = "java" };
    }

    private string? Find(string program) => ExecutableResolver.Resolve(program, environment.Get("PATH")) is { Failure: null } found ? found.Path : null;

    private byte[]? Ask(string program, params string[] arguments)
    {
        if (Find(program) is not { } path) return null;
        var executable = Encoding.UTF8.GetBytes(path);
        return CommandOutput.Read(new(executable, [executable, .. arguments.Select(Encoding.UTF8.GetBytes)], environment), Patience, LongestAnswer);
    }

    // Starting a program costs more than all else here.
    private static OtherRoots? Once(ref (OtherRoots? Roots, bool IsAsked) known, Func<OtherRoots?> ask)
    {
        if (!known.IsAsked) known = (ask(), true);
        return known.Roots;
    }

    private static RunFailedException Missing(string what, string hint) => new($"{what} was not found here", hint);
}
