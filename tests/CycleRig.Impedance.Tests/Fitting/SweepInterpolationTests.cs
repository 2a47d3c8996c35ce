using CycleRig.Impedance.Fitting;
using Xunit;

namespace CycleRig.Impedance.Tests.Fitting;

/// <summary>A resistor that changes with time as a straight line or a parabola, measured at each frequency at its own instant.</summary>
public sealed class SweepInterpolationTests
{
    private static readonly double[] Frequencies = [1000, 100, 10];

    [Theory]
    [InlineData(2, 0)]
    [InlineData(7, 0.001)]
    public void All_points_are_brought_to_one_instant(int count, double curvature)
    {
        var at = SweepInterpolation.At([.. Enumerable.Range(0, count).Select(i => Sweep(i * 10.0, curvature))], 7.5);
        Assert.All(at.RealOhms, ohms => Assert.Equal(Ohms(7.5, curvature), ohms, curvature == 0 ? 1e-9 : 0.05));
        Assert.All(at.ImaginaryOhms, ohms => Assert.Equal(-Ohms(7.5, curvature) / 10, ohms, curvature == 0 ? 1e-9 : 0.05));
    }

    [Fact]
    public void What_cannot_be_interpolated_is_refused()
    {
        AssertRefused("1 sweep", [Sweep(0, 0)], 1);
        AssertRefused("12 s lies outside", [Sweep(0, 0), Sweep(10, 0)], 12);
        AssertRefused("other frequencies", [Sweep(0, 0), new([1, 2, 3], [1, 1, 1], [0, 0, 0], [10, 11, 12])], 5);
        AssertRefused("no times", [Sweep(0, 0), new(Frequencies, [1, 1, 1], [0, 0, 0])], 5);
    }

    private static void AssertRefused(string expected, IReadOnlyList<ImpedanceData> sweeps, double at) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => SweepInterpolation.At(sweeps, at)).Message, StringComparison.Ordinal);

    private static double Ohms(double time, double curvature) => 100 + (2 * time) + (curvature * time * time);

    private static ImpedanceData Sweep(double begin, double curvature)
    {
        double[] times = [begin, begin + 1, begin + 3];
        return new(Frequencies, [.. times.Select(t => Ohms(t, curvature))], [.. times.Select(t => -Ohms(t, curvature) / 10)], times);
    }
}
