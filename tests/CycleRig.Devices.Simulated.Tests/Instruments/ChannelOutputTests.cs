using CycleRig.Core.Channels;
using CycleRig.Devices.Simulated.Draws;
using CycleRig.Devices.Simulated.Instruments;
using CycleRig.Devices.Simulated.Tests.Cells;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Instruments;

public sealed class ChannelOutputTests
{
    private const int Count = 40_000;

    [Fact]
    public void A_large_sine_is_distorted_in_the_samples_as_the_asinh_law_says()
    {
        // Two interfaces V0 asinh(I R/V0): the mean over the phases of V(I0 + a sin) is V(I0) + V''(I0) a²/4, V'' = -R² x/(V0 (1 + x²)^1.5).
        var cell = TestCells.Untreated(1);
        TestCells.Advance(cell, 60, 0);
        var (direct, sine) = (TestCells.Amperes(cell, -0.5), TestCells.Amperes(cell, 0.2));
        var expected = (Curvature(cell.Recipe.WorkingShare) + Curvature(1 - cell.Recipe.WorkingShare)) * sine * sine / 4;
        var running = new RunningSegment
        {
            Segment = ChannelBench.Segment(1000) with { Current = new(direct), Sweep = new SegmentSweep(1, [1e-3], sine, 0, 3) },
        };
        var (output, phase) = (new ChannelOutput(cell, null, 12), new Draw(1, "phase"));
        var mean = Enumerable.Range(0, Count).Average(_ => output.Sine(running, phase).Volts);
        // The mean of the sine itself over random phases has a standard error of its amplitude over √(2 N).
        var amplitude = sine * cell.Impedance(1e-3, direct).Magnitude;
        Assert.True(Math.Abs(expected) > 10 * amplitude / Math.Sqrt(2.0 * Count), "the distortion stands out of the scatter");
        Assert.Equal(expected, mean, (5 * amplitude / Math.Sqrt(2.0 * Count)) + (0.1 * Math.Abs(expected)));

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
        var running = new RunningSegment { Segment = ChannelBench.Sweeping(1000, 31) };
        Assert.Equal((0, 0), new ChannelOutput(cell, null, 12).Sine(running, new(1, "phase")));
    }
}
