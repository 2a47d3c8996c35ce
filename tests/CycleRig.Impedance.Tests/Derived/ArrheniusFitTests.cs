using CycleRig.Core.Quantities;
using CycleRig.Impedance.Derived;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Impedance.Tests.Derived;

/// <summary>Ta-doped garnet: 1 mS/cm at 30 °C, 0.385 eV, computed here from the law itself.</summary>
public sealed class ArrheniusFitTests
{
    private const double Boltzmann = 8.617333262e-5;
    private const double Ea = 0.385;

    private static readonly double[] Celsius = [0, 15, 30, 45, 60, 75, 90];

    [Fact]
    public void Points_on_the_law_give_its_energy_and_prefactor()
    {
        var fit = ArrheniusFit.Fit([.. Celsius.Select(celsius => Point(celsius))], ArrheniusForm.WithTemperature);
        Assert.Equal(Ea, fit.Energy.ElectronVolts, 1e-10);
        Assert.Equal(Math.Log(0.1 * 303.15) + (Ea / (Boltzmann * 303.15)), fit.LogPrefactor, 1e-8);
        Assert.Equal(1, fit.At(Temperature.FromCelsius(30)).MillisiemensPerCentimetre, 1e-9);
        Assert.All(fit.Residuals, residual => Assert.Equal(0, residual, 1e-10));
        Assert.Equal("", fit.Remark);
    }

    /// <summary>d ln σ = d ln(σ T) - d ln T: without T the slope is smaller by k times the mean T, 317 K as a mean and 314 K as a harmonic one: 0.0272 eV.</summary>
    [Fact]
    public void Without_the_temperature_the_energy_is_smaller_by_kT()
    {
        var fit = ArrheniusFit.Fit([.. Celsius.Select(celsius => Point(celsius))], ArrheniusForm.Plain);
        Assert.Equal(Ea - 0.0272, fit.Energy.ElectronVolts, 3e-4);
        Assert.Equal(1, fit.At(Temperature.FromCelsius(30)).MillisiemensPerCentimetre, 5e-3); // ln T is not quite straight in 1/T.
        Assert.Contains("from ln σ", fit.ToString(), StringComparison.Ordinal);
    }

    /// <summary>95 % of 600 is 570 ± 5.3: 93 to 97 % is 2.2 standard deviations of the count either way.</summary>
    [Theory]
    [InlineData(3, false)]
    [InlineData(5, false)]
    [InlineData(7, true)]
    public void The_interval_holds_the_truth_as_often_as_it_says(int count, bool weighted)
    {
        const int sets = 600;
        var random = new Random(20 + count);
        var inside = 0;
        for (var set = 0; set < sets; set++)
        {
            var points = Celsius[..count].Select((celsius, i) =>
            {
                var relative = weighted ? 0.01 * (1 + i) : 0.02;
                return Point(celsius, 1 + (relative * Gaussian.Draw(random)), weighted ? relative : 0);
            });
            var fit = ArrheniusFit.Fit([.. points], ArrheniusForm.WithTemperature);
            inside += fit.Low.ElectronVolts <= Ea && Ea <= fit.High.ElectronVolts ? 1 : 0;
        }

        Assert.InRange((double)inside / sets, 0.93, 0.97);
    }

    [Fact]
    public void A_point_that_was_not_settled_is_pointed_out()
    {
        var random = new Random(3);
        var points = Celsius.Select(celsius => Point(celsius, (1 + (0.003 * Gaussian.Draw(random))) * (celsius == 60 ? 0.9 : 1)));
        var fit = ArrheniusFit.Fit([.. points], ArrheniusForm.WithTemperature);
        Assert.Equal(4, fit.WorstPoint);
        Assert.Contains("60.00 °C lies -8", fit.Remark, StringComparison.Ordinal);
        Assert.Contains("settled?", fit.Remark, StringComparison.Ordinal);
    }

    /// <summary>The same conductor with 0.30 eV above 45 °C: as at a change of phase.</summary>
    [Fact]
    public void A_change_of_the_slope_is_pointed_out()
    {
        var random = new Random(4);
        var knee = 1 / (Boltzmann * 318.15);
        var points = Celsius.Select(celsius => Point(
            celsius, (1 + (0.003 * Gaussian.Draw(random))) * (celsius > 45 ? Math.Exp(0.085 * ((1 / (Boltzmann * (celsius + 273.15))) - knee)) : 1)));
        var fit = ArrheniusFit.Fit([.. points], ArrheniusForm.WithTemperature);
        Assert.True(fit.CurvaturePValue < 0.01);
        Assert.Contains("bend", fit.Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_that_scatter_evenly_have_no_remark()
    {
        double[] off = [0.01, -0.012, 0.008, -0.01, 0.012, -0.008, 0.005];
        var fit = ArrheniusFit.Fit([.. Celsius.Select((celsius, i) => Point(celsius, 1 + off[i]))], ArrheniusForm.WithTemperature);
        Assert.Equal("", fit.Remark);
    }

    [Fact]
    public void Three_points_tell_no_bend_and_no_stray()
    {
        var fit = ArrheniusFit.Fit([Point(0), Point(30, 1.01), Point(60)], ArrheniusForm.WithTemperature);
        Assert.Null(fit.WorstPoint);
        Assert.True(double.IsNaN(fit.CurvaturePValue));
        Assert.Equal("", fit.Remark);
    }

    [Fact]
    public void What_is_no_series_of_temperatures_is_refused()
    {
        Refused("2 temperatures", Point(0), Point(30));
        Refused("two points are at 30.00 °C", Point(0), Point(30), Point(30));
        Refused("the conductivity at 60.00 °C is 0 S/cm", Point(0), Point(30), Point(60, 0));
        Refused("some points have a standard error", Point(0), Point(30), Point(60, 1, 0.01));
        Refused("a point has the temperature", Point(0), Point(30), Point(60) with { Temperature = new(-1) });
    }

    private static void Refused(string message, params ArrheniusPoint[] points) =>
        Assert.Contains(message, Assert.Throws<UnusableDataException>(() => ArrheniusFit.Fit(points, ArrheniusForm.Plain)).Message, StringComparison.Ordinal);

    private static ArrheniusPoint Point(double celsius, double factor = 1, double relativeError = 0)
    {
        var kelvins = celsius + 273.15;
        var sigma = 0.1 * 303.15 / kelvins * Math.Exp(Ea / Boltzmann * ((1 / 303.15) - (1 / kelvins))) * factor;
        return new(new(kelvins), new(sigma), new(sigma * relativeError));
    }
}
