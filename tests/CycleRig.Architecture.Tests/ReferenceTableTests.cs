using System.Xml.Linq;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Architecture.Tests;

/// <summary>The table of docs/ARCHITECTURE.md against the project files: equal, in both directions.</summary>
public sealed class ReferenceTableTests
{
    private static readonly string[] Folders = ["src", "devices"];

    [Fact]
    public void Projects_reference_exactly_what_the_table_says()
    {
        var root = SharedData.ProjectRoot();
        var table = Table(File.ReadAllLines(Path.Combine(root, "docs", "ARCHITECTURE.md")));
        var projects = Folders.SelectMany(folder => Directory.GetFiles(Path.Combine(root, folder), "*.csproj", SearchOption.AllDirectories))
            .ToDictionary(Name, References);
        Assert.Equal(table.Keys.Order(), projects.Keys.Order());
        foreach (var (project, references) in projects)
            Assert.True(table[project].SetEquals(references), $"{project} references {string.Join(", ", references)}; the table says {string.Join(", ", table[project])}");
    }

    private static Dictionary<string, HashSet<string>> Table(string[] lines) => lines
        .SkipWhile(line => !line.StartsWith("| Project | References |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|').Select(cell => cell.Trim()).ToArray())
        .ToDictionary(cells => cells[1], cells => cells[2].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet());

    private static string Name(string path) => Path.GetFileNameWithoutExtension(path)["CycleRig.".Length..];

    private static HashSet<string> References(string path) =>
        [.. XDocument.Load(path).Descendants("ProjectReference").Select(reference => Name(reference.Attribute("Include")!.Value.Replace('\\', '/')))];
}
