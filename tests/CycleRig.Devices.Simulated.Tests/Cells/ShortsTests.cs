using CycleRig.Core.Cells;
using CycleRig.Devices.Simulated.Cells;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Cells;

/// <summary>Bursts 1/(k R) exp(-t/τ) with k 0.5-12 and τ 2-90 s, and the filament of the paper.</summary>
public sealed class ShortsTests
{
    private const double Ohms = 20_000;

    [Fact]
    public void A_wire_of_lithium_0_57_micrometres_wide_through_1_2_millimetres_has_440_ohms() =>
        Assert.Equal(440, Shorts.FilamentOhms(new() { ShortDiameter = 0.57, ThicknessMillimetres = 1.2 }), 5.0);

    [Fact]
    public void A_shorted_cell_under_the_papers_small_mask_has_487_ohms()
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var cell = TestCells.New(TestCells.Record(Surface.Untreated, millimetres: 0.1), seed);
            TestCells.Advance(cell, 10, 0);
            cell.Bridge();
            Assert.InRange(cell.Volts(1e-6) / 1e-6, 487 * 0.7, 487 * 1.3);
        }
    }

    [Fact]
    public void A_soft_short_decays_within_its_range_and_heals()
    {
        List<double> ks = [];
        List<double> taus = [];
        for (var seed = 1; seed <= 500; seed++)
        {
            var state = new CellState { Draw = new(seed, "life"), Seconds = 100 };
            Shorts.Begin(state, Ohms);
            var first = Shorts.Siemens(state, new());
            state.Seconds += 1;
            var tau = 1 / Math.Log(first / Shorts.Siemens(state, new()));
            ks.Add(1 / (first * Ohms));
            taus.Add(tau);
            state.Seconds = 100 + (3 * tau);
            Assert.Equal(Math.Exp(-3), Shorts.Siemens(state, new()) / first, 1e-6);
            state.Seconds = 100 + (20 * tau);
            Assert.Equal(0, Shorts.Siemens(state, new()));
        }

        Assert.InRange(ks.Min(), 0.5 - 1e-9, 0.6);
        Assert.InRange(ks.Max(), 11, 12 + 1e-9);
        Assert.InRange(taus.Min(), 2 - 1e-9, 2.5);
        Assert.InRange(taus.Max(), 80, 90 + 1e-6);
    }

    [Fact]
    public void Soft_shorts_come_more_often_towards_the_end_and_never_before_metal_is_in()
    {
        var (far, half, near) = (Count(0), Count(0.5), Count(0.95));
        Assert.Equal(0, far);
        // Ten an hour for 100 hours, with the fourth power of the depth: 62 and 815, and their standard deviations.
        Assert.InRange(half, 62 - 40, 62 + 40);
        Assert.InRange(near, 815 - 150, 815 + 150);
    }

    [Fact]
    public void Burning_out_takes_the_metal_back_and_leaves_the_crack()
    {
        var recipe = new CellRecipe { SoftShorts = 3600, BurnOut = 1 };
        var side = Filament(1 - 1e-3);
        var state = new CellState { Draw = new(1, "life") };
        for (var second = 0; state.Truth.SoftShorts == 0; second++)
            Shorts.Advance(state, recipe, side, Ohms, 1);
        Assert.InRange(side.Sites[0].Metal, 0.49, 0.9);
        Assert.Equal(1 - 1e-3, side.Sites[0].Crack);
    }

    private static int Count(double depth)
    {
        var state = new CellState { Draw = new(3, "life") };
        var side = Filament(depth);
        for (var second = 0; second < 360_000; second++)
            Shorts.Advance(state, new() { SoftShorts = 10, BurnOut = 0 }, side, Ohms, 1);
        return state.Truth.SoftShorts;
    }

    private static ElectrodeState Filament(double depth) => new() { Sites = [new() { Crack = depth, Metal = depth, Spalled = true, CanGrow = true }] };
}
