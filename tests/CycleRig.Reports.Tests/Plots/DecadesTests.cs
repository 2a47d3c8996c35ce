using CycleRig.Reports.Fits;
using CycleRig.Reports.Plots;
using ScottPlot;
using Xunit;

namespace CycleRig.Reports.Tests.Plots;

public sealed class DecadesTests
{
    /// <summary>σT of an LLZTO pellet from 20 to 60 °C, on an axis in S K/cm: nobody reads 200m there.</summary>
    [Fact]
    public void An_axis_of_less_than_a_decade_has_plain_numbers_at_several_ticks() => Assert.Equal(
        ["0.2", "0.3", "0.4", "0.5", "0.6", "0.8", "1"], Labels(0.17, 1.3, value => SiText.Plain(value, 6)));

    [Fact]
    public void Without_a_label_of_its_own_an_axis_has_prefixes() => Assert.Equal(["100m", "200m", "500m", "1", "2", "5", "10"], Labels(0.09, 11, null));

    private static string[] Labels(double low, double high, Func<double, string>? label)
    {
        using var plot = new Plot();
        Decades.Use(plot.Axes.Left, Math.Log10(low), Math.Log10(high), label);
        plot.Axes.SetLimits(0, 1, Math.Log10(low), Math.Log10(high));
        plot.RenderInMemory(400, 300);
        return [.. plot.Axes.Left.TickGenerator.Ticks.OrderBy(tick => tick.Position).Select(tick => tick.Label)];
    }
}
