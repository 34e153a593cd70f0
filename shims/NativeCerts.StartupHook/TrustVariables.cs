using System.Runtime.CompilerServices;
using NativeCerts.StartupHook.Explaining;

namespace NativeCerts.StartupHook;

/// <summary>Gives the variables of the run back to a process whose launcher has dropped or changed them.</summary>
internal static unsafe class TrustVariables
{
    /// <summary>Sees whether all is as the run has it, as it nearly always is, and mends it where it is not.</summary>
    /// <remarks>One method, since each that is called has to be compiled first, which is most of what the hook costs.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Restore()
    {
        fixed (char* fileName = Baked.FileName, file = Baked.File, folderName = Baked.FolderName, folder = Baked.Folder)
        {
            byte* name = (byte*)fileName, value = (byte*)file;
            var isWhole = LibC.Access(value, LibC.MayRead) == 0;
            for (var variable = 0; isWhole && variable < 2; variable++)
            {
                var now = LibC.Get(name);
                isWhole = now != null || *value == 0;
                for (var at = 0; isWhole && *value != 0; at++)
                {
                    isWhole = now[at] == value[at];
                    if (value[at] == 0) break;
                }

                name = (byte*)folderName;
                value = (byte*)folder;
            }

            if (!isWhole) Mend();
        }

        if (Baked.Flags.Length > 0 && Has('e')) Explain();
    }

    /// <summary>
    /// Sets them as the run had them. Where its files are gone, whatever took them away, the user's own values come back, or the
    /// system's defaults: never nothing, and never more than without the run. Where trust was restricted it fails closed.
    /// </summary>
    private static void Mend()
    {
        if (IsOff()) return;
        bool isThere;
        fixed (char* file = Baked.File) isThere = LibC.Access((byte*)file, LibC.MayRead) == 0 || Has('r');
        Mend(Baked.FileName, Baked.File, Baked.OwnFile, isThere, 1);
        Mend(Baked.FolderName, Baked.Folder, Baked.OwnFolder, isThere, 1);
        // .NET does not read it: another value is somebody's wish.
        Mend(Baked.CurlName, Baked.CurlBundle, Baked.OwnCurlBundle, isThere, 0);
    }

    private static void Mend(string variable, string oursText, string ownText, bool isThere, int overwrite)
    {
        fixed (char* variableStart = variable, oursStart = oursText, ownStart = ownText)
        {
            byte* name = (byte*)variableStart, ours = (byte*)oursStart, own = (byte*)ownStart;
            if (*ours == 0) return;
            var now = LibC.Get(name);
            var isOurs = now != null && Equal(now, ours);
            if (isThere)
            {
                if (!isOurs) _ = LibC.Set(name, ours, overwrite);
            }
            else if (isOurs)
            {
                if (*own != 0) _ = LibC.Set(name, own, 1);
                else _ = LibC.Unset(name);
            }
        }
    }

    private static bool IsOff()
    {
        fixed (char* name = Baked.SwitchName, off = Baked.Off)
        {
            var now = LibC.Get((byte*)name);
            return now != null && Equal(now, (byte*)off);
        }
    }

    private static bool Equal(byte* first, byte* second)
    {
        for (var at = 0; first[at] == second[at]; at++)
        {
            if (first[at] == 0) return true;
        }

        return false;
    }

    private static bool Has(char flag)
    {
        for (var at = 0; at < Baked.Flags.Length; at++)
        {
            if (Baked.Flags[at] == flag) return true;
        }

        return false;
    }

    // Emptied, and the folder Explaining taken out, where nothing is to be explained (HookBaker).
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Explain()
    {
        if (!IsOff()) Explanation.Start();
    }
}
