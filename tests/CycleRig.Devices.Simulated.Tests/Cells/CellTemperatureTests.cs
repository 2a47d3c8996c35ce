using CycleRig.Devices.Simulated.Cells;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Cells;

public sealed class CellTemperatureTests
{
    private static readonly CellRecipe Recipe = new() { ThermalSeconds = 200, WanderKelvins = 0, WanderSeconds = 500, ThermalKelvinsPerWatt = 20 };

    [Fact]
    public void A_cell_follows_a_step_of_the_air_with_its_lag()
    {
        var state = New();
        CellTemperature.Advance(state, Recipe, 30, 0, 0);
        for (var second = 0; second < 200; second++)
            CellTemperature.Advance(state, Recipe, 40, 1, 0);
        Assert.Equal(40 - (10 * Math.Exp(-1)), state.Celsius, 1e-9);
    }

    [Theory]
    [InlineData(2, 5, 0.002)]
    [InlineData(8, 5, 0.03)]
    public void Joule_heat_is_what_the_resistance_makes_of_the_current(double millimetres, double density, double kelvins)
    {
        // Acid-treated: some 100 Ω cm² at 2 mm (spreading), 130 at 8 mm; ±40 % as the estimate names one digit.
        var recipe = Recipe with { DiameterMillimetres = millimetres, InterfaceStart = 15, InterfaceEnd = 15, InterfaceFullContact = 15, Constriction = 0, Sites = 0, Filaments = 0 };
        var cell = new SimulatedCell(recipe, 1);
        TestCells.Advance(cell, 10, 0);
        TestCells.Advance(cell, 2, -density);
        var amperes = TestCells.Amperes(cell, -density);
        Assert.Equal(20 * amperes * cell.Volts(amperes), cell.Celsius - 30, 1e-6);
        Assert.InRange(cell.Celsius - 30, kelvins * 0.6, kelvins * 1.4);
    }

    [Fact]
    public void The_cells_own_wander_has_its_standard_deviation_and_time()
    {
        var recipe = Recipe with { WanderKelvins = 0.015 };
        var state = New();
        CellTemperature.Advance(state, recipe, 30, 0, 0);
        const int count = 200_000;
        var seen = new double[count];
        for (var i = 0; i < count; i++)
        {
            CellTemperature.Advance(state, recipe, 30, 50, 0);
            seen[i] = state.Celsius - 30;
        }

        var variance = seen.Average(kelvins => kelvins * kelvins);
        var later = Enumerable.Range(0, count - 10).Average(i => seen[i] * seen[i + 10]);
        // 20,000 correlation times: 1 % of the variance.
        Assert.Equal(0.015, Math.Sqrt(variance), 0.015 * 0.03);
        Assert.Equal(Math.Exp(-1), later / variance, 0.03);
    }

    private static CellState New() => new() { Draw = new(1, "life") };
}
