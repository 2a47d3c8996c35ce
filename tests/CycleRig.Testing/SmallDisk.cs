using System.Diagnostics;

namespace CycleRig.Testing;

/// <summary>A file system in memory, for tests of a full disk; only root can mount one.</summary>
public sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    /// <summary>Mounts one, or null where that is not allowed.</summary>
    public static SmallDisk? Mount(string path, int kibibytes)
    {
        Directory.CreateDirectory(path);
        return OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={kibibytes}k", "tmpfs", path) ? new(path) : null;
    }

    /// <summary>Leaves no byte free.</summary>
    public void Fill()
    {
        // Most of a larger disk is taken at one blow, and the rest to the last byte.
        const long rest = 1 << 20;
        var most = Math.Max(0, new DriveInfo(Path).AvailableFreeSpace - rest);
        using var file = new FileStream(
            System.IO.Path.Combine(Path, "filled"),
            new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0, PreallocationSize = most });
        file.Seek(0, SeekOrigin.End);
        file.Position = Math.Max(file.Position, most);
        try
        {
            while (true)
                file.Write(new byte[512]);
        }
        catch (IOException)
        {
            // Full: what was wanted.
        }
    }

    public void Dispose() => Run("umount", Path);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
