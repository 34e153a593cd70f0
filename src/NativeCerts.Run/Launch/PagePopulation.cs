using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NativeCerts.Run.Launch;

/// <summary>
/// Asks the kernel at once for the pages that a start is about to touch one by one. A page fault is an exception of the processor, half a microsecond
/// at best and some twenty in a virtual machine; hundreds of them were a third of the time of a run, and asked for together a page costs one microsecond.
/// Only hints: nothing depends on their success. Source: madvise(2), MADV_POPULATE_READ and MADV_POPULATE_WRITE, Linux 5.14; older kernels refuse them.
/// </summary>
internal static unsafe partial class PagePopulation
{
    private const nuint Page = 4096;

    /// <summary>What a run allocates before it starts its command, in bytes, rounded up.</summary>
    private const nuint Allocated = 768 * 1024;

    /// <summary>
    /// The usual size of a region of the garbage collector's heap, and what its address is a multiple of: the pages up to the end of one are reserved for the heap
    /// and for nothing else. Smaller regions, as a small limit on the heap brings, lie one beside the other in what is reserved. Source: dotnet/runtime, src/coreclr/gc/gc.cpp, <c>gc_region_size</c>.
    /// </summary>
    private const nuint Region = 4 * 1024 * 1024;

    /// <summary>The fields that a start writes and the cells that remember to where an interface's call went follow each other in the image.</summary>
    private const nuint Written = 192 * 1024;

    private const int ReadWrite = 3;
    private const int PopulateRead = 22;
    private const int PopulateWrite = 23;
    private const int ProgramHeaders = 3;
    private const int ProgramHeaderSize = 4;
    private const int ProgramHeaderCount = 5;

    /// <summary>Also tells where the written pages of the image begin, which a field that starts as zero would not: such live elsewhere.</summary>
    private static bool s_pending = true;

    /// <summary>Populates the heap and the data of a program compiled ahead of time on 64-bit Linux; elsewhere it does nothing.</summary>
    internal static void Populate()
    {
        if (!OperatingSystem.IsLinux() || RuntimeFeature.IsDynamicCodeSupported || sizeof(nint) != 8 || Environment.SystemPageSize != (int)Page || !s_pending) return;
        s_pending = false;
        PopulateHeap();
        PopulateImage();
    }

    private static void PopulateHeap()
    {
        var youngest = new object();
        var start = AlignUp(*(nuint*)Unsafe.AsPointer(ref youngest));
        var end = Math.Min(start + Allocated, (start + Region - 1) & ~(Region - 1));
        // The collector makes its reserved pages writable some at a time; made so twice they are no different.
        if (end > start && Protect(start, end - start, ReadWrite) == 0) Advise(start, end - start, PopulateWrite);
    }

    private static void PopulateImage()
    {
        var header = (byte*)AuxiliaryValue(ProgramHeaders);
        var size = (int)AuxiliaryValue(ProgramHeaderSize);
        var count = (int)AuxiliaryValue(ProgramHeaderCount);
        var field = (nuint)Unsafe.AsPointer(ref s_pending);
        for (var i = 0; i < count; i++, header += size)
        {
            // Elf64_Phdr: type, flags, offset, virtual address, physical address, size in the file. An image at a fixed address needs no base.
            var (address, length) = (*(nuint*)(header + 16), *(nuint*)(header + 32));
            if (field < address || field >= address + length) continue;
            var (start, end) = (address & ~(Page - 1), AlignUp(address + length));
            Advise(start, end - start, PopulateRead);
            start = field & ~(Page - 1);
            Advise(start, Math.Min(Written, end - start), PopulateWrite);
            return;
        }
    }

    private static nuint AlignUp(nuint address) => (address + Page - 1) & ~(Page - 1);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial void Advise(nuint start, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nuint start, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "getauxval")]
    private static partial nuint AuxiliaryValue(nuint type);
}
