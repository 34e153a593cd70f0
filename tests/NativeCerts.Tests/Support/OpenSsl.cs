using System.Diagnostics;
using TestSupport;

namespace NativeCerts.Tests.Support;

/// <summary>The judges of what consumers read, started with an empty environment: this machine's may name stores.</summary>
internal static class OpenSsl
{
    /// <summary>Runs a program and gives back its exit code and what it printed.</summary>
    public static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Tools.Require(program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    /// <summary>Runs <c>openssl</c> and demands success.</summary>
    public static string Succeed(params string[] arguments)
    {
        var (exitCode, output) = Run("openssl", arguments);
        Assert.True(exitCode == 0, output);
        return output;
    }

    /// <summary>Whether OpenSSL parses a certificate file in DER.</summary>
    public static bool Parses(string path) => Run("openssl", "x509", "-inform", "DER", "-in", path, "-noout").ExitCode == 0;

    /// <summary>How many certificates Python's <c>ssl</c> takes from a bundle; it refuses the whole bundle for one bad block.</summary>
    /// <returns>-1 if it refuses.</returns>
    public static int CountInPython(string bundle)
    {
        const string script = "import ssl,sys\nc=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)\ntry:\n c.load_verify_locations(sys.argv[1])\nexcept ssl.SSLError:\n print(-1)\nelse:\n print(c.cert_store_stats()['x509'])";
        var (exitCode, output) = Run("python3", "-I", "-c", script, bundle);
        Assert.True(exitCode == 0, output);
        return int.Parse(output, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>What Python's <c>ssl</c> says of the first certificate of a bundle that it refuses; empty if it takes each.</summary>
    public static string FirstRefusalInPython(string bundle)
    {
        const string script = "import ssl,sys\nfor block in open(sys.argv[1]).read().split('-----END CERTIFICATE-----')[:-1]:\n c=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)\n try:\n  c.load_verify_locations(cadata=block.strip()+'\\n-----END CERTIFICATE-----\\n')\n except ssl.SSLError as e:\n  print(e,block)\n  break";
        var (exitCode, output) = Run("python3", "-I", "-c", script, bundle);
        Assert.True(exitCode == 0, output);
        return output;
    }
}
