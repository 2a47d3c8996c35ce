using CycleRig.Core.Channels;
using CycleRig.Devices.Simulated.Instruments;
using CycleRig.Devices.Simulated.Tests.Cells;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Instruments;

public sealed class ChannelOutputTests
{
    [Fact]
    public void A_large_sine_is_distorted_in_the_samples_as_the_asinh_law_says()
    {
        // Two interfaces V0 asinh(I R/V0): the mean over the phases of V(I0 + a sin) is V(I0) + V''(I0) a²/4, V'' = -R² x/(V0 (1 + x²)^1.5).
        var cell = TestCells.Untreated(1);
        TestCells.Advance(cell, 60, 0);
        var (direct, sine) = (TestCells.Amperes(cell, -0.5), TestCells.Amperes(cell, 0.2));
        var expected = (Curvature(cell.Recipe.WorkingShare) + Curvature(1 - cell.Recipe.WorkingShare)) * sine * sine / 4;
        var running = RunningSegment.Begin(ChannelBench.Segment(1000) with { Current = new(direct), Sweep = new SegmentSweep(1, [1e-3], sine, 0, 3) }, 0);
        running.PointBeganSeconds = 0;
        var output = new ChannelOutput(cell, null, 12);
        // One whole period of 1000 s in equal steps: the sine itself has no mean.
        var mean = Enumerable.Range(0, 1000).Average(second => output.Sine(running, second).Volts);
        Assert.Equal(expected, mean, 0.1 * Math.Abs(expected));

        double Curvature(double share)
        {
            var (ohms, volts) = (cell.InterfaceOhms * share, cell.Recipe.InterfaceVolts);
            var x = direct * ohms / volts;
            return -ohms * ohms * x / (volts * Math.Pow(1 + (x * x), 1.5));
        }
    }

    [Fact]
    public void A_sine_above_30_Hz_is_averaged_away_in_the_samples()
    {
        var cell = TestCells.Untreated(1);
        TestCells.Advance(cell, 60, 0);
        var running = RunningSegment.Begin(ChannelBench.Sweeping(1000, 31), 0);
        running.PointBeganSeconds = 0;
        Assert.Equal((0, 0), new ChannelOutput(cell, null, 12).Sine(running, 1));
    }

    [Fact]
    public void Below_30_Hz_it_is_a_tone_that_the_interval_of_the_samples_aliases()
    {
        var cell = TestCells.Untreated(1);
        TestCells.Advance(cell, 60, 0);
        var running = RunningSegment.Begin(ChannelBench.Sweeping(1000, 10.1), 0);
        running.PointBeganSeconds = 5;
        var output = new ChannelOutput(cell, null, 12);
        // 10.1 Hz looked at ten times a second is 0.1 Hz; before the point begins there is no sine.
        Assert.Equal(0, output.Sine(running, 4.9).Amperes);
        foreach (var step in Enumerable.Range(0, 100))
            Assert.Equal(1.57e-6 * Math.Sin(2 * Math.PI * 0.1 * step / 10), output.Sine(running, 5 + (step / 10.0)).Amperes, 1e-12);
    }

    [Fact]
    public void What_the_instrument_cannot_drive_is_cut_off_in_a_sweep_too()
    {
        var cell = TestCells.Untreated(1);
        TestCells.Advance(cell, 60, 0);
        var running = RunningSegment.Begin(ChannelBench.Segment(1000) with { Current = new(0), Sweep = new SegmentSweep(1, [1.0], 1e-3, 0, 3) }, 0);
        var (ohms, sine) = new ChannelOutput(cell, null, 12).Response(running, 1);
        Assert.Equal(12, ohms.Magnitude * sine, 1e-6);
    }
}
