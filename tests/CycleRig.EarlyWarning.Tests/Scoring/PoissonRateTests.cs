using CycleRig.EarlyWarning.Scoring;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Scoring;

public sealed class PoissonRateTests
{
    /// <summary>Exact 95 % limits of a Poisson count, Garwood 1936, table 1 (0, 1, 5, 10, 50).</summary>
    [Theory]
    [InlineData(0, 0, 3.689)]
    [InlineData(1, 0.0253, 5.572)]
    [InlineData(5, 1.623, 11.668)]
    [InlineData(10, 4.795, 18.390)]
    [InlineData(50, 37.11, 65.92)]
    public void The_interval_is_that_of_the_tables(int count, double low, double high)
    {
        var rate = new PoissonRate(count, Hours: 1000);
        Assert.Equal(count, rate.PerThousandHours, 1e-9);
        Assert.Equal(low, rate.Low, 0.0006 * Math.Max(1, low));
        Assert.Equal(high, rate.High, 0.0006 * high);
    }

    [Fact]
    public void It_counts_per_thousand_hours()
    {
        var (of, half) = (new PoissonRate(5, 1000), new PoissonRate(5, 500));
        Assert.Equal(10, half.PerThousandHours, 1e-9);
        Assert.Equal((2 * of.Low, 2 * of.High), (half.Low, half.High));
        Assert.True(double.IsNaN(new PoissonRate(0, 0).PerThousandHours), "without hours there is no rate");
    }
}
