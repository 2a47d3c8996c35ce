using CycleRig.Core.Cells;
using CycleRig.Core.Quantities;
using CycleRig.EarlyWarning.Forecasts;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Forecasts;

public sealed class OutlookTests
{
    private const double Noise = 0.0015;

    private static readonly Pellet Pellet = new(Area.OfDisc(Length.FromMillimetres(2)), Length.FromMillimetres(1.2));
    private static readonly CurrentDensity Plating = CurrentDensity.FromMilliamperesPerSquareCentimetre(-0.5);

    /// <summary>A sweep a minute at 0.5 mA/cm²; R_int falls in the first 20; from the 60th on R_bulk falls with the third power to 4 % at the 120th.</summary>
    private static JudgedSweep[] Sweeps(int count, double statistic, double density = -0.5)
    {
        var draw = new Random(1);
        return [.. Enumerable.Range(0, count).Select(minute => new JudgedSweep(
            60 * minute, 0.5 * minute / 60, density,
            2460 * (1 + (0.01 * Math.Exp(-minute / 6.0))) * (1 - (0.04 * Math.Pow(Math.Max(0, (minute - 60) / 60.0), 3))) * (1 + (Noise * Gaussian.Draw(draw))),
            16_000 * (1 + (3 * Math.Exp(-minute / 6.0))), statistic, statistic > 0 ? 60 * 70 : double.NaN))];
    }

    private static Outlook Of(JudgedSweep[] sweeps, Surface surface = Surface.Untreated) => Outlook.Of(sweeps, (Material.Llzto, surface), Pellet, Plating);

    [Fact]
    public void Growth_that_the_detector_saw_is_forecast()
    {
        var forecast = Of(Sweeps(120, 12)).Forecast!;
        // Of the law that made it, with a loss of 2 to 35 % at the short, 4 % now: the cube root of up to 12.9 times the gain, 0.5 mAh/cm² after the onset.
        Assert.InRange(forecast.Charge.High.MilliampereHoursPerSquareCentimetre, 0.5, 4);
        Assert.InRange(forecast.Charge.Low.MilliampereHoursPerSquareCentimetre, 0, 0.1);
        Assert.NotNull(forecast.Time);
    }

    /// <summary>R_bulk falls by the constriction of a contact that improves, and the detector has not seen more than that.</summary>
    [Fact]
    public void Better_contact_is_no_growth()
    {
        Assert.Null(Of(Sweeps(50, 1.9)).Forecast);
        // Nor if it had: what is left of the history once R_int has settled shows no loss.
        Assert.Null(Of(Sweeps(50, 3)).Forecast);
        Assert.Equal("forecast: no growth seen", Of(Sweeps(50, 1.9)).Lines().First());
    }

    /// <summary>Median of second differences of 118 sweeps: the noise within some 15 %, whatever the trend.</summary>
    [Fact]
    public void Noise_is_measured_from_the_sweeps_and_assumed_before()
    {
        var outlook = Of(Sweeps(120, 12));
        Assert.True(outlook.IsNoiseMeasured);
        Assert.Equal(Noise, outlook.Noise, 0.25 * Noise);
        Assert.Equal(0.001, Of([]).Noise);
        Assert.False(Of(Sweeps(5, 0)).IsNoiseMeasured);
        Assert.Contains("assumed to scatter by 0.1 %: one filament from 0.37 mm", Of([]).Lines().ElementAt(1), StringComparison.Ordinal);
    }

    /// <summary>16,000 Ω on 0.0314 cm² are 503 Ω cm², so 25 mA/cm² at 0.5; before a sweep the worst of the surface counts.</summary>
    [Fact]
    public void Risk_takes_the_newest_interface_that_was_measured()
    {
        Assert.Equal(25.1, Of(Sweeps(120, 0)).Risk!.Local.High.MilliamperesPerSquareCentimetre, 0.1);
        Assert.Equal(100, Of([]).Risk!.Local.High.MilliamperesPerSquareCentimetre, 1e-6);
        Assert.Equal(1.25, Of([], Surface.AcidTreated).Risk!.Local.High.MilliamperesPerSquareCentimetre, 1e-6);
        Assert.Null(Outlook.Of([], (Material.Llzto, Surface.Untreated), Pellet, default).Risk);
    }

    [Fact]
    public void Sweeps_at_rest_between_steps_have_a_history_of_their_own()
    {
        var rest = Of(Sweeps(120, 12, density: 0)).Forecast!;
        Assert.Null(rest.Time);
        Assert.Equal(Of(Sweeps(120, 12)).Forecast!.Charge, rest.Charge);
    }
}
