using CsCheck;
using CycleRig.Devices.Simulated.Rigs;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Simulated.Cells;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Cells;

/// <summary>What the paper's cells show (Siniscalchi et al. 2024, doi 10.1039/d3ee03916a; docs/simulated-rig.md), over seeds.</summary>
public sealed class SimulatedCellTests
{
    private const double Plating = -0.5;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void An_untreated_cell_gives_back_the_papers_numbers_until_it_shorts(int seed)
    {
        var cell = TestCells.Untreated(seed);
        TestCells.Advance(cell, 60, 0);
        Assert.InRange(cell.InterfaceOhms * TestCells.Area, 2000 * 0.8, 2000 * 1.2);
        Assert.InRange(cell.BulkOhms, 0.645 * 3820 * 0.9, 0.645 * 3820 * 1.1);
        double before = cell.BulkOhms, atOnset = double.NaN;
        while (cell.Truth.ShortSeconds is null && cell.Truth.PlatedCoulombs < 1.2 * 3.6 * TestCells.Area)
        {
            before = cell.BulkOhms;
            TestCells.Advance(cell, 60, Plating);
            if (cell.Truth.OnsetSeconds is not null && double.IsNaN(atOnset))
                atOnset = cell.BulkOhms;
        }

        Assert.InRange(cell.InterfaceOhms * TestCells.Area, 500 * 0.75, 500 * 1.25);
        Assert.InRange(cell.Truth.PlatedCoulombs / 3.6 / TestCells.Area, 0.35, 1.1);
        Assert.InRange(1 - (before / atOnset), 0.02, 0.32);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_voltage_under_current_is_what_the_impedance_at_that_bias_says(int seed)
    {
        var cell = TestCells.Untreated(seed);
        TestCells.Advance(cell, 1800, Plating);
        var amperes = TestCells.Amperes(cell, Plating);
        // dV/dI by a difference of the direct law against the low-frequency end of the impedance.
        const double step = 1e-8;
        var slope = (cell.Volts(amperes + step) - cell.Volts(amperes - step)) / (2 * step);
        Assert.Equal(1, cell.Impedance(1e-4, amperes).Real / slope, 0.02);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_current_at_a_voltage_is_the_inverse_of_the_voltage_at_a_current(int seed)
    {
        var cell = TestCells.Untreated(seed);
        TestCells.Advance(cell, 600, Plating);
        foreach (var density in (ReadOnlySpan<double>)[-5, -0.5, -0.01, 0.01, 0.5, 5])
        {
            var amperes = TestCells.Amperes(cell, density);
            Assert.Equal(1, cell.Amperes(cell.Volts(amperes)) / amperes, 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void An_acid_treated_cell_is_stable_over_one_milliampere_hour(int seed)
    {
        var cell = TestCells.AcidTreated(seed);
        TestCells.Advance(cell, 7200, Plating);
        Assert.InRange(cell.InterfaceOhms * TestCells.Area, 1, 25);
        Assert.Null(cell.Truth.OnsetSeconds);
        Assert.Empty(cell.Truth.Craters);
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
    public void Nothing_makes_a_cell_yield_what_is_no_number() => Gen.Select(Gen.Int[1, 50], Gen.Double[-1e-2, 1e-2], Gen.Double[-20, 90], Gen.Double[0, 10], Gen.Bool).Sample(
        (seed, amperes, celsius, megapascals, treated) =>
        {
            var cell = treated ? TestCells.AcidTreated(seed) : TestCells.Untreated(seed);
            for (var i = 0; i < 400; i++)
            {
                cell.Advance(10, i % 100 < 50 ? amperes : -amperes, celsius, megapascals);
                Assert.True(double.IsFinite(cell.Volts(amperes)));
                Assert.True(double.IsFinite(cell.Amperes(0.1)));
                Assert.True(double.IsFinite(cell.Impedance(1e5, amperes, amperes / 10).Magnitude));
            }
        },
        iter: 200);

    [Fact]
    public void Nothing_grows_at_rest()
    {
        var cell = TestCells.Untreated(1);
        TestCells.Advance(cell, 36_000, 0);
        Assert.Null(cell.Truth.OnsetSeconds);
    }

    [Fact]
    public void After_a_short_what_the_filament_carries_plates_nothing()
    {
        var cell = TestCells.Untreated(1);
        TestCells.Advance(cell, 3600, Plating);
        var (before, amperes) = (cell.Truth.PlatedCoulombs, TestCells.Amperes(cell, Plating));
        cell.Bridge();
        var ions = cell.Through(amperes);
        TestCells.Advance(cell, 3600, Plating);
        // The wire of some 480 Ω lies across some 20 kΩ.
        Assert.InRange(ions / amperes, 0.01, 0.05);
        Assert.Equal(-ions * 3600, cell.Truth.PlatedCoulombs - before, 0.2 * Math.Abs(ions * 3600));
        Assert.Equal(amperes * 7200, cell.Truth.Coulombs, 1e-6 * Math.Abs(amperes * 7200));
    }

    [Fact]
    public void An_electrode_that_has_no_metal_left_ends_the_current()
    {
        // 0.5 mAh/cm² of reserve at 0.5 mA/cm²: an hour.
        var cell = TestCells.AcidTreated(1, new ParameterLaw("reserve", new Fixed(0.5 * 36_000)));
        TestCells.Advance(cell, 3500, -Plating);
        Assert.InRange(cell.Volts(TestCells.Amperes(cell, -Plating)), 0, 0.2);
        TestCells.Advance(cell, 250, -Plating);
        Assert.True(cell.Volts(TestCells.Amperes(cell, -Plating)) > 5);
        // What is plated back can be stripped again.
        TestCells.Advance(cell, 600, Plating);
        Assert.InRange(cell.Volts(TestCells.Amperes(cell, -Plating)), 0, 0.2);
    }

    [Fact]
    public void A_snapshot_of_a_cell_goes_on_with_the_same_numbers()
    {
        var cell = TestCells.Untreated(5);
        TestCells.Advance(cell, 2500, Plating);
        var copy = TestCells.Untreated(5);
        copy.Restore(Snapshots.Copy(cell.State));
        TestCells.Advance(cell, 2000, Plating);
        TestCells.Advance(copy, 2000, Plating);
        Assert.Equal(cell.Volts(1e-5), copy.Volts(1e-5));
        Assert.Equal(cell.Truth.Loss, copy.Truth.Loss);
        Assert.True(cell.Truth.Loss > 0);
    }
}
