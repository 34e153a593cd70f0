using System.Runtime.InteropServices;

namespace NativeCerts.StartupHook;

/// <summary>The C library's environment, which is the one that OpenSSL reads: .NET's own setters change a copy.</summary>
internal static unsafe class LibC
{
    /// <summary><c>R_OK</c> of <see cref="Access"/>.</summary>
    public const int MayRead = 4;

    /// <summary>The value of a variable, or null.</summary>
    [DllImport("libc", EntryPoint = "getenv"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern byte* Get(byte* name);

    /// <summary>Sets a variable; with <paramref name="overwrite"/> 0 only if there is none.</summary>
    [DllImport("libc", EntryPoint = "setenv"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Set(byte* name, byte* value, int overwrite);

    /// <summary>Takes a variable away.</summary>
    [DllImport("libc", EntryPoint = "unsetenv"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Unset(byte* name);

    /// <summary>0 where the file is there and may be used so.</summary>
    [DllImport("libc", EntryPoint = "access"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Access(byte* path, int mode);

    /// <summary>Writes to an open file.</summary>
    [DllImport("libc", EntryPoint = "write"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint Write(int file, byte* bytes, nint length);
}
