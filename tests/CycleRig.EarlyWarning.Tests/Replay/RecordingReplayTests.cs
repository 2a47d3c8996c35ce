using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Detection;
using CycleRig.EarlyWarning.Replay;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Replay;

public sealed class RecordingReplayTests
{
    private const double Area = 0.0314;
    private const double Amperes = -15.7e-6;

    [Fact]
    public void A_short_is_said_within_two_samples_and_nothing_comes_after_it()
    {
        var samples = Enumerable.Range(0, 300).Select(i => Sample(i, i < 200 ? -0.3 : -0.007)).ToList();
        var line = Assert.Single(Run(samples));
        Assert.Equal(("halt", "damage", "voltage_collapse"), (line.Level, line.Kind, line.Reason));
        Assert.Equal(201, line.TimeSeconds);
    }

    [Fact]
    public void Lost_pressure_is_an_interlock_and_no_press_is_none()
    {
        var samples = Enumerable.Range(0, 100).Select(i => Sample(i, -0.3) with { PressureMegapascals = i < 50 ? 5 : 1 }).ToList();
        Assert.Equal("interlock", Assert.Single(Run(samples)).Kind);
        Assert.Empty(Run(samples, pressure: 0));
    }

    [Fact]
    public void Current_without_spectra_is_blindness_after_ten_minutes()
    {
        var lines = Run([.. Enumerable.Range(0, 700).Select(i => Sample(i, -0.3))]);
        Assert.Equal(["watch", "halt"], lines.Select(line => line.Level));
        Assert.All(lines, line => Assert.Equal(("interlock", "blind", 601.0), (line.Kind, line.Reason, line.TimeSeconds)));
    }

    [Fact]
    public void What_was_said_up_to_a_time_does_not_change_when_the_rest_is_cut_off()
    {
        var samples = Enumerable.Range(0, 900).Select(i => Sample(i, i < 850 ? -0.3 : -0.007) with { PressureMegapascals = i < 300 ? 5 : 1 }).ToList();
        var whole = Run(samples);
        for (var cut = 0; cut < samples.Count; cut += 37)
            Assert.Equal(whole.Where(line => line.TimeSeconds < cut), Run(samples[..cut]));
    }

    private static IReadOnlyList<ReplayLine> Run(IReadOnlyList<Sample> samples, double pressure = 5) =>
        RecordingReplay.Run(samples, [], Area, pressure, 1.57e-6, DetectorSettings.Default);

    private static Sample Sample(int second, double volts) => new(second, Amperes, volts, 30, 5, Amperes * second);
}
