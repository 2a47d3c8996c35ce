namespace CycleRig.Testing;

/// <summary>Reference data that lie beside the project and are not part of it.</summary>
public static class SharedData
{
    /// <summary>Path of a file or folder of the shared data, or null where they are absent.</summary>
    public static string? Find(string relative)
    {
        if (Environment.GetEnvironmentVariable("CYCLERIG_SHARED") is { Length: > 0 } set)
            return Existing(Path.Combine(set, relative));
        return Existing(Path.Combine(ProjectRoot(), "..", "shared", relative));
    }

    /// <summary>The folder that holds CycleRig.sln.</summary>
    public static string ProjectRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CycleRig.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("CycleRig.sln stands in no folder above the tests.");
    }

    private static string? Existing(string path) => File.Exists(path) || Directory.Exists(path) ? Path.GetFullPath(path) : null;
}
