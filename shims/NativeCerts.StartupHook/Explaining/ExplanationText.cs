using System;
using System.Collections;
using System.Reflection;
using System.Text;

namespace NativeCerts.StartupHook.Explaining;

/// <summary>The block that explains a refusal.</summary>
internal static class ExplanationText
{
    private const string Prefix = "nctrust: explain   ", Cryptography = "System.Security.Cryptography";

    /// <summary>Composes it.</summary>
    /// <param name="host">The name that was connected to, if it is known.</param>
    /// <param name="certificate">The server's certificate as .NET prints it.</param>
    /// <param name="errors">What was wrong with it, as .NET says it.</param>
    public static string Compose(string? host, string certificate, string errors)
    {
        var subject = Field(certificate, "[Subject]") ?? "?";
        var issuer = Field(certificate, "[Issuer]") ?? "?";
        var text = Prefix + "`" + (host ?? "?") + "` was refused: " + errors + "\n"
            + Prefix + "it sent `" + subject + "`, issued by `" + issuer + "`\n";
        if (errors.Contains("name mismatch", StringComparison.OrdinalIgnoreCase)) return text + Prefix + "the certificate is for another name: ask for a name that is in it\n";
        var trusted = IsTrusted(issuer);
        if (trusted is null) return text;
        text += Prefix + "`" + issuer + "` is " + (trusted.Value ? "" : "not ") + "among the roots that the OS store and this run trust\n";
        return text + Prefix + (trusted.Value
            ? "the issuer is trusted, so the defect is in the certificate: its owner has to renew it\n"
            : subject == issuer
                ? "the server signed its certificate itself: add it with `nctrust run --ca FILE`, if it is to be trusted\n"
                : "if it is an intermediate, the server should send it along; if it is a root to be trusted, add it to the OS store, or with `nctrust run --ca FILE`\n");
    }

    private static unsafe string Bundle()
    {
        fixed (char* bytes = Baked.File)
        {
            var length = 0;
            while (((byte*)bytes)[length] != 0) length++;
            return Encoding.UTF8.GetString((byte*)bytes, length);
        }
    }

    // "[Issuer]\n  O=Corp, CN=Corp Root\n  Simple Name: ..."
    private static string? Field(string certificate, string title) => Explanation.Between(certificate.Replace("\r", ""), title + "\n  ", "\n");

    /// <summary>Whether a root of that name is in the run's bundle; <see langword="null"/> where that can't be found out, as where trimming took the means.</summary>
    private static bool? IsTrusted(string subject)
    {
        try
        {
            // By reflection: the hook itself refers to nothing that a program might lack.
            var assembly = Assembly.Load(Cryptography);
            var type = assembly.GetType(Cryptography + ".X509Certificates.X509Certificate2Collection");
            var name = assembly.GetType(Cryptography + ".X509Certificates.X509Certificate")?.GetProperty("Subject");
            if (type is null || name is null || Activator.CreateInstance(type) is not IEnumerable roots) return null;
            type.GetMethod("ImportFromPemFile", [typeof(string)])!.Invoke(roots, [Bundle()]);
            foreach (var root in roots)
            {
                if ((string?)name.GetValue(root) == subject) return true;
            }

            return false;
        }
        catch
        {
            return null;
        }
    }
}
