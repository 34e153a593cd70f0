namespace NativeCerts.Run.DotNet.Targets;

/// <summary>How a .NET program is packed.</summary>
internal enum DotNetTargetKind
{
    /// <summary>A command of the SDK: <c>dotnet build</c>, <c>restore</c>, <c>tool</c>…; the hook goes to all that it starts.</summary>
    Sdk,

    /// <summary>An assembly that <c>dotnet</c> is given: <c>dotnet app.dll</c>, <c>dotnet exec app.dll</c>.</summary>
    Assembly,

    /// <summary>An executable beside its assembly, on an installed runtime; global tools are such.</summary>
    AppHost,

    /// <summary>An executable beside its assembly and a runtime of its own.</summary>
    SelfContained,

    /// <summary>An executable that holds its assemblies.</summary>
    SingleFile,

    /// <summary>Native code alone.</summary>
    NativeAot,
}
