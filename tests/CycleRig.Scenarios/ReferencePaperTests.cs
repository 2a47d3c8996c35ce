using CycleRig.Core.Scenarios;
using CycleRig.Files.Scenarios;
using CycleRig.Host.Simulating.Paper;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Scenarios;

/// <summary>
/// The reference experiment (doi 10.1039/d3ee03916a): 50 simulated cells a row, from a seed that is drawn anew in each run and printed.
/// </summary>
public sealed class ReferencePaperTests
{
    [Fact]
    public void Every_judged_row_of_the_paper_is_given_back()
    {
        var seed = Random.Shared.Next(1, 2_000_000);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var rows = PaperReport.Run(Paper(), seed, null, TestContext.Current.CancellationToken);
        Assert.Equal(["A1", "A2", "A3", "A4", "A5", "A6a", "A6b", "A7", "A8", "A9", "A10", "A11", "A12", "A13"], rows.Select(row => row.Id));
        Assert.All(rows, row => Assert.True(row.Pass ?? row.Id == "A6b", $"seed {seed}: {row}"));
    }

    [Fact]
    public void The_report_has_its_figures_and_the_same_seed_gives_the_same_bytes()
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        foreach (var folder in (ReadOnlySpan<TemporaryFolder>)[first, second])
            PaperReport.Run(Paper(), 7, folder.Path, TestContext.Current.CancellationToken);
        foreach (var file in (ReadOnlySpan<string>)["report.json", "plots/paper-fig-1a.png", "plots/paper-fig-1b.png", "plots/paper-fig-4b.png"])
            Assert.True(File.ReadAllBytes(Path.Combine(first.Path, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(second.Path, file))), file);
    }

    private static Scenario Paper() => ScenarioFile.Read(Path.Combine(SharedData.ProjectRoot(), "examples", "scenarios", "reference-paper.yaml"));
}
