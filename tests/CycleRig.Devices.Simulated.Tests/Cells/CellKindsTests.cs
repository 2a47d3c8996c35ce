using CycleRig.Core.Cells;
using CycleRig.Devices.Simulated.Cells;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Cells;

public sealed class CellKindsTests
{
    private const int Cells = 50;

    [Theory]
    [InlineData(Surface.Untreated)]
    [InlineData(Surface.AcidTreated)]
    public void An_alloy_of_lithium_and_magnesium_shows_the_same_spectra_and_a_few_millivolts_more(Surface surface)
    {
        for (var seed = 1; seed <= Cells; seed++)
        {
            var (alloy, lithium) = (Fresh(surface, Electrode.LithiumMagnesium, seed), Fresh(surface, Electrode.Lithium, seed));
            foreach (var hertz in (ReadOnlySpan<double>)[1, 1e3, 1e5])
                Assert.Equal(1, alloy.Impedance(hertz, 0).Magnitude / lithium.Impedance(hertz, 0).Magnitude, 0.05);
            Assert.Equal(0, lithium.Volts(0), 1e-6);
            // Two electrodes of the same alloy rest near each other; under current the alloy takes some millivolts more (A12: 1-10 mV).
            Assert.InRange(alloy.Volts(0), -0.002, 0.002);
            foreach (var cell in (ReadOnlySpan<SimulatedCell>)[alloy, lithium])
                TestCells.Advance(cell, 1200, -0.5);
            Assert.InRange(Math.Abs(alloy.Volts(TestCells.Amperes(alloy, -0.5))) - Math.Abs(lithium.Volts(TestCells.Amperes(lithium, -0.5))), 0.001, 0.010);
        }
    }

    [Fact]
    public void An_alloy_against_lithium_rests_above_it_on_whichever_side_it_is()
    {
        // RT/F ln(1/0.9) at 30 °C is 2.8 mV.
        foreach (var (working, counter, sign) in (ReadOnlySpan<(Electrode, Electrode, int)>)[
            (Electrode.LithiumMagnesium, Electrode.Lithium, 1), (Electrode.Lithium, Electrode.LithiumMagnesium, -1)])
        {
            var cell = TestCells.New(TestCells.Record(Surface.Untreated) with { Working = working, Counter = counter }, 1);
            TestCells.Advance(cell, 2, 0);
            Assert.Equal(0.0028, sign * cell.Volts(0), 0.001);
        }
    }

    [Fact]
    public void Sodium_beta_alumina_conducts_better_needs_less_activation_and_has_hardly_an_interface()
    {
        for (var seed = 1; seed <= Cells; seed++)
        {
            var recipe = CellKinds.Recipe(TestCells.Record(Surface.AcidTreated, Electrode.Sodium, Material.SodiumBetaAlumina), 5, [], new(seed, "recipe"));
            Assert.InRange(recipe.Conductivity, 1e-3, 2.5e-3);
            Assert.InRange(recipe.BulkActivation, 0.24, 0.34);
            Assert.Equal(3.6, recipe.VoidPressure);
            Assert.InRange(recipe.InterfaceEnd, 1, 10);
        }
    }

    [Fact]
    public void Nickel_blocks_ions()
    {
        var cell = Fresh(Surface.Untreated, Electrode.Nickel, 1);
        // Nearly 90° at low frequency: no charge is transferred; the bulk is all that is real at 100 kHz.
        Assert.True(cell.Impedance(1, 0).Phase < -1.2);
        Assert.Equal(cell.BulkOhms, cell.Impedance(1e5, 0).Real, 0.1 * cell.BulkOhms);
        // 1 µF/cm² on each side, in series: 10 MΩ at 1 Hz; constant-phase elements, so by its order.
        Assert.InRange(cell.Impedance(1, 0).Magnitude, 1e6, 1.1e7);
        TestCells.Advance(cell, 36_000, -0.5);
        Assert.Empty(cell.Truth.Craters);
        Assert.Null(cell.Truth.ShortSeconds);
    }

    [Fact]
    public void The_papers_small_mask_has_fifty_kiloohms()
    {
        for (var seed = 1; seed <= Cells; seed++)
        {
            var cell = TestCells.New(TestCells.Record(Surface.Untreated, millimetres: 0.1), seed);
            TestCells.Advance(cell, 10, 0);
            Assert.Equal(50_000, cell.BulkOhms, 50_000 * 0.1);
        }
    }

    [Fact]
    public void Activation_and_conductivity_stay_in_the_published_range()
    {
        for (var seed = 1; seed <= Cells; seed++)
        {
            var recipe = CellKinds.Recipe(TestCells.Record(Surface.Untreated), 5, [], new(seed, "recipe"));
            Assert.InRange(recipe.BulkActivation, 0.34, 0.43);
            Assert.InRange(recipe.InterfaceActivation, 0.38, 0.56);
            Assert.InRange(recipe.PressureExponent, 0.35, 0.65);
            Assert.InRange(recipe.InterfaceVolts, 0.6, 1);
            Assert.InRange(recipe.BulkExponent, 0.94, 1);
            Assert.InRange(recipe.Constriction, 0.002, 0.014);
            Assert.InRange(recipe.ConstrictionHertz, 40e3, 250e3);
            Assert.InRange(recipe.ThermalSeconds, 60, 420);
            Assert.InRange(recipe.WanderKelvins, 0.008, 0.030);
        }
    }

    [Fact]
    public void A_cell_without_a_press_spalls_as_well_and_voids_at_any_current()
    {
        var recipe = CellKinds.Recipe(TestCells.Record(Surface.Untreated), 0, [], new(1, "recipe"));
        Assert.Equal(0, recipe.AssemblyPressure);
        var cell = new SimulatedCell(recipe, 1);
        TestCells.Advance(cell, 720, -0.5, megapascals: 0);
        Assert.NotEmpty(cell.Truth.Craters);
        TestCells.Advance(cell, 3600, 0.05, megapascals: 0);
        Assert.True(cell.State.Working.Voided > Voids.Least);
    }

    [Fact]
    public void An_acid_treated_cell_that_was_stripped_voids_and_shorts_on_the_next_plating_in_most_cases()
    {
        var (shorted, stripped) = (0, 0.0);
        for (var seed = 1; seed <= Cells; seed++)
        {
            var cell = TestCells.AcidTreated(seed);
            TestCells.Advance(cell, 60, 0);
            Assert.InRange(cell.InterfaceOhms * TestCells.Area, 1, 25);
            // 20 mAh/cm² at most: half of the metal that there is.
            for (var minute = 0; minute < 480 && cell.InterfaceOhms * TestCells.Area < 300; minute++)
                TestCells.Advance(cell, 60, 2.5);
            Assert.True(cell.InterfaceOhms * TestCells.Area >= 200, $"seed {seed}: {cell.InterfaceOhms * TestCells.Area}");
            stripped += cell.Truth.Coulombs / 3.6 / TestCells.Area / Cells;
            TestCells.Advance(cell, 3600, -2.5);
            shorted += cell.Truth.ShortSeconds is null ? 0 : 1;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{shorted} of {Cells} shorted, stripped by {stripped:F1} mAh/cm² on average");
        Assert.InRange(shorted / (double)Cells, 0.5, 1);
    }

    private static SimulatedCell Fresh(Surface surface, Electrode electrode, int seed)
    {
        var recipe = CellKinds.Recipe(TestCells.Record(surface, electrode), 5, [], new(seed, "recipe"));
        var cell = new SimulatedCell(recipe with { WanderKelvins = 0 }, seed);
        cell.Advance(1, 0, 30, 5);
        return cell;
    }
}
