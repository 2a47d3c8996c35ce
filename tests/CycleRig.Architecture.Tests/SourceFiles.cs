using CycleRig.Testing;

namespace CycleRig.Architecture.Tests;

/// <summary>The C# files of the project, without what a build writes.</summary>
internal static class SourceFiles
{
    private static readonly string[] Folders = ["src", "devices", "tests"];

    private static readonly string[] ProductFolders = ["src", "devices"];

    /// <summary>Paths of all files, of the product and of tests.</summary>
    public static IEnumerable<string> All() => Folders.SelectMany(folder => In(Path.Combine(SharedData.ProjectRoot(), folder)));

    /// <summary>Paths of the files in a folder and below.</summary>
    public static IEnumerable<string> In(string folder) => Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    /// <summary>Folders of the product's projects, by name: `CycleRig.Core`.</summary>
    public static Dictionary<string, string> ProductProjects() => ProductFolders
        .SelectMany(folder => Directory.GetFiles(Path.Combine(SharedData.ProjectRoot(), folder), "*.csproj", SearchOption.AllDirectories))
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path)!, path => Path.GetDirectoryName(path)!);
}
