using System.Globalization;
using CycleRig.Core.Quantities;
using CycleRig.EarlyWarning.Forecasts;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Forecasts;

/// <summary>
/// Whether intervals of 90 % hold the truth in 90 % of the cells that are not drawn by the forecast's own laws. Each short comes within the
/// record by construction: none is censored. Cells whose loss is not seen before the short are counted and not forecast.
/// </summary>
public sealed class ForecastCoverageTests
{
    private const int Cells = 3000;
    private const double DetectedSigmas = 5;

    private static readonly Pellet Pellet = new(Area.OfDisc(Length.FromMillimetres(2)), Length.FromMillimetres(1.2));

    [Fact]
    public void Nine_of_ten_shorts_come_within_the_interval()
    {
        var tallies = new SortedDictionary<string, Tally>(StringComparer.Ordinal);
        var unseen = 0;
        for (var seed = 0; seed < Cells; seed++)
        {
            var cell = new GrowthHistory(seed);
            LossPoint[] sweeps = [.. cell.Sweeps()];
            var detected = Detected(sweeps);
            if (detected > sweeps.Length)
            {
                unseen++;
                continue;
            }

            // Moments that do not know the short: one at a fixed share of the way would.
            var draw = new Random(seed);
            foreach (var (when, part) in new[] { ("at detection", 0.0), ("soon after", draw.NextDouble() / 2), ("later", (1 + draw.NextDouble()) / 2) })
                Judge(cell, sweeps.AsSpan(0, detected + (int)(part * (sweeps.Length - detected))), when, tallies);
        }

        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine($"{Cells} cells, seeds 0 to {Cells - 1}; {unseen} not seen before the short");
        foreach (var (name, tally) in tallies)
            output.WriteLine($"{name}: {tally}");
        Assert.InRange(unseen, 0, Cells / 20);
        Assert.All(tallies.Where(entry => !entry.Key.StartsWith(' ')), entry =>
        {
            Assert.InRange(entry.Value.Charge, 0.85, 0.95);
            Assert.InRange(entry.Value.Time, 0.85, 0.95);
        });
        // Of the depth over all moments: close to the short its interval is too wide.
        Assert.InRange(tallies["all"].Depth, 0.85, 0.95);
    }

    private static void Judge(GrowthHistory cell, ReadOnlySpan<LossPoint> seen, string when, SortedDictionary<string, Tally> tallies)
    {
        var forecast = Forecast.Of(seen, Pellet, CurrentDensity.FromMilliamperesPerSquareCentimetre(-cell.Density));
        Assert.NotNull(forecast);
        var left = cell.Short - seen[^1].Charge;
        foreach (var name in new[] { "all", when, $" {cell.Name}, {when}" })
        {
            if (!tallies.TryGetValue(name, out var tally))
                tallies[name] = tally = new();
            tally.Add(forecast, left, left / cell.Density, 1.2 * (1 - cell.At(seen[^1].Charge).Depth));
        }
    }

    /// <summary>Sweeps until the mean of the newest five is five of its standard deviations.</summary>
    private static int Detected(LossPoint[] sweeps)
    {
        for (var count = 6; count <= sweeps.Length; count++)
        {
            if (sweeps[(count - 5)..count].Average(point => point.Loss) > DetectedSigmas * sweeps[0].LossSd / Math.Sqrt(5))
                return count;
        }

        return sweeps.Length + 1;
    }

    private sealed class Tally
    {
        private int _count, _charge, _time, _depths, _depth, _below;
        private readonly List<double> _width = [];

        public double Charge => (double)_charge / _count;

        public double Time => (double)_time / _count;

        public double Depth => (double)_depth / _depths;

        public void Add(Forecast forecast, double charge, double hours, double left)
        {
            _count++;
            var (low, high) = (forecast.Charge.Low.MilliampereHoursPerSquareCentimetre, forecast.Charge.High.MilliampereHoursPerSquareCentimetre);
            _charge += charge >= low && charge <= high ? 1 : 0;
            _below += charge < low ? 1 : 0;
            _time += hours >= forecast.Time!.Value.Low.TotalHours && hours <= forecast.Time.Value.High.TotalHours ? 1 : 0;
            _width.Add(high / low);
            if (double.IsNaN(left))
                return;
            _depths++;
            _depth += left >= forecast.Remaining.Low.Millimetres && left <= forecast.Remaining.High.Millimetres ? 1 : 0;
        }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"n = {_count}, charge {Charge:P1} (sooner {(double)_below / _count:P1}), time {Time:P1}, depth {Depth:P1}, upper end {_width.Order().ElementAt(_width.Count / 2):F1} times the lower");
    }
}
