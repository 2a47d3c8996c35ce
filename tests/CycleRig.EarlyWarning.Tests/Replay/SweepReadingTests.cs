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
}
