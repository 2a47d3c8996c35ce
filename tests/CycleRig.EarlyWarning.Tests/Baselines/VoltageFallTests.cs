using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Baselines;
using CycleRig.EarlyWarning.Replay;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Baselines;

/// <summary>0.5 mA/cm² on 1 cm², a sample a second.</summary>
public sealed class VoltageFallTests
{
    private const double Amperes = -0.5e-3;
    private const double SineAmperes = 0.05e-3;

    [Theory]
    [InlineData(0.55, "halt", 201)] // Below 1 - 0.3 - 0.1.
    [InlineData(0.65, "warning", 201)]
    [InlineData(0.75, "warning", 201)] // Below 1 - 0.1 - 0.1.
    [InlineData(0.85, null, 0)]
    public void A_fall_beyond_what_the_sine_can_do_is_told_at_the_second_sample(double share, string? level, double seconds)
    {
        var lines = Run(300, t => t < 200 ? 1 : share);
        if (level is null)
            Assert.Empty(lines);
        else
            Assert.Equal((level, "damage", seconds), (lines[^1].Level, lines[^1].Kind, lines[^1].TimeSeconds));
    }

    [Fact]
    public void One_sample_alone_and_a_slow_fall_are_no_fall()
    {
        Assert.Empty(Run(300, t => t == 200 ? 0.1 : 1));
        Assert.Empty(Run(3600, t => 0.3 + (0.7 * Math.Exp(-t / 600.0))));
    }

    [Fact]
    public void A_change_of_current_begins_anew()
    {
        Assert.Empty(Run(400, t => t < 200 ? 1 : 0.4, t => t < 200 ? Amperes : 0.4 * Amperes));
        Assert.Empty(Run(400, t => t is < 200 or > 300 ? 1 : 0, t => t is < 200 or > 300 ? Amperes : 0));
    }

    [Fact]
    public void It_halts_once_and_says_no_more() => Assert.Single(Run(400, t => t < 200 ? 1 : 0.01 * (t % 2)), line => line.Level == "halt");

    private static IReadOnlyList<ReplayLine> Run(int count, Func<int, double> volts, Func<int, double>? amperes = null) => VoltageFall.Run(
        Enumerable.Range(0, count).Select(t => new Sample(t, amperes?.Invoke(t) ?? Amperes, -volts(t), 30, 5, 0)), areaSquareCentimetres: 1, SineAmperes);
}
