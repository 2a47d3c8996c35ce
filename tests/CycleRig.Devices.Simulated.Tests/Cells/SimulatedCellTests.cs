using CsCheck;
using CycleRig.Devices.Simulated.Cells;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Cells;

/// <summary>What the paper's cells show (Siniscalchi et al. 2024, doi 10.1039/d3ee03916a; docs/simulated-rig.md), over seeds.</summary>
public sealed class SimulatedCellTests
{
    private const double Area = 0.0314159;
    private const double Plating = -0.5e-3 * Area;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void An_untreated_cell_gives_back_the_papers_numbers_until_it_shorts(int seed)
    {
        var cell = new SimulatedCell(SimulatedCellParameters.Untreated(seed), seed);
        Advance(cell, 60, 0);
        Assert.InRange(cell.InterfaceOhms * Area, 2000 * 0.8, 2000 * 1.2);
        Assert.InRange(cell.BulkOhms, 0.645 * 3820 * 0.9, 0.645 * 3820 * 1.1);
        double flat = double.NaN, before = cell.BulkOhms, atOnset = double.NaN;
        while (cell.Truth.ShortSeconds is null && cell.Truth.PlatedCoulombs < 1.2 * 3.6 * Area)
        {
            before = cell.BulkOhms;
            Advance(cell, 60, Plating);
            if (cell.Truth.OnsetSeconds is not null && double.IsNaN(atOnset))
                (flat, atOnset) = (cell.InterfaceOhms * Area, cell.BulkOhms);
        }

        Assert.InRange(flat, 500 * 0.75, 500 * 1.25);
        Assert.InRange(cell.Truth.PlatedCoulombs / 3.6 / Area, 0.4, 0.95);
        Assert.InRange(1 - (before / atOnset), 0.02, 0.3);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_voltage_under_current_is_what_the_impedance_at_that_bias_says(int seed)
    {
        var cell = new SimulatedCell(SimulatedCellParameters.Untreated(seed), seed);
        Advance(cell, 1800, Plating);
        // dV/dI by a difference of the direct law against the low-frequency end of the impedance.
        const double step = 1e-8;
        var slope = (cell.Volts(Plating + step) - cell.Volts(Plating - step)) / (2 * step);
        Assert.Equal(1, cell.Impedance(1e-4, Plating).Real / slope, 0.05);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void An_acid_treated_cell_is_stable_over_one_milliampere_hour(int seed)
    {
        var cell = new SimulatedCell(SimulatedCellParameters.AcidTreated(seed), seed);
        Advance(cell, 7200, Plating);
        Assert.InRange(cell.InterfaceOhms * Area, 1, 25);
        Assert.Null(cell.Truth.OnsetSeconds);
    }

    [Fact]
    public void Bulk_resistance_falls_by_four_and_a_half_percent_a_kelvin_at_0_385_eV()
    {
        var warm = At(31);
        var cold = At(29);
        // d ln R/dT = -(Ea/kT² - 1/T) at 303.15 K.
        var expected = -((0.385 / (8.617333e-5 * 303.15 * 303.15)) - (1 / 303.15));
        Assert.Equal(expected, Math.Log(warm / cold) / 2, 1e-3);
        Assert.Equal(-0.045, expected, 1e-3);

        static double At(double celsius)
        {
            var cell = new SimulatedCell(new() { BulkActivation = 0.385, WanderKelvins = 0 }, 1);
            cell.Advance(1, 0, celsius, 5);
            return cell.BulkOhms;
        }
    }

    [Fact]
    public void Nothing_makes_a_cell_yield_what_is_no_number() => Gen.Select(Gen.Int[1, 50], Gen.Double[-1e-3, 1e-3], Gen.Double[-20, 90], Gen.Double[0, 10]).Sample(
        (seed, amperes, celsius, megapascals) =>
        {
            var cell = new SimulatedCell(SimulatedCellParameters.Untreated(seed), seed);
            for (var i = 0; i < 200; i++)
                cell.Advance(10, amperes, celsius, megapascals);
            Assert.True(double.IsFinite(cell.Volts(amperes)));
            Assert.True(double.IsFinite(cell.Impedance(1e5, amperes).Magnitude));
        },
        iter: 200);

    [Fact]
    public void Nothing_grows_while_nothing_is_plated()
    {
        var cell = new SimulatedCell(SimulatedCellParameters.Untreated(1), 1);
        Advance(cell, 3600, -Plating);
        Advance(cell, 36_000, 0);
        Assert.Null(cell.Truth.OnsetSeconds);
    }

    private static void Advance(SimulatedCell cell, int seconds, double amperes)
    {
        for (var i = 0; i < seconds; i++)
            cell.Advance(1, amperes, 30, 5);
    }
}
