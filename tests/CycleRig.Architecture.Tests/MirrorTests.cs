using CycleRig.Testing;
using Xunit;

namespace CycleRig.Architecture.Tests;

/// <summary>Tests stand where their sources stand.</summary>
public sealed class MirrorTests
{
    private const string Suffix = "Tests.cs";

    /// <summary>Product projects without a test project of their own, and why.</summary>
    private static readonly Dictionary<string, string> Untested = new()
    {
        ["CycleRig.Contracts"] = "interfaces and messages only: the tests of Grains send them",
    };

    [Fact]
    public void Tests_of_a_source_stand_in_the_same_folder()
    {
        foreach (var (project, folder) in SourceFiles.ProductProjects().Where(entry => Directory.Exists(TestFolder(entry.Key))))
        {
            var sources = SourceFiles.In(folder).ToLookup(Path.GetFileName, file => Place(folder, file));
            foreach (var test in SourceFiles.In(TestFolder(project)).Where(file => file.EndsWith(Suffix, StringComparison.Ordinal)))
            {
                var places = sources[Path.GetFileName(test)[..^Suffix.Length] + ".cs"].ToList();
                if (places.Count > 0)
                    Assert.True(places.Contains(Place(TestFolder(project), test)), $"{test}: its source stands in {project}/{string.Join(" or ", places)}");
            }
        }
    }

    [Fact]
    public void Every_project_has_tests_but_those_that_say_why_not() =>
        Assert.Equal(Untested.Keys, SourceFiles.ProductProjects().Keys.Where(project => !SourceProjectHasTests(project)));

    private static bool SourceProjectHasTests(string project) =>
        Directory.Exists(TestFolder(project)) && SourceFiles.In(TestFolder(project)).Any(file => file.EndsWith(Suffix, StringComparison.Ordinal));

    private static string TestFolder(string project) => Path.Combine(SharedData.ProjectRoot(), "tests", $"{project}.Tests");

    private static string Place(string folder, string file) => Path.GetRelativePath(folder, Path.GetDirectoryName(file)!);
}
