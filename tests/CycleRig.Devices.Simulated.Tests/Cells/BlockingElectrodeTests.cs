using CycleRig.Devices.Simulated.Cells;
using CycleRig.Devices.Simulated.Fields;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Cells;

/// <summary>A step of the potential on blocking electrodes: what stays is the electronic current σ_e A V/L.</summary>
public sealed class BlockingElectrodeTests
{
    private const double Volts = 0.1;

    [Fact]
    public void The_steady_current_of_a_straight_column_is_a_quarter_of_a_nanoampere_at_a_tenth_of_a_volt()
    {
        var amperes = Steady(new() { Blocking = true, PelletMillimetres = 2, WanderKelvins = 0 });
        Assert.Equal(0.26e-9, amperes, 0.005e-9);
    }

    [Fact]
    public void Under_a_mask_it_spreads_as_ions_do()
    {
        var recipe = new CellRecipe { Blocking = true, WanderKelvins = 0 };
        var spread = Spreading.Factor(2, 1.2, 10, fullCounter: false);
        Assert.Equal(1e-8 * TestCells.Area * Volts / (0.12 * spread), Steady(recipe), 1e-13);
    }

    [Fact]
    public void Before_that_it_falls_for_a_long_time()
    {
        var cell = New(new() { Blocking = true, WanderKelvins = 0 });
        double last = double.PositiveInfinity;
        foreach (var seconds in (ReadOnlySpan<int>)[1, 10, 100])
        {
            Hold(cell, seconds);
            Assert.True(cell.Amperes(Volts) < last);
            last = cell.Amperes(Volts);
        }

        Assert.True(last > 1.02 * Steady(cell.Recipe));
    }

    [Fact]
    public void A_constant_current_charges_the_double_layer_and_ends_at_what_electrons_carry()
    {
        var cell = New(new() { Blocking = true, WanderKelvins = 0 });
        const double amperes = 1e-10;
        cell.Advance(0.1, amperes, 30, 5);
        // At first the two layers of 1 µF/cm² in series take it all but what the branches begin to take in a tenth of a second (a few percent).
        Assert.Equal(amperes * 0.1 / (0.5e-6 * TestCells.Area), cell.Volts(amperes) - (amperes * cell.BulkOhms), 0.05 * amperes * 0.1 / (0.5e-6 * TestCells.Area));
        for (var second = 0; second < 100_000; second++)
            cell.Advance(1, amperes, 30, 5);
        Assert.Equal(amperes, Steady(cell.Recipe) / Volts * cell.Volts(amperes), 1e-3 * amperes);
    }

    private static double Steady(CellRecipe recipe)
    {
        var cell = New(recipe);
        Hold(cell, 30_000);
        return cell.Amperes(Volts);
    }

    private static SimulatedCell New(CellRecipe recipe)
    {
        var cell = new SimulatedCell(recipe, 1);
        cell.Advance(1, 0, 30, 5);
        return cell;
    }

    private static void Hold(SimulatedCell cell, int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            cell.Hold(Volts);
            cell.Advance(1, cell.Amperes(Volts), 30, 5);
        }
    }
}
