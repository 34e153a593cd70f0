using System.Runtime.CompilerServices;
using NativeCerts.StartupHook.Explaining;

namespace NativeCerts.StartupHook;

/// <summary>Gives the variables of the run back to a process whose launcher has dropped or changed them.</summary>
internal static unsafe class TrustVariables
{
    // PATH_MAX and ARG_MAX are far apart; a value that is longer than any path is left alone.
    private const int Longest = 4096;

    /// <summary>
    /// Sets them as the run had them. Where its files are gone, whatever took them away, the user's own values come back, or the
    /// system's defaults: never nothing, and never more than without the run. Where trust was restricted it fails closed.
    /// </summary>
    public static void Restore()
    {
        var name = stackalloc byte[Longest];
        var value = stackalloc byte[Longest];
        Copy("NCTRUST_HOOK", name);
        var off = LibC.Get(name);
        if (off != null && Equal(off, "0")) return;

        if (!Copy(Baked.File, value)) return;
        var isThere = LibC.Access(value, LibC.MayRead) == 0 || Has(Baked.Flags, 'r');
        Restore(name, value, "SSL_CERT_FILE", Baked.File, Baked.OwnFile, isThere, 1);
        Restore(name, value, "SSL_CERT_DIR", Baked.Folder, Baked.OwnFolder, isThere, 1);
        // .NET does not read it: another value is somebody's wish.
        Restore(name, value, "CURL_CA_BUNDLE", Baked.CurlBundle, Baked.OwnCurlBundle, isThere, 0);
        if (Has(Baked.Flags, 'e')) Explain();
    }

    // Emptied, and the folder Explaining taken out, where nothing is to be explained (HookBaker).
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Explain() => Explanation.Start();

    private static void Restore(byte* name, byte* value, string variable, string ours, string own, bool isThere, int overwrite)
    {
        if (ours.Length == 0 || !Copy(variable, name)) return;
        var now = LibC.Get(name);
        var isOurs = now != null && Equal(now, ours);
        if (isThere)
        {
            if (!isOurs && Copy(ours, value)) _ = LibC.Set(name, value, overwrite);
        }
        else if (isOurs)
        {
            if (own.Length > 0 && Copy(own, value)) _ = LibC.Set(name, value, 1);
            else _ = LibC.Unset(name);
        }
    }

    private static bool Copy(string bytes, byte* target)
    {
        if (bytes.Length == 0 || bytes.Length >= Longest) return false;
        for (var at = 0; at < bytes.Length; at++) target[at] = (byte)bytes[at];
        target[bytes.Length] = 0;
        return true;
    }

    private static bool Equal(byte* text, string bytes)
    {
        for (var at = 0; at < bytes.Length; at++)
        {
            // Its end is a 0, which is in none of ours.
            if (text[at] != (byte)bytes[at]) return false;
        }

        return text[bytes.Length] == 0;
    }

    private static bool Has(string flags, char flag)
    {
        for (var at = 0; at < flags.Length; at++)
        {
            if (flags[at] == flag) return true;
        }

        return false;
    }
}
