using CycleRig.Impedance.Derived;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Impedance.Tests.Derived;

public sealed class ContactPressureFitTests
{
    private static readonly double[] Pressures = [2, 3, 4, 6, 8, 6, 4, 3, 2];
    private static readonly bool[] Falling = [false, false, false, false, false, true, true, true, true];

    [Fact]
    public void Points_on_the_law_give_its_exponent_its_constant_and_its_hysteresis()
    {
        var fit = ContactPressureFit.Of(Pressures, [.. Pressures.Select((p, i) => 300 * Math.Pow(p, -0.45) * (Falling[i] ? 0.8 : 1))], Falling);
        Assert.Equal(0.45, fit.Exponent.Value, 1e-10);
        Assert.Equal(300, fit.AtOneMegapascal.Value, 1e-7);
        Assert.Equal(0.8, fit.Hysteresis!.Value.Value, 1e-10);
        Assert.Equal(300 * Math.Pow(5, -0.45), fit.At(5, falling: false), 1e-7);
        Assert.Null(ContactPressureFit.Of(Pressures[..5], [.. Pressures[..5].Select(p => 300 * Math.Pow(p, -0.45))], Falling[..5]).Hysteresis);
    }

    /// <summary>95 % of 400 is 380 ± 4.4.</summary>
    [Fact]
    public void The_intervals_hold_the_truth_as_often_as_they_say()
    {
        var draw = new Random(8);
        var (exponents, ratios) = (0, 0);
        for (var set = 0; set < 400; set++)
        {
            var fit = ContactPressureFit.Of(Pressures, [.. Pressures.Select((p, i) => 300 * Math.Pow(p, -0.5) * (Falling[i] ? 0.9 : 1) * Math.Exp(0.05 * Gaussian.Draw(draw)))], Falling);
            exponents += fit.Exponent.Low <= 0.5 && 0.5 <= fit.Exponent.High ? 1 : 0;
            ratios += fit.Hysteresis!.Value.Low <= 0.9 && 0.9 <= fit.Hysteresis.Value.High ? 1 : 0;
        }

        Assert.InRange(exponents / 400.0, 0.92, 0.975);
        Assert.InRange(ratios / 400.0, 0.92, 0.975);
    }

    [Fact]
    public void What_is_no_law_is_refused()
    {
        Assert.Contains("2 different pressures", Assert.Throws<UnusableDataException>(() => ContactPressureFit.Of([2, 2, 3], [1, 1, 1], [false, false, false])).Message, StringComparison.Ordinal);
        Assert.Contains("above 0", Assert.Throws<UnusableDataException>(() => ContactPressureFit.Of([2, 3, 4], [1, -1, 1], [false, false, false])).Message, StringComparison.Ordinal);
        Assert.Contains("4 or more", Assert.Throws<UnusableDataException>(() => ContactPressureFit.Of([2, 3, 4], [1, 1, 1], [false, false, true])).Message, StringComparison.Ordinal);
    }
}
