using CycleRig.Testing;
using Xunit;

namespace CycleRig.Files.Tests;

/// <summary>Each file of BadFiles gives the error of its `.expected`, with a place.</summary>
public sealed class BadFileTests
{
    private static string Folder => Path.Combine(SharedData.ProjectRoot(), "tests", "CycleRig.Files.Tests", "BadFiles");

    public static TheoryData<string> Names => [.. Directory.GetFiles(Folder, "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_bad_file_gives_one_line_with_place_and_mend(string name)
    {
        var path = Path.Combine(Folder, name + ".yaml");
        var expected = File.ReadAllText(Path.Combine(Folder, name + ".expected")).Trim();
        var wrong = Assert.Throws<FileProblemsException>(() =>
        {
            if (name.StartsWith("rig", StringComparison.Ordinal))
                RigFile.Read(path);
            else
                ProtocolFile.Read(path);
        });
        Assert.Contains(wrong.Problems, problem => problem.What.Contains(expected, StringComparison.Ordinal));
        Assert.All(wrong.Problems, problem => Assert.Matches(@"^.+:\d+:\d+: [^\n]+$", problem.ToString()));
    }

    [Fact]
    public void There_are_at_least_25_of_them() => Assert.True(Names.Count >= 25);
}
