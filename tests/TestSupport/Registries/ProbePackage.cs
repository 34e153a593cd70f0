namespace TestSupport.Registries;

/// <summary>The package that every registry of this folder serves: the registries are answered over a <see cref="LoopbackServer"/>, nothing is kept on disk.</summary>
public static class ProbePackage
{
    /// <summary>The package's name.</summary>
    public const string Name = "nctrust-probe";

    /// <summary>Its only version.</summary>
    public const string Version = "1.0.0";
}
