namespace CycleRig.Host.Commands;

/// <summary>Folders that commands write into: made when absent, never filled twice without --force.</summary>
internal static class OutputFolder
{
    /// <summary>Prepares a folder.</summary>
    /// <param name="wanted">As given by --out, or null.</param>
    /// <param name="otherwise">Parent under which the next free number is taken.</param>
    /// <param name="force">Whether a non-empty folder is emptied.</param>
    /// <returns>The folder, or what is wrong.</returns>
    public static (string Path, string? Error) Prepare(string? wanted, string otherwise, bool force)
    {
        var path = wanted ?? Enumerable.Range(1, int.MaxValue - 1).Select(n => Path.Combine(otherwise, n.ToString(System.Globalization.CultureInfo.InvariantCulture))).First(p => !Directory.Exists(p));
        if (File.Exists(path))
            return (path, $"{path} is a file; give a folder with --out");
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            if (!force)
                return (path, $"{path} is not empty; give another folder with --out, or add --force to write over it");
            Directory.Delete(path, recursive: true);
        }

        Directory.CreateDirectory(path);
        return (path, null);
    }
}
