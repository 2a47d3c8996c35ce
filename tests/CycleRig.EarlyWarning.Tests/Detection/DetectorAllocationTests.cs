using CycleRig.EarlyWarning.Detection;
using CycleRig.Impedance.Cells;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Detection;

/// <summary>An update of the detector allocates little beside the state that it gives back: each signature is an array and its share of one.</summary>
public sealed class DetectorAllocationTests
{
    [Fact]
    public void An_update_allocates_the_state_that_it_gives_and_a_few_kilobytes()
    {
        var (state, draw) = (DetectorState.Initial, new Random(1));
        for (var minute = 0; minute < 500; minute++)
        {
            Assessment? assessment = null;
            var reading = Reading(minute, draw);
            var before = state;
            var bytes = AllocatedBytes.Of(() => assessment = Detector.Assess(before, reading, DetectorSettings.Default));
            state = assessment!.Next;
            var result = state.Signatures.Length * ((9 * sizeof(double)) + 24 + 96);
            if (minute > 10)
                Assert.InRange(bytes, 1, result + 4096);
        }
    }

    private static CellReading Reading(int minute, Random draw) => new()
    {
        Valid = true, BulkOhms = 2460 * (1 + (0.003 * (draw.NextDouble() - 0.5))), BulkRelativeSd = 0.0015, InterfaceOhms = 16_000, InterfaceRelativeSd = 0.003,
        TimeSeconds = minute * 60, EndSeconds = (minute * 60) + 30, TemperatureCelsius = 30 + (0.003 * draw.NextDouble()), PressureMegapascals = 5,
        CurrentAmperes = -15.7e-6,
    };
}
