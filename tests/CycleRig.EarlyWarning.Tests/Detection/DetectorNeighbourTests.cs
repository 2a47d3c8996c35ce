using System.Collections.Immutable;
using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Detection;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Detection;

/// <summary>Cells of one chamber as each other's thermometers; 20 seeds each.</summary>
public sealed class DetectorNeighbourTests
{
    private const int Minutes = 180;
    private static readonly Func<double, double> Sound = _ => 0;

    /// <summary>Metal takes 0.1 % of R_bulk a minute from the hour on.</summary>
    private static readonly Func<double, double> Damaged = minute => Math.Max(0, minute - 60) * 0.001;

    private static readonly ImmutableArray<Func<double, double>> SixSound = [Sound, Sound, Sound, Sound, Sound, Sound];

    /// <summary>The thermometer dies after 40 minutes at what it shows then; the chamber goes on to 0.8 K warmer.</summary>
    private static double Warming(double minute) => 0.8 * Math.Clamp((minute - 50) / 70, 0, 1);

    private static double Dead(double minute, double kelvins) => minute < 40 ? kelvins + (0.003 * Math.Sin(7919 * minute)) : 0.0012;

    [Fact]
    public void A_cell_that_nobody_is_beside_is_judged_to_the_last_bit_as_a_cell_alone()
    {
        var one = new ChamberOfCells(1) { Losses = [Damaged], Kelvins = Warming, Shown = (minute, kelvins) => kelvins + (0.003 * Math.Sin(7919 * minute)) };
        var (alone, beside) = ((one with { AreNeighbours = false }).Said(Minutes)[0], one.Said(Minutes)[0]);
        Assert.Equal(alone.Count, beside.Count);
        Assert.Equal(WarningLevel.Halt, alone[^1].Level);
        Assert.All(alone.Zip(beside), pair =>
        {
            Assert.Equal((pair.First.Level, pair.First.Detail, pair.First.Evidence?.Statistic), (pair.Second.Level, pair.Second.Detail, pair.Second.Evidence?.Statistic));
            Assert.Equal(pair.First.Next.Mean, pair.Second.Next.Mean);
            Assert.Equal(pair.First.Next.Covariance, pair.Second.Next.Covariance);
        });
    }

    [Fact]
    public void Sound_cells_go_on_where_the_chamber_warms_and_no_thermometer_shows_it()
    {
        // The thermometer lives: it shows a chamber that holds.
        static double Blank(double minute, double _) => 0.003 * Math.Sin(7919 * minute);
        var chamber = new ChamberOfCells(0) { Losses = SixSound, Kelvins = Warming, Shown = Blank, IsResting = cell => cell == 5 };
        var (alone, together) = (Halts(chamber with { AreNeighbours = false }), Halts(chamber));
        Assert.True(alone > 100 && together < 20, $"of 120 cells {alone} are halted when alone, {together} with neighbours");
    }

    [Fact]
    public void A_damaged_cell_is_found_under_a_dead_thermometer_and_sound_ones_go_on()
    {
        var chamber = new ChamberOfCells(0) { Losses = [Damaged, .. SixSound], Kelvins = Warming, Shown = Dead, IsResting = cell => cell == 6 };
        Assert.All(Seeds(chamber), verdicts =>
        {
            Assert.InRange(HaltMinute(verdicts[0]) ?? -1, 61, 110);
            Assert.All(verdicts[1..], sound => Assert.Null(HaltMinute(sound)));
        });
        Assert.All(Seeds(chamber with { AreNeighbours = false }), verdicts => Assert.Null(HaltMinute(verdicts[0]))); // Alone it is blind.
    }

    [Fact]
    public void Two_cells_that_are_damaged_at_once_do_not_hide_each_other()
    {
        var chamber = new ChamberOfCells(0) { Losses = [Damaged, Damaged, Sound, Sound], Shown = (minute, _) => 0.003 * Math.Sin(7919 * minute) };
        Assert.All(Seeds(chamber), verdicts =>
        {
            Assert.InRange(HaltMinute(verdicts[0]) ?? -1, 61, 80);
            Assert.InRange(HaltMinute(verdicts[1]) ?? -1, 61, 80);
            Assert.All(verdicts[2..], sound => Assert.Null(HaltMinute(sound)));
        });
    }

    [Fact]
    public void Cells_that_are_all_damaged_at_once_are_all_found() => Assert.All(
        Seeds(new(0) { Losses = [Damaged, Damaged, Damaged, Damaged], Shown = (minute, _) => 0.003 * Math.Sin(7919 * minute) }),
        verdicts => Assert.All(verdicts, damaged => Assert.InRange(HaltMinute(damaged) ?? -1, 61, 90)));

    [Fact]
    public void A_neighbour_whose_lead_goes_wrong_halts_nobody()
    {
        // R_bulk of one cell rises by 3 % within an hour, as if it cooled.
        Func<double, double> rising = minute => -0.03 * Math.Clamp((minute - 60) / 60, 0, 1);
        foreach (ImmutableArray<Func<double, double>> losses in (ImmutableArray<Func<double, double>>[])[[rising, Sound], [rising, Sound, Sound], [rising, .. SixSound]])
            Assert.Equal(0, Halts(new(0) { Losses = losses, Shown = (minute, _) => 0.003 * Math.Sin(7919 * minute) }));
    }

    private static int Halts(ChamberOfCells chamber) => Seeds(chamber).Sum(verdicts => verdicts.Count(cell => HaltMinute(cell) is not null));

    private static ParallelQuery<ImmutableArray<List<Assessment>>> Seeds(ChamberOfCells chamber) =>
        Enumerable.Range(1, 20).AsParallel().AsOrdered().Select(seed => (chamber with { Seed = seed }).Said(Minutes));

    private static int? HaltMinute(List<Assessment> verdicts) => verdicts[^1].Level == WarningLevel.Halt ? verdicts.Count : null;
}
