using CycleRig.EarlyWarning.Detection;
using CycleRig.EarlyWarning.Tuning;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Tuning;

public sealed class SettingsSearchTests
{
    /// <summary>A known optimum in each logarithm: the last step was by ∜2, so that half of it, 2^(1/8), is what may be missed.</summary>
    [Fact]
    public void A_single_optimum_is_found_to_the_last_step()
    {
        var target = DetectorSettings.Default with { WanderKelvins = 0.031, NoiseFloor = 0.0011, ConstrictionSd = 0.012 };
        var found = SettingsSearch.Run(DetectorSettings.Default, settings => new(-Distance(settings, target), 1));
        Assert.All(TunedSetting.All, tuned => Assert.InRange(Math.Abs(Math.Log2(tuned.Of(found.Settings) / tuned.Of(target))), 0, 0.1251));
        Assert.True(found.Judged <= SettingsSearch.JudgedMax, $"{found.Judged} judged");
    }

    [Fact]
    public void What_is_better_without_end_stops_at_the_bounds()
    {
        var found = SettingsSearch.Run(DetectorSettings.Default, settings => new(settings.WanderKelvins - settings.CreepPerEFold, 1));
        Assert.Equal((0.06, 1e-4), (found.Settings.WanderKelvins, found.Settings.CreepPerEFold));
    }

    [Fact]
    public void The_delay_decides_only_where_the_value_is_equal()
    {
        Assert.Equal(DetectorSettings.Default, SettingsSearch.Run(DetectorSettings.Default, _ => new(0.9, 1.5)).Settings);
        var found = SettingsSearch.Run(DetectorSettings.Default, settings => new(0.9, settings.NoiseFloor));
        Assert.Equal(1e-4, found.Settings.NoiseFloor);
        Assert.True(new Merit(0.9, 9).IsBetterThan(new(0.8, 1)));
    }

    [Fact]
    public void The_budget_of_false_halts_is_never_touched()
    {
        var start = DetectorSettings.Default with { FalseHaltsPerThousandHours = 0.25, WanderSeconds = 300 };
        var found = SettingsSearch.Run(start, settings => new(settings.WanderKelvins + settings.DriftPerRootHour + settings.FalseHaltsPerThousandHours, 1)).Settings;
        Assert.Equal((0.25, 300), (found.FalseHaltsPerThousandHours, found.WanderSeconds));
    }

    private static double Distance(DetectorSettings one, DetectorSettings other) =>
        TunedSetting.All.Sum(tuned => Math.Pow(Math.Log(tuned.Of(one) / tuned.Of(other)), 2));
}
