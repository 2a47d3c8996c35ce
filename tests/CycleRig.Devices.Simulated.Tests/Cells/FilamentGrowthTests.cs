using CycleRig.Core.Scenarios;
using CycleRig.Devices.Simulated.Cells;
using CycleRig.Devices.Simulated.Draws;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Cells;

/// <summary>ΔG/G = 2π l³/(3 A L (ln(2l/a) - 1)) (1 - l/L)^-g of one filament, and how it grows.</summary>
public sealed class FilamentGrowthTests
{
    private const double Step = 1e-4; // mAh/cm²
    private const double FullContact = 50; // local over nominal density at which charges are counted

    /// <summary>One filament whose loss at the short is that of the law itself: 2π 1.2²/(3π (ln 2400 - 1)) mm²/mm² = 0.1415.</summary>
    private static readonly CellRecipe Single = new()
    {
        Filaments = 1, LossAtShort = 0.1415 / 1.1415, OnsetCharge = 0, GrowthCharge = 0.4, PauseShare = 0, Jumps = 0, Acceleration = 0,
    };

    [Theory]
    [InlineData(0.3, 0.0028)]
    [InlineData(0.6, 0.020)]
    [InlineData(0.9, 0.062)]
    public void One_filament_under_two_millimetres_adds_the_conductance_of_a_half_spheroid(double millimetres, double gain)
    {
        Assert.Equal(gain, Gain(Single, millimetres), gain * 0.03);
        // Sixteen times the area.
        Assert.Equal(Gain(Single, millimetres) / 16, Gain(Single with { DiameterMillimetres = 8 }, millimetres), 1e-9);
    }

    [Fact]
    public void Whatever_the_loss_at_the_short_depths_compare_as_the_law_says()
    {
        var recipe = Single with { LossAtShort = 0.2, FilamentRadius = 5, LossWidening = 1 };
        Assert.Equal(Law(0.9) / Law(0.4), Gain(recipe, 0.9) / Gain(recipe, 0.4), 1e-6);

        static double Law(double l) => l * l * l / (Math.Log(2 * l * 1000 / 5) - 1) / (1 - (l / 1.2));
    }

    [Fact]
    public void Off_its_model_the_loss_goes_with_a_power_of_the_depth() =>
        Assert.Equal(Math.Pow(0.5, 1.5), Gain(Single with { LossPower = 1.5 }, 0.6) / Gain(Single with { LossPower = 1.5 }, 1.2), 1e-9);

