using CycleRig.Core.Quantities;
using CycleRig.EarlyWarning.Forecasts;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Forecasts;

public sealed class ForecastTests
{
    private static readonly Pellet Pellet = new(Area.OfDisc(Length.FromMillimetres(2)), Length.FromMillimetres(1.2));
    private static readonly CurrentDensity Plating = CurrentDensity.FromMilliamperesPerSquareCentimetre(-0.5);

    private Forecast? _forecast;

    /// <summary>120 sweeps to 0.6 mAh/cm²: nothing to 0.2, then a gain that grows as the third power of the charge to a loss of 0.5 %.</summary>
    private static LossPoint[] Growing(double chargeTimes = 1, double chargePlus = 0) => [.. Enumerable.Range(0, 121).Select(index =>
    {
        var charge = 0.005 * index;
        var gain = 0.005 / 0.995 * Math.Pow(Math.Max(0, (charge - 0.2) / 0.4), 3);
        return new LossPoint((charge * chargeTimes) + chargePlus, gain / (1 + gain), 0.0001);
    })];

    /// <summary>
    /// The gain at the short is flat in its logarithm from a loss of 2 % to one of 35 %: nine tenths of it from 0.0240 to 0.457. The present
    /// gain of 0.00503 is a 0.209th and a 0.0110th of them; x³ ln(2L/a - 1)/(ln(2xL/a) - 1) is that at x = 0.577 and 0.203, by hand.
    /// </summary>
    [Fact]
    public void What_is_left_of_the_thickness_follows_from_the_loss_at_the_short()
    {
        var remaining = Forecast.Of(Growing(), Pellet, Plating)!.Remaining;
        Assert.Equal(1.2 * (1 - 0.577), remaining.Low.Millimetres, 0.02);
        Assert.Equal(1.2 * (1 - 0.203), remaining.High.Millimetres, 0.02);
    }

    [Fact]
    public void Time_is_charge_at_the_present_current_and_unknown_at_rest()
    {
        var forecast = Forecast.Of(Growing(), Pellet, Plating)!;
        Assert.Equal(forecast.Charge.Low.MilliampereHoursPerSquareCentimetre / 0.5, forecast.Time!.Value.Low.TotalHours, 1e-6);
        Assert.Equal(forecast.Charge.High.MilliampereHoursPerSquareCentimetre / 0.5, forecast.Time.Value.High.TotalHours, 1e-6);
        Assert.Null(Forecast.Of(Growing(), Pellet, default)!.Time);
    }

    /// <summary>Nothing in the laws has a charge of its own, and none knows where charge is counted from.</summary>
    [Fact]
    public void Charge_to_the_short_scales_with_the_charge_so_far_wherever_it_is_counted_from()
    {
        var once = Forecast.Of(Growing(), Pellet, Plating)!.Charge;
        var tenfold = Forecast.Of(Growing(chargeTimes: 10, chargePlus: 3), Pellet, Plating)!.Charge;
        Assert.Equal(10, tenfold.Low.CoulombsPerSquareMetre / once.Low.CoulombsPerSquareMetre, 0.5);
        Assert.Equal(10, tenfold.High.CoulombsPerSquareMetre / once.High.CoulombsPerSquareMetre, 0.5);
    }

    /// <summary>Two standard errors: a normal deviate is above that in 2.3 % of the draws.</summary>
    [Fact]
    public void Where_the_data_say_nothing_no_growth_is_seen()
    {
        var (draw, seen) = (new Random(3), 0);
        for (var run = 0; run < 2000; run++)
        {
            LossPoint[] noise = [.. Enumerable.Range(0, 40).Select(index => new LossPoint(0.02 * index, 0.001 * Gaussian.Draw(draw), 0.001))];
            seen += Forecast.Of(noise, Pellet, Plating) is null ? 0 : 1;
        }

        Assert.InRange(seen, 1, 70);
        Assert.Null(Forecast.Of([], Pellet, Plating));
        Assert.Null(Forecast.Of([new(0.1, 0.05, 0.001)], Pellet, Plating));
        Assert.Null(Forecast.Of([new(0.1, 0.05, 0.001), new(0.2, double.NaN, 0.001)], Pellet, Plating));
    }

    /// <summary>As the same metal shows 16 times less of itself, what is left is the same at a sixteenth of the loss.</summary>
    [Fact]
    public void A_large_electrode_is_judged_by_what_filaments_cost_there()
    {
        LossPoint[] faint = [.. Growing().Select(point => point with { Loss = Faint(point.Loss), LossSd = point.LossSd / 16 })];
        var large = Forecast.Of(faint, new(Area.OfDisc(Length.FromMillimetres(8)), Length.FromMillimetres(1.2)), Plating)!;
        Assert.Equal(Forecast.Of(Growing(), Pellet, Plating)!.Remaining.Low.Millimetres, large.Remaining.Low.Millimetres, 0.01);

        static double Faint(double loss) => FilamentLaw.LossOf(FilamentLaw.GainOf(loss) / 16);
    }

    [Fact]
    public void The_same_history_gives_the_same_forecast_and_allocates_no_more_than_it()
    {
        var history = Growing();
        var first = Forecast.Of(history, Pellet, Plating);
        var bytes = AllocatedBytes.Of(() => _forecast = Forecast.Of(history, Pellet, Plating));
        Assert.Equal(first, _forecast);
        Assert.Equal(AllocatedBytes.Of(() => _forecast = first! with { }), bytes);
    }
}
