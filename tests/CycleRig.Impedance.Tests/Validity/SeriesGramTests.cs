using CycleRig.Impedance.Validity;
using Xunit;

namespace CycleRig.Impedance.Tests.Validity;

public sealed class SeriesGramTests
{
    /// <summary>Two ways to the same number: normal equations by partial fractions, and columns made orthogonal.</summary>
    [Theory]
    [InlineData(3, true, true)]
    [InlineData(12, true, true)]
    [InlineData(20, true, false)]
    [InlineData(20, false, true)]
    [InlineData(25, false, false)]
    public void What_is_left_is_what_orthogonal_columns_leave(int elements, bool inductance, bool capacitance)
    {
        var options = KramersKronigOptions.Default with { Inductance = inductance, Capacitance = capacitance };
        var points = SeriesPoints.From(KnownSpectra.ProblemP(), admittance: false, []);
        var left = new SeriesGram(points, inductance, capacitance, 30).SumOfSquares(TimeConstants.Between(points.Low, points.High, elements));
        Assert.Equal(1, left / RcSeriesFit.Solve(points, options, elements, 0).SumOfSquares, 6);
    }

    [Fact]
    public void More_elements_than_the_sums_can_part_are_given_to_the_orthogonal_fit()
    {
        var frequencies = KnownSpectra.Sweep(100, 10, 60);
        var points = SeriesPoints.From(KnownSpectra.Noisy(frequencies, KnownSpectra.Garnet(frequencies), 0.001, new(1)), admittance: false, []);
        Assert.Equal(double.NaN, new SeriesGram(points, true, true, 30).SumOfSquares(TimeConstants.Between(points.Low, points.High, 30)));
    }
}
