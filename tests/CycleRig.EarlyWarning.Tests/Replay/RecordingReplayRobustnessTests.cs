using CsCheck;
using CycleRig.Core.Evidence;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Replay;

/// <summary>Files as they come: nothing throws, and a healthy cell is never called damaged.</summary>
public sealed class RecordingReplayRobustnessTests
{
    private const int Minutes = 40;

    [Fact]
    public void The_order_of_rows_in_the_files_does_not_matter() => Gen.Int[1, 1000].Sample(
        seed =>
        {
            var recording = SyntheticRecording.Make(seed, Minutes, onsetMinute: 15);
            var draw = new Random(seed);
            var samples = recording.Samples.ToArray();
            var rows = recording.Rows.ToArray();
            draw.Shuffle(samples);
            draw.Shuffle(rows);
            Assert.Equal(recording.Replay(), new SyntheticRecording([.. samples], [.. rows]).Replay());
        },
        iter: 5);

    [Fact]
    public void Missing_rows_and_values_that_are_no_numbers_are_no_damage() => Gen.Select(Gen.Int[1, 1000], Gen.Double[0, 0.5]).Sample(
        (seed, share) =>
        {
            var draw = new Random(seed);
            var healthy = SyntheticRecording.Make(seed, Minutes);
            AssertHealthy(new(
                [.. healthy.Samples.Where(_ => draw.NextDouble() > share).Select(sample => Spoilt(sample, share * 0.2, draw))],
                [.. healthy.Rows.Where(_ => draw.NextDouble() > share).Select(row => (row.Sweep, Spoilt(row.Point, share * 0.2, draw)))]));
        },
        iter: 25);

    [Fact]
    public void A_clock_that_jumps_is_no_damage() => Gen.Select(Gen.Int[1, 1000], Gen.Double[0, Minutes * 60], Gen.OneOf(Gen.Double[-300, 300], Gen.Double[-5000, 5000])).Sample(
        (seed, from, jump) =>
        {
            var healthy = SyntheticRecording.Make(seed, Minutes);
            double Jumped(double seconds) => seconds < from ? seconds : seconds + jump;
            AssertHealthy(new(
                [.. healthy.Samples.Select(sample => sample with { TimeSeconds = Jumped(sample.TimeSeconds) })],
                [.. healthy.Rows.Select(row => (row.Sweep, row.Point with { TimeSeconds = Jumped(row.Point.TimeSeconds) }))]));
        },
        iter: 40);

    [Fact]
    public void Sweeps_of_one_frequency_or_of_none_that_carry_the_bulk_are_blindness()
    {
        var healthy = SyntheticRecording.Make(1, 15);
        foreach (var change in new Func<double, double>[] { _ => 1e4, f => f < 5e6 ? f * 1e-4 : f, _ => double.NaN })
        {
            var changed = healthy with { Rows = [.. healthy.Rows.Select(row => (row.Sweep, row.Point with { FrequencyHz = change(row.Point.FrequencyHz) }))] };
            Assert.All(changed.Replay(), line => Assert.Equal(("interlock", "blind"), (line.Kind, line.Reason)));
            Assert.Equal("halt", changed.Replay()[^1].Level);
        }
    }

    private static void AssertHealthy(SyntheticRecording recording) => Assert.DoesNotContain(recording.Replay(), line => line is { Level: "halt", Kind: "damage" });

    private static Sample Spoilt(Sample sample, double share, Random draw) => draw.NextDouble() > share ? sample : draw.Next(5) switch
    {
        0 => sample with { Volts = double.NaN },
        1 => sample with { CurrentAmperes = double.NaN },
        2 => sample with { TimeSeconds = double.NaN },
        3 => sample with { PressureMegapascals = double.NaN },
        _ => sample with { TemperatureCelsius = double.NaN },
    };

    private static SpectrumPoint Spoilt(SpectrumPoint point, double share, Random draw) => draw.NextDouble() > share ? point : draw.Next(6) switch
    {
        0 => point with { RealOhms = double.NaN },
        1 => point with { ImaginaryOhms = double.NaN },
        2 => point with { TemperatureCelsius = double.NaN },
        3 => point with { CurrentAmperes = double.NaN },
        4 => point with { FrequencyHz = double.NaN },
        _ => point with { RealOhms = 1e9, ImaginaryOhms = -1e9 }, // Saturated.
    };
}
