using System.Collections.Immutable;
using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Scheduling;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Scheduling;

public sealed class MeasuredOverheadTests
{
    [Theory]
    [InlineData(0.06)]
    [InlineData(0.31)]
    [InlineData(0)]
    public void It_is_what_lies_between_the_measurements_of_neighbours(double lost) =>
        Assert.Equal(lost, MeasuredOverhead.Seconds(Points(lost), 3, Plans.Instrument), 1e-9);

    [Fact]
    public void A_clock_that_jumps_or_stands_once_changes_nothing()
    {
        var points = Points(0.1);
        points = points.SetItem(4, points[4] with { TimeSeconds = double.NaN });
        points = [.. points.Select((point, i) => i < 9 ? point : point with { TimeSeconds = point.TimeSeconds + 500 })];
        Assert.Equal(0.1, MeasuredOverhead.Seconds(points, 3, Plans.Instrument), 1e-9);
    }

    [Fact]
    public void Where_the_times_say_nothing_it_is_what_the_instrument_says()
    {
        Assert.Equal(0.06, MeasuredOverhead.Seconds([], 3, Plans.Instrument), 1e-9);
        Assert.Equal(0.06, MeasuredOverhead.Seconds(Points(0.3)[..1], 3, Plans.Instrument), 1e-9);
        // Points whose times run backwards lose none.
        Assert.Equal(0, MeasuredOverhead.Seconds([.. Points(0.3).Reverse()], 3, Plans.Instrument));
    }

    /// <summary>From 1 MHz to 10 Hz; a measurement lasts three periods, at the least the instrument's 50 ms, and its time is its middle.</summary>
    private static ImmutableArray<SpectrumPoint> Points(double lost)
    {
        var time = 100.0;
        var points = ImmutableArray.CreateBuilder<SpectrumPoint>();
        for (var k = 0; k <= 20; k++)
        {
            var hertz = 1e6 * Math.Pow(10, -k / 4.0);
            var dwell = Math.Max(0.05, 3 / hertz);
            points.Add(new(hertz, 1000, -10, time + lost + (dwell / 2), 0, 30, 5));
            time += lost + dwell;
        }

        return points.ToImmutable();
    }
}
