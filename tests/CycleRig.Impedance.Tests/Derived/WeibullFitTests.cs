using CycleRig.Impedance.Derived;
using Xunit;

namespace CycleRig.Impedance.Tests.Derived;

public sealed class WeibullFitTests
{
    /// <summary>Where the derivatives of the likelihood vanish for exact and right-censored values (Cohen 1965, doi 10.1080/00401706.1965.10490300).</summary>
    [Fact]
    public void The_maximum_meets_the_equations_of_exact_and_censored_values()
    {
        double[] failed = [0.22, 0.50, 0.88, 1.00, 1.32, 1.33, 1.54, 1.76, 2.50, 3.00];
        var fit = WeibullFit.Of([.. failed.Select(WeibullObservation.At), .. Enumerable.Repeat(WeibullObservation.Beyond(3), 3)]);
        double[] all = [.. failed, 3, 3, 3];
        var k = fit.Shape.Value;
        // η^k = Σ x^k / r; 1/k = Σ x^k ln x / Σ x^k - Σ_failed ln x / r.
        Assert.Equal(Math.Pow(all.Sum(x => Math.Pow(x, k)) / failed.Length, 1 / k), fit.Scale.Value, 1e-5);
        Assert.Equal(all.Sum(x => Math.Pow(x, k) * Math.Log(x)) / all.Sum(x => Math.Pow(x, k)) - failed.Average(x => Math.Log(x)), 1 / k, 1e-5);
        Assert.Equal((10, 3), (fit.Failed, fit.Censored));
    }

    /// <summary>95 % of 300 is 285 ± 3.8; with 15 cells the profile is a little short of it.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void The_intervals_hold_the_truth_as_often_as_they_say(double step)
    {
        const int sets = 300;
        const double scale = 0.8, shape = 3;
        var draw = new Random(5);
        var (scales, shapes) = (0, 0);
        for (var set = 0; set < sets; set++)
        {
            var fit = WeibullFit.Of([.. Enumerable.Range(0, 15).Select(_ => Observed(scale * Math.Pow(-Math.Log(1 - draw.NextDouble()), 1 / shape)))]);
            scales += fit.Scale.Low <= scale && scale <= fit.Scale.High ? 1 : 0;
            shapes += fit.Shape.Low <= shape && shape <= fit.Shape.High ? 1 : 0;
        }

        Assert.InRange((double)scales / sets, 0.91, 0.98);
        Assert.InRange((double)shapes / sets, 0.91, 0.98);

        // Taken out at 1.05; with steps, only the step is known.
        WeibullObservation Observed(double value) => value > 1.05 ? WeibullObservation.Beyond(step == 0 ? 1.05 : 1)
            : step == 0 ? WeibullObservation.At(value) : new(Math.Floor(value / step) * step, (Math.Floor(value / step) + 1) * step);
    }

    [Fact]
    public void Cells_that_bound_nothing_are_refused()
    {
        Assert.Contains("0 of 1 cells failed", Assert.Throws<UnusableDataException>(() => WeibullFit.Of([WeibullObservation.Beyond(1)])).Message, StringComparison.Ordinal);
        Assert.Contains("1 of 1 cells failed", Assert.Throws<UnusableDataException>(() => WeibullFit.Of([new(0.4, 0.5)])).Message, StringComparison.Ordinal);
        Assert.Contains("could have failed at one value", Assert.Throws<UnusableDataException>(() => WeibullFit.Of([new(0.4, 0.5), new(0.4, 0.5)])).Message, StringComparison.Ordinal);
        Assert.Throws<UnusableDataException>(() => WeibullFit.Of([new(0.5, 0.4), new(0.1, 0.2)]));
        Assert.Throws<UnusableDataException>(() => WeibullFit.Of([new(double.NaN, 0.4), new(0.1, 0.2)]));
    }

    [Fact]
    public void A_cell_that_failed_in_its_first_step_counts()
    {
        var fit = WeibullFit.Of([new(0, 0.1), new(0.1, 0.2), new(0.3, 0.4), new(0.5, 0.6)]);
        Assert.InRange(fit.Scale.Value, 0.25, 0.45);
        Assert.True(fit.Shape.Low > 0.3 && fit.Shape.High < 6);
    }
}
