using System.Text;

namespace NativeCerts.StartupHook.Explaining;

/// <summary>Standard error without <c>Console</c>, which is no part of the core library.</summary>
internal static unsafe class StandardError
{
    private const int Descriptor = 2;

    /// <summary>Writes a text in one go, so that it stays together.</summary>
    public static void Write(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        fixed (byte* start = bytes) _ = LibC.Write(Descriptor, start, bytes.Length);
    }
}