    [Fact]
    public void It_grows_evenly_and_bridges_after_its_charge()
    {
        var depths = Grow(Single, 1);
        Assert.Equal(0.4, depths.Count * Step, 0.002);
        Assert.Equal(0.5, depths[depths.Count / 2], 0.005);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Accelerating_it_is_faster_at_the_end_by_what_the_recipe_says_and_takes_the_same_charge(double acceleration)
    {
        var depths = Grow(Single with { Acceleration = acceleration }, 1);
        Assert.Equal(0.4, depths.Count * Step, 0.002);
        Assert.Equal(1 + acceleration, (depths[^2] - depths[^3]) / (depths[2] - depths[1]), 0.05 * (1 + acceleration));
    }

    [Fact]
    public void Arrested_for_a_quarter_of_the_way_it_takes_the_same_charge_on_average()
    {
        var (steps, still) = (0, 0);
        for (var seed = 1; seed <= 200; seed++)
        {
            var depths = Grow(Single with { PauseShare = 0.25 }, seed);
            steps += depths.Count;
            still += Enumerable.Range(1, depths.Count - 1).Count(i => depths[i] == depths[i - 1]);
        }

        Assert.Equal(0.4, steps * Step / 200, 0.4 * 0.05);
        Assert.Equal(0.25, still / (double)steps, 0.04);
    }

    [Fact]
    public void A_jump_takes_two_to_six_tenths_of_a_percent_of_bulk_resistance()
    {
        var recipe = Single with { Jumps = 4, LossAtShort = 0.22 };
        List<double> jumps = [];
        for (var seed = 1; seed <= 100; seed++)
        {
            var depths = Grow(recipe, seed);
            for (var i = 1; i < depths.Count && depths[i] < 0.97; i++)
            {
                // A plain step is 0.00025 of the way.
                if (depths[i - 1] > 0.5 && depths[i] - depths[i - 1] > 5e-4)
                    jumps.Add(Math.Log((1 + Gain(recipe, depths[i] * 1.2)) / (1 + Gain(recipe, depths[i - 1] * 1.2))));
            }
        }

        Assert.True(jumps.Count > 50);
        Assert.All(jumps, jump => Assert.InRange(jump, 0.0015, 0.0075));
        Assert.InRange(jumps.Average(), 0.003, 0.005);
    }

    [Fact]
    public void Stripping_takes_the_metal_leaves_the_crack_and_plating_fills_it_again_faster()
    {
        var (growth, side) = New(Single);
        var draw = new Draw(1, "life");
        for (var i = 0; i < 2000; i++)
            growth.Plate(side, FullContact, 1000, Step, draw);
        var (loss, crack) = (growth.Gain(side), side.Sites[0].Crack);
        growth.Strip(side, 0.1);
        Assert.True(growth.Gain(side) < loss / 2);
        Assert.Equal(crack, side.Sites[0].Crack);
        growth.Strip(side, 10);
        Assert.Equal(0, growth.Gain(side));
        var steps = 0;
        for (; growth.Gain(side) < loss; steps++)
            growth.Plate(side, FullContact, 1000, Step, draw);
        Assert.InRange(steps, 1, 2000 / 2);
    }

    [Fact]
    public void It_grows_only_while_plated_and_on_the_side_that_is_plated()
    {
        var cell = TestCells.Untreated(4);
        while (cell.Truth.Loss < 0.005)
            TestCells.Advance(cell, 10, 0.5);
        Assert.True(FilamentGrowth.Deepest(cell.State.Counter) > 0);
        Assert.Equal(0, FilamentGrowth.Deepest(cell.State.Working));
        var loss = cell.Truth.Loss;
        TestCells.Advance(cell, 7200, 0);
        Assert.Equal(loss, cell.Truth.Loss);
        TestCells.Advance(cell, 60, -0.5);
        Assert.True(cell.Truth.Loss < loss);
    }

    [Fact]
    public void The_loss_just_before_the_short_is_the_recipes_on_average()
    {
        List<double> ratios = [];
        for (var seed = 1; seed <= 60; seed++)
        {
            var cell = TestCells.Untreated(seed, new ParameterLaw("soft_shorts", new Fixed(0)));
            double loss = 0;
            while (cell.Truth.ShortSeconds is null)
            {
                loss = cell.Truth.Loss;
                TestCells.Advance(cell, 1, -0.5);
            }

            ratios.Add(loss / cell.Recipe.LossAtShort);
        }

        Assert.InRange(ratios.Average(), 0.9, 1.1);
    }

    private static double Gain(CellRecipe recipe, double millimetres)
    {
        var (growth, side) = New(recipe);
        side.Sites[0].Metal = millimetres / recipe.ThicknessMillimetres;
        return growth.Gain(side);
    }

    /// <summary>Depths after each step of charge until it is through.</summary>
    private static List<double> Grow(CellRecipe recipe, int seed)
    {
        var (growth, side) = New(recipe);
        var draw = new Draw(seed, "life");
        List<double> depths = [];
        while (side.Sites[0].Crack < 1)
        {
            growth.Plate(side, FullContact, 1000, Step, draw);
            depths.Add(side.Sites[0].Crack);
        }

        return depths;
    }

    private static (FilamentGrowth Growth, ElectrodeState Side) New(CellRecipe recipe)
    {
        var side = new ElectrodeState { Sites = [new() { Spalled = true, CanGrow = true, Speed = 1, OnsetMissing = recipe.OnsetCharge }] };
        return (new(recipe, side.Sites), side);
    }
}
