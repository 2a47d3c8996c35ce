using CycleRig.EarlyWarning.Replay;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Replay;

public sealed class SweepReadingTests
{
    /// <summary>R_bulk is 2,460 Ω; in the valley the foot of the interface's arcs is in it, and noise of 0.2 %.</summary>
    [Fact]
    public void Each_sweep_is_read_when_it_is_known_to_be_over()
    {
        var recording = SyntheticRecording.Make(seed: 3, minutes: 8);
        var readings = SweepReading.InOrder(recording.Spectra(), SyntheticRecording.AreaSquareCentimetres).ToList();
        Assert.InRange(readings.Count, 7, 8); // The last may not be known to be over.
        Assert.All(readings, reading =>
        {
            Assert.True(reading.Reading.Valid, reading.Reading.WhyNotValid);
            Assert.InRange(reading.KnownSeconds, reading.Reading.EndSeconds, reading.Reading.EndSeconds + 60);
            Assert.InRange(reading.Reading.BulkOhms, 0.98 * 2460, 1.02 * 2460);
            Assert.InRange(reading.ValleyOhms, 2460, 1.5 * 2460);
        });
        Assert.Equal(readings.Select(reading => reading.KnownSeconds).Order(), readings.Select(reading => reading.KnownSeconds));
    }

    /// <summary>Between whole sweeps the sentinel ones: each is known with its own last point, and of a whole one what lies above 1 kHz before that.</summary>
    [Fact]
    public void Sentinel_sweeps_and_upper_parts_of_whole_ones_are_known_at_once()
    {
        const int learning = 9;
        var whole = SyntheticRecording.Make(seed: 4, minutes: 20);
        var sentinel = SyntheticRecording.Make(seed: 5, minutes: 20);
        // Every other sweep behind the learning is cut to a sentinel's range.
        var rows = whole.Rows.Where(row => row.Sweep < learning || row.Sweep % 2 == 0)
            .Concat(sentinel.Rows.Where(row => row.Sweep >= learning && row.Sweep % 2 == 1 && row.Point.FrequencyHz is > 1e3 and < 3e6));
        var recording = whole with { Rows = [.. rows.OrderBy(row => row.Sweep)] };
        var readings = SweepReading.InOrder(recording.Spectra(), SyntheticRecording.AreaSquareCentimetres).Where(reading => reading.KnownSeconds > 60 * (learning + 2)).ToList();
        Assert.All(readings, reading =>
        {
            Assert.True(reading.Reading.Valid, reading.Reading.WhyNotValid);
            Assert.InRange(reading.Reading.BulkOhms, 0.99 * 2460, 1.01 * 2460);
        });
        Assert.Equal([(true, true), (false, false), (false, true), (true, true), (false, false), (false, true)], readings[^6..].Select(reading => (reading.IsPart, reading.Reading.BulkOnly)));
        Assert.All(readings.Where(reading => !reading.IsPart), reading => Assert.Equal(reading.Reading.EndSeconds, reading.KnownSeconds));
        Assert.All(readings.Where(reading => reading.IsPart), reading => Assert.InRange(reading.KnownSeconds - reading.Reading.EndSeconds, 0, 0.1));
    }
}
