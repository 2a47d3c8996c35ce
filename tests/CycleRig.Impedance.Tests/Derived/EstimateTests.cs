using CycleRig.Impedance.Derived;
using Xunit;

namespace CycleRig.Impedance.Tests.Derived;

public sealed class EstimateTests
{
    /// <summary>1, 2, 3: mean 2, standard error 1/√3, t of two degrees of freedom 4.303 (tables).</summary>
    [Fact]
    public void A_mean_has_the_interval_of_Student()
    {
        var mean = Estimate.OfMean([1, 2, 3]);
        Assert.Equal(2, mean.Value, 1e-12);
        Assert.Equal(2 - (4.3027 / Math.Sqrt(3)), mean.Low, 1e-4);
        Assert.Contains("needs 2 or more", Assert.Throws<UnusableDataException>(() => Estimate.OfMean([1])).Message, StringComparison.Ordinal);
    }

    /// <summary>By hand: Sxx = 10, Sxy = 9.8, sum of squares left Syy - Sxy²/Sxx = 9.62 - 9.604 = 0.016.</summary>
    [Fact]
    public void A_slope_has_the_interval_of_Student()
    {
        double[] x = [0, 1, 3, 4], y = [1, 2.1, 3.9, 5];
        var slope = Estimate.OfSlope(x, y);
        Assert.Equal(0.98, slope.Value, 1e-12);
        Assert.Equal(0.98 + (4.3027 * Math.Sqrt(0.016 / 2 / 10)), slope.High, 1e-5);
        Assert.Throws<UnusableDataException>(() => Estimate.OfSlope([1, 1, 1], [1, 2, 3]));
        Assert.Throws<UnusableDataException>(() => Estimate.OfSlope([], []));
    }

    [Fact]
    public void A_negative_factor_changes_the_ends() => Assert.Equal(new Estimate(-2, -3, -1), new Estimate(2, 1, 3).Times(-1));
}
