using System.Text.Json;
using CycleRig.Devices.Simulated.Draws;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Draws;

public sealed class DrawTests
{
    private const int Count = 200_000;

    [Fact]
    public void A_snapshot_goes_on_with_the_same_numbers()
    {
        var draw = new Draw(7, "part");
        draw.Normal();
        var other = JsonSerializer.Deserialize<Draw>(JsonSerializer.Serialize(draw, Options), Options)!;
        for (var i = 0; i < 100; i++)
            Assert.Equal(draw.Normal(), other.Normal());
    }

    [Fact]
    public void Parts_and_seeds_draw_numbers_of_their_own()
    {
        Assert.NotEqual(new Draw(1, "a").Uniform(), new Draw(1, "b").Uniform());
        Assert.NotEqual(new Draw(1, "a").Uniform(), new Draw(2, "a").Uniform());
    }

    [Fact]
    public void Means_and_spreads_are_those_of_the_laws()
    {
        // Five standard errors of the mean of 200,000 draws.
        var draw = new Draw(3, "laws");
        Assert.Equal(0.5, Mean(draw.Uniform), 5 / Math.Sqrt(12.0 * Count));
        Assert.Equal(0, Mean(draw.Normal), 5 / Math.Sqrt(Count));
        Assert.Equal(1, Mean(() => draw.Normal() is var z ? z * z : 0), 5 * Math.Sqrt(2.0 / Count));
        Assert.Equal(3, Mean(() => draw.Exponential(3)), 15 / Math.Sqrt(Count));
        Assert.Equal(4, Mean(() => draw.Poisson(4)), 10 / Math.Sqrt(Count));
        // A Weibull law of shape 2 has the mean scale √π/2 and the variance scale² (1 - π/4).
        Assert.Equal(Math.Sqrt(Math.PI) / 2, Mean(() => draw.Weibull(1, 2)), 5 * Math.Sqrt((1 - (Math.PI / 4)) / Count));
        Assert.Equal(0.5, Mean(() => draw.LogNormal(20, 0.6) < 20 ? 1 : 0), 2.5 / Math.Sqrt(Count));
    }

    private static double Mean(Func<double> draw)
    {
        double sum = 0;
        for (var i = 0; i < Count; i++)
            sum += draw();
        return sum / Count;
    }

    private static readonly JsonSerializerOptions Options = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };
}
