using CsCheck;
using CycleRig.Core.Cells;
using CycleRig.Devices.Simulated.Cells;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Cells;

/// <summary>dθ/dt = k |j| max(0, 1 - P/P_c) θ(1 - θ) on stripping, P_c = s |j|; back to r θ_max with τ_h on plating.</summary>
public sealed class VoidsTests
{
    private static readonly CellRecipe Recipe = new() { VoidRate = 2, VoidPressure = 5, VoidHealingSeconds = 900, VoidRemains = 0.1 };

    [Fact]
    public void Stripping_opens_voids_by_the_logistic_law() =>
        Gen.Select(Gen.Double[0.1, 5], Gen.Double[0, 10], Gen.Double[0.03, 0.6]).Sample((density, megapascals, start) =>
        {
            var side = new ElectrodeState { Voided = start, VoidedMost = start };
            for (var minute = 0; minute < 60; minute++)
                Voids.Advance(side, Recipe, density, 30, megapascals, 60);
            // The same equation in small steps (midpoint rule).
            var rate = 2 * density * Math.Max(0, 1 - (megapascals / (5 * density))) / 3600;
            var expected = start;
            for (var second = 0; second < 3600; second++)
            {
                var half = expected + (rate * expected * (1 - expected) / 2);
                expected += rate * half * (1 - half);
            }

            Assert.Equal(Math.Min(expected, 0.995), side.Voided, 1e-4);
        });

    [Fact]
    public void Pressure_above_the_critical_one_lets_no_void_open() =>
        Gen.Select(Gen.Double[0.1, 5], Gen.Double[1, 3]).Sample((density, above) =>
        {
            var side = new ElectrodeState { Voided = 0.1, VoidedMost = 0.1 };
            Voids.Advance(side, Recipe, density, 30, 5 * density * above, 36_000);
            Assert.Equal(0.1, side.Voided, 1e-12);
        });

    [Theory]
    [InlineData(8.9, true)]
    [InlineData(9.1, false)]
    public void Sodium_at_2_5_milliamperes_needs_nine_megapascals(double megapascals, bool opens)
    {
        // Spencer Jolly 2020, doi 10.1021/acsami.9b17786: linear in the current density.
        var recipe = CellKinds.Recipe(TestCells.Record(Surface.AcidTreated, Electrode.Sodium, Material.SodiumBetaAlumina), megapascals, [], new(1, "recipe"));
        var side = new ElectrodeState();
        Voids.Advance(side, recipe, 2.5, 30, megapascals, 36_000);
        Assert.Equal(opens, side.Voided > Voids.Least + 1e-9);
    }

    [Fact]
    public void Critical_pressure_halves_with_twenty_kelvins()
    {
        var side = new ElectrodeState();
        Voids.Advance(side, Recipe, 1, 50, 2.51, 36_000);
        Assert.Equal(Voids.Least, side.Voided, 1e-12);
        Voids.Advance(side, Recipe, 1, 50, 2.4, 36_000);
        Assert.True(side.Voided > Voids.Least);
    }

    [Fact]
    public void Plating_heals_voids_up_to_a_share_that_stays() =>
        Gen.Select(Gen.Double[0.35, 0.9], Gen.Double[10, 5000]).Sample((start, seconds) =>
        {
            var side = new ElectrodeState { Voided = start, VoidedMost = start };
            for (var i = 0; i < 10; i++)
                Voids.Advance(side, Recipe, -0.5, 30, 5, seconds / 10);
            Assert.Equal((0.1 * start) + ((start - (0.1 * start)) * Math.Exp(-seconds / 900)), side.Voided, 1e-9);
        });

    [Fact]
    public void Without_pressure_a_cell_that_needs_none_has_no_voids()
    {
        var side = new ElectrodeState();
        Voids.Advance(side, Recipe with { VoidPressure = 0 }, 1, 30, 0, 3600);
        Assert.Equal(Voids.Least, side.Voided, 1e-12);
    }

    [Fact]
    public void An_interface_goes_with_what_is_not_voided_and_its_rim_has_more()
    {
        var side = new ElectrodeState { Voided = 0.515, VoidedMost = 0.515 };
        Assert.Equal(2, Voids.Raises(side), 1e-9);
        Assert.InRange(Voids.Concentrates(side, 10) / Voids.Raises(side), 3, 10);
        Assert.Equal(1, Voids.Concentrates(new(), 10), 1e-9);
    }

    [Fact]
    public void Stripping_beyond_the_metal_that_there_is_opens_the_interface_whatever_the_pressure()
    {
        var cell = new SimulatedCell(new() { ReserveCharge = 0.5, InterfaceStart = 20, InterfaceEnd = 20, InterfaceFullContact = 20, WanderKelvins = 0 }, 1);
        TestCells.Advance(cell, 3500, 0.5, megapascals: 50);
        var before = cell.InterfaceOhms;
        TestCells.Advance(cell, 3600, 0.5, megapascals: 50);
        Assert.True(cell.InterfaceOhms > 10 * before, $"{before} -> {cell.InterfaceOhms}");
    }
}
