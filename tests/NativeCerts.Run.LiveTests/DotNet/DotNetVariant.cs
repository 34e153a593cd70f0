using TestSupport;

namespace NativeCerts.Run.LiveTests.DotNet;

/// <summary>One way in which a .NET program comes. This folder tries .NET programs: how they are packed, what launchers do to them, builds.</summary>
/// <param name="Framework"><c>net8.0</c> to <c>net10.0</c>.</param>
/// <param name="Way">How it is packed, as <c>tests/DotNetClient/Variants.proj</c> names it.</param>
public sealed record DotNetVariant(string Framework, string Way)
{
    private const string Clients = "dotnet-clients";

    // What .ci/install-tools publishes without `--all`: the rest costs minutes of compiling, and is tried with NCTRUST_LIVE=all.
    private static readonly string[] Core =
    [
        "net10.0-assembly", "net10.0-apphost", "net10.0-single-file", "net10.0-trimmed", "net10.0-trimmed-hook", "net10.0-aot", "net10.0-web",
        "net8.0-assembly", "net8.0-self-contained", "net9.0-assembly", "net9.0-self-contained", "net8.0-aot", "net9.0-aot",
    ];

    private static readonly string[] Ways = ["assembly", "apphost", "single-file", "self-contained", "trimmed", "trimmed-hook", "aot", "web"];

    /// <summary>Those that are tried, by name.</summary>
    public static IReadOnlyList<string> Names { get; } = Environment.GetEnvironmentVariable("NCTRUST_LIVE") == "all"
        ? [.. ((string[])["net8.0", "net9.0", "net10.0"]).SelectMany(framework => Ways.Select(way => $"{framework}-{way}"))]
        : Core;

    /// <summary>A .NET installation with the runtimes of all three.</summary>
    public static string Root => Path.GetDirectoryName(Tools.RequireFile($"{Clients}/installation/dotnet"))!;

    /// <summary>Whether a startup hook is loaded: native code has none, and trimming switches them off unless told otherwise.</summary>
    public bool LoadsHooks => Way is not ("aot" or "trimmed");

    /// <summary>The program, found among the tests' tools.</summary>
    public IReadOnlyList<string> Command => Way is "assembly"
        ? [Path.Combine(Root, "dotnet"), Tools.RequireFile($"{Clients}/{Framework}-{Way}/DotNetClient.dll")]
        : [Tools.RequireFile($"{Clients}/{Framework}-{Way}/DotNetClient")];

    /// <summary>The variant of a name.</summary>
    public static DotNetVariant Named(string name) => new(name[..name.IndexOf('-')], name[(name.IndexOf('-') + 1)..]);

    /// <summary>A sandbox in which its runtime is found.</summary>
    public static Sandbox Sandbox()
    {
        var sandbox = new Sandbox();
        sandbox.Environment["DOTNET_ROOT"] = Root;
        sandbox.Environment["DOTNET_NOLOGO"] = "1";
        return sandbox;
    }
}
