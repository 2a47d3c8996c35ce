using System.Runtime.InteropServices;

namespace CycleRig.Storage.Tests.Journals.CutPoints;

/// <summary>A file whatever its name: inode and time of birth, as `statx` tells them.</summary>
internal readonly partial record struct FileIdentity(ulong Inode, long BornSeconds, uint BornNanoseconds)
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint InodeAndBirth = 0x100 | 0x800;

    public static FileIdentity Of(string path)
    {
        Span<byte> found = stackalloc byte[256]; // struct statx, the same on every architecture.
        if (Statx(CurrentFolder, path, 0, InodeAndBirth, found) != 0)
            throw new FileNotFoundException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
        return new(MemoryMarshal.Read<ulong>(found[32..]), MemoryMarshal.Read<long>(found[80..]), MemoryMarshal.Read<uint>(found[88..]));
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> found);
}
