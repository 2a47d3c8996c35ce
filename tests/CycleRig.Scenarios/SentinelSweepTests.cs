using CycleRig.Files.Scenarios;
using CycleRig.Host.Demo;
using CycleRig.Storage.Journals;
using CycleRig.Testing;
using CycleRig.Web;
using Xunit;

namespace CycleRig.Scenarios;

/// <summary>Sentinel sweeps through the real controller at 2 mA/cm²: measured as planned, judged, told; and nobody goes long without a voltage.</summary>
public sealed class SentinelSweepTests
{
    private const double GapSecondsMax = 2;

    [Fact]
    public async Task Above_1_mA_short_sweeps_follow_whole_ones_that_stop_at_10_Hz_and_why_says_the_plan()
    {
        using var folder = new TemporaryFolder();
        var scenario = ScenarioFile.Read(Path.Combine(SharedData.ProjectRoot(), "examples", "scenarios", "high-current.yaml"));
        using var journal = Journal.Open(folder.Path);
        await new SimulatedRun(scenario.Rig, scenario.Protocol, 1, scenario.Scripts).RunAsync(journal, null, TestContext.Current.CancellationToken);
        using var reader = JournalReader.Open(folder.Path);
        foreach (var run in reader.Runs())
        {
            var plating = reader.Spectra(run.Run).Where(spectrum => spectrum.Points[0].CurrentAmperes != 0).ToList();
            var (whole, sentinels) = (plating.Where(spectrum => spectrum.Points[^1].FrequencyHz < 1e3).ToList(), plating.Where(spectrum => spectrum.Points[^1].FrequencyHz >= 1e3).ToList());
            Assert.All(whole, spectrum => Assert.InRange(spectrum.Points[^1].FrequencyHz, 10, 12.6));
            Assert.True(sentinels.Count > 2 * whole.Count, $"{run.Cell}: {sentinels.Count} sentinels beside {whole.Count} whole sweeps");
            Assert.Equal(plating.Select(spectrum => spectrum.Index).Distinct().Order(), plating.Select(spectrum => spectrum.Index));
            // Each is judged under its own number.
            var judged = reader.OfRun(run.Run, RecordKind.Fit).Select(row => row.Record.DecodeJson()).Where(fit => (bool)fit["bulk_only"]! && (bool)fit["valid"]!)
                .Select(fit => (int)fit["spectrum"]!).ToHashSet();
            Assert.All(sentinels.SkipLast(1), sentinel => Assert.Contains(sentinel.Index, judged));
            Assert.Contains("between them a sentinel sweep", (string?)RigApi.Newest(reader, run.Channel)["sweeps"], StringComparison.Ordinal);
            Assert.InRange(LongestGap(reader, run.Run), 0, GapSecondsMax);
        }
    }

    /// <summary>Longest time under current without a voltage, s.</summary>
    private static double LongestGap(JournalReader reader, Guid run)
    {
        var samples = reader.Samples(run).ToList();
        return samples.Zip(samples.Skip(1)).Where(pair => pair.First.CurrentAmperes != 0 && pair.Second.CurrentAmperes != 0)
            .Max(pair => pair.Second.TimeSeconds - pair.First.TimeSeconds);
    }
}
