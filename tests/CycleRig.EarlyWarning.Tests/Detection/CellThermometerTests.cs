using CycleRig.EarlyWarning.Detection;
using CycleRig.Testing;
using CycleRig.Impedance.Cells;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Detection;

/// <summary>A cell of 0.39 and 0.47 eV, a sweep a minute, R_bulk known to 0.1 % and R_int to 0.3 %; 20 seeds.</summary>
public sealed class CellThermometerTests
{
    private const double Boltzmann = 8.617333e-5;

    [Fact]
    public void It_tells_kelvins_that_the_thermometer_does_not_show() => Assert.All(Enumerable.Range(1, 20), seed =>
    {
        var said = Said(seed, minute => 0.01 * minute, _ => 0, _ => 0, 0);
        Assert.InRange(said.Kelvins - 0.6, -4 * said.Sd, 4 * said.Sd);
        Assert.InRange(said.Sd, 0.01, 0.1);
        Assert.InRange(said.InterfaceKelvins - 0.6, -4 * said.InterfaceSd, 4 * said.InterfaceSd);
        Assert.True(said.IsResting);
    });

    [Fact]
    public void A_chamber_that_the_thermometer_shows_is_none_of_them() => Assert.All(Enumerable.Range(1, 20), seed =>
    {
        var said = Said(seed, minute => 0.02 * minute, minute => 0.02 * minute, _ => 0, 0);
        Assert.InRange(said.Kelvins, -4 * said.Sd, 4 * said.Sd);
    });

    [Fact]
    public void Metal_looks_warm_in_the_bulk_alone() => Assert.All(Enumerable.Range(1, 20), seed =>
    {
        var said = Said(seed, _ => 0, _ => 0, minute => 0.0005 * minute, -15.7e-6);
        Assert.InRange(said.Kelvins, 0.4, 0.9); // 3 % at 4.5 % a kelvin.
        Assert.InRange(said.InterfaceKelvins, -4 * said.InterfaceSd, 4 * said.InterfaceSd);
        Assert.False(said.IsResting);
    });

    [Fact]
    public void A_step_of_a_lead_begins_a_new_reference()
    {
        var (before, after) = (Said(1, _ => 0, _ => 0, _ => 0, 0), Said(1, _ => 0, _ => 0, minute => minute < 30 ? 0 : 0.05, 0));
        Assert.Equal(before.Epoch + 1, after.Epoch);
        Assert.InRange(after.Kelvins, -0.1, 0.1);
    }

    private static NeighbourTemperature Said(int seed, Func<int, double> kelvins, Func<int, double> shown, Func<int, double> loss, double amperes)
    {
        var (draw, last) = (new Random(seed), (CellThermometer?)null);
        for (var minute = 0; minute <= 60; minute++)
        {
            var kelvin = 303.15 + kelvins(minute);
            var inverse = ((1 / kelvin) - (1 / 303.15)) / Boltzmann;
            var lagMinutes = ThermalLag.Seconds / 60; // The chamber is as far ahead of the cell.
            var reading = new CellReading
            {
                Valid = true, BulkRelativeSd = 0.001, InterfaceRelativeSd = 0.003, TimeSeconds = minute * 60, EndSeconds = (minute * 60) + 30, CurrentAmperes = amperes,
                BulkOhms = 2460 * kelvin / 303.15 * Math.Exp(0.39 * inverse) * (1 - loss(minute)) * (1 + (0.001 * Gaussian.Draw(draw))),
                InterfaceOhms = 16_000 * Math.Exp(0.47 * inverse) * (1 + (0.003 * Gaussian.Draw(draw))),
                TemperatureCelsius = 30 + shown(minute) + (minute == 0 ? 0 : (shown(1) - shown(0)) * lagMinutes) + (0.003 * Gaussian.Draw(draw)),
            };
            last = CellThermometer.Next(last, DetectorState.Initial with { Scatter = 1 }, reading, DetectorSettings.Default);
        }

        return last!.Said("cell", DetectorSettings.Default);
    }
}
