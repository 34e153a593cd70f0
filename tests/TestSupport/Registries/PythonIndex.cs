using System.Security.Cryptography;

namespace TestSupport.Registries;

/// <summary>A Python package index (PEP 503) below <c>/simple</c>, with one wheel (PEP 427).</summary>
public static class PythonIndex
{
    private const string Module = "nctrust_probe";
    private const string Wheel = $"{Module}-{ProbePackage.Version}-py3-none-any.whl";

    /// <summary>The path that only a whole download asks for.</summary>
    public const string WheelPath = $"/wheels/{Wheel}";

    /// <summary>Serves the index.</summary>
    /// <returns>Its address.</returns>
    public static string Serve(LoopbackServer server)
    {
        var info = $"{Module}-{ProbePackage.Version}.dist-info";
        var wheel = Archives.Zip(
            ($"{Module}.py", "VALUE = 'probe'\n"),
            ($"{info}/METADATA", $"Metadata-Version: 2.1\nName: {ProbePackage.Name}\nVersion: {ProbePackage.Version}\n"),
            ($"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
            ($"{info}/RECORD", $"{Module}.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n"));
        server.Serve(WheelPath, wheel);
        server.Serve(
            $"/simple/{ProbePackage.Name}/",
            $"""<!DOCTYPE html><html><body><a href="{WheelPath}#sha256={Convert.ToHexStringLower(SHA256.HashData(wheel))}">{Wheel}</a></body></html>""",
            "text/html");
        return server.Url + "/simple/";
    }
}
