using System.Runtime.InteropServices;

namespace CycleRig.Storage.Journals;

/// <summary>Makes the names of a folder durable: a file that was made, moved or deleted may otherwise be as before after a power cut.</summary>
internal static class FolderSync
{
    private const int NotSupported = 22; // EINVAL: some file systems have no such sync.

    /// <summary>Told before each sync; a listener that throws keeps it from happening. Tests that cut the power listen.</summary>
    public static event Action<string>? Syncing;

    /// <exception cref="IOException">The disk is broken.</exception>
    public static void Flush(string directory)
    {
        Syncing?.Invoke(directory);
        if (OperatingSystem.IsWindows())
            return; // NTFS keeps its names in a log of its own.
        var descriptor = Open(directory, 0);
        if (descriptor < 0)
            throw Failed(directory);
        try
        {
            if (Sync(descriptor) != 0 && Marshal.GetLastPInvokeError() != NotSupported)
                throw Failed(directory);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failed(string directory) =>
        new($"The names in {directory} could not be made durable: {Marshal.GetLastPInvokeErrorMessage()}");

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int descriptor);
}
