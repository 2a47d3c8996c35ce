namespace CycleRig.Telemetry;

/// <summary>Files that only their owner may read.</summary>
internal static class OwnerFile
{
    /// <summary>Makes a file anew.</summary>
    /// <param name="path">The file; what was there is gone.</param>
    /// <param name="text">Its content.</param>
    public static void Write(string path, string text)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(new FileStream(path, options));
        writer.Write(text);
    }
}
