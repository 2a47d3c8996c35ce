using CycleRig.Storage.Recordings;
using Xunit;
using static CycleRig.Scenarios.ProtocolBench;

namespace CycleRig.Scenarios;

/// <summary>Critical current density of six untreated and six acid-treated cells through the real controller.</summary>
public sealed class CriticalCurrentTests
{
    private const int Cells = 6;

    /// <summary>Of the eighteen current densities of the file, mA/cm².</summary>
    private static readonly string[] Densities = ["0.4", "0.5", "0.6", "0.8", "1.0", "1.2", "1.4", "1.6", "1.8", "2.0", "2.5", "3.0"];

    private static readonly string[] Surfaces = ["untreated", "acid-treated"];

    [Fact]
    public async Task Untreated_cells_have_an_onset_where_damage_begins_or_after_it_and_acid_treated_ones_none()
    {
        var runs = await Task.WhenAll(Surfaces.Select(surface => Task.Run(
            () => RunAsync("critical-current-density", 1, Some, rig => Six(rig, surface)), TestContext.Current.CancellationToken)));
        var (untreated, treated) = (runs[0], runs[1]);
        var report = untreated.Report();
        for (var i = 0; i < Cells; i++)
        {
            var (outcome, truth, row) = (untreated.Outcomes[i], untreated.Cells[i].Truth, Row(report, $"CCD of cell-{i + 1}"));
            Assert.True(outcome.ShortAvoided);
            // The step in which the loss began, or a later one: the controller sees it after 0.1 to 0.4 mAh/cm², a step plates 0.1 mAh/cm².
            if (outcome.OnsetTimeS is { } onset && row.High is { } high)
                Assert.InRange(high, 0.99 * Density(untreated.Recordings[i], onset), 3.1);
            Assert.InRange(outcome.ChargeOnsetToActMAhCm2 ?? 0, 0, 0.4);
            // A sweep tells R_bulk to 0.1 %, and a halt takes 5.4 of that, twice.
            Assert.True(row.High is not null || truth.Loss < 0.006, $"{row}: {truth.Loss:P2} of R_bulk are gone");
            Assert.True(row.High is null || truth.Loss > 0, $"{row} where nothing is lost");
        }

        Assert.True(report.Rows.Any(row => row.Name.StartsWith("Weibull scale", StringComparison.Ordinal)), string.Join("; ", report.Notes) + string.Join("; ", report.Rows));
        Assert.InRange(Row(report, "cells with onset").Value!.Value, 3, Cells);
        // All onsets lie between 0.5 and 3 mA/cm² or beyond, so that the scale does.
        Assert.InRange(Row(report, "Weibull scale").Value!.Value, 0.5, 4);
        Assert.True(Row(report, "Weibull scale").Low > 0.5 && Row(report, "Weibull shape").Low > 1, "damage grows with the current density");
        // Acid-treated: no damage up to 3 mA/cm² (A7, A8), so that every cell is censored there.
        var good = treated.Report();
        Assert.All(treated.Cells, cell => Assert.Null(cell.Truth.OnsetSeconds));
        Assert.All(Enumerable.Range(1, Cells), i => Assert.Equal((3, null), (Math.Round(Row(good, $"CCD of cell-{i}").Value!.Value, 2), Row(good, $"CCD of cell-{i}").High)));
        Assert.Contains(good.Notes, note => note.StartsWith("0 of 6 cells failed; a Weibull distribution needs", StringComparison.Ordinal));
    }

    /// <summary>Magnitude of the current density when something happened, mA/cm².</summary>
    private static double Density(Recording recording, double seconds) =>
        recording.Samples.Where(sample => Math.Abs(sample.TimeSeconds - seconds) < 5).Select(sample => Math.Abs(sample.CurrentAmperes)).Order().ElementAt(4)
        * 1e3 / recording.Cell.AreaSquareCentimetres;

    /// <summary>The file's current densities without the small ones, which take hours.</summary>
    private static string Some(string text) => string.Join('\n', text.Split('\n').Where(line => !line.Contains("label:", StringComparison.Ordinal)
        || line.Contains("label: before", StringComparison.Ordinal) || Densities.Any(density => line.Contains($"-{density},", StringComparison.Ordinal))));

    /// <summary>The rig's one channel six times, in a chamber that stands at 30 °C already.</summary>
    private static string Six(string rig, string surface)
    {
        var begin = rig.IndexOf("  - name: ch-1", StringComparison.Ordinal);
        var channel = rig[begin..].TrimEnd().Replace("acid-treated", surface, StringComparison.Ordinal) + "\n";
        return rig[..begin].Replace("start: 25 °C", "start: 30 °C", StringComparison.Ordinal) + string.Concat(Enumerable.Range(1, Cells).Select(i => channel
            .Replace("ch-1", $"ch-{i}", StringComparison.Ordinal).Replace("potentiostat-1-1", $"potentiostat-1-{i}", StringComparison.Ordinal)
            .Replace("id: cell-1", $"id: cell-{i}", StringComparison.Ordinal)));
    }
}
