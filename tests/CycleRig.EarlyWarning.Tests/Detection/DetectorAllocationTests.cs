using System.Collections.Immutable;
using CycleRig.EarlyWarning.Detection;
using CycleRig.Impedance.Cells;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Detection;

/// <summary>
/// A detector update allocates nothing beyond its result. Counted are the bytes of this thread; the result is measured by copying it:
/// the assessment, the state, the evidence, the detail, and the arrays of the track and the hypotheses where they are new.
/// </summary>
public sealed class DetectorAllocationTests
{
    private readonly object?[] _kept = new object?[6];
    private Assessment? _assessment;

    [Theory]
    [InlineData("plating")]
    [InlineData("resting")]
    [InlineData("unusable")]
    public void An_update_allocates_its_result_and_nothing_else(string kind)
    {
        // Twice past the bound of the track, so that learning, judging and thinning are all met. The first round warms up.
        for (var round = 0; round < 2; round++)
        {
            var (state, draw) = (DetectorState.Initial, new Random(1));
            for (var minute = 0; minute < 2 * Detector.Remembered; minute++)
            {
                state = Detector.Assess(state, Plating(minute, draw), DetectorSettings.Default).Next;
                var (update, result) = Bytes(state, Reading(kind, minute, draw));
                if (round == 1)
                    Assert.Equal(result, update);
            }
        }
    }

    private (long Update, long Result) Bytes(DetectorState state, CellReading reading)
    {
        var update = AllocatedBytes.Of(() => _assessment = Detector.Assess(state, reading, DetectorSettings.Default));
        var assessment = _assessment!;
        var (track, rest) = (assessment.Next.Track, assessment.Next.RestTrack);
        var copied = track != state.Track ? track : rest != state.RestTrack ? rest : default;
        return (update, AllocatedBytes.Of(() => Copy(assessment, copied)));
    }

    /// <summary>Copies what a result consists of; the field keeps the copies from being optimised away.</summary>
    private void Copy(Assessment assessment, ImmutableArray<TrackPoint> newTrack)
    {
        _kept[0] = assessment with { };
        _kept[1] = assessment.Next with { };
        _kept[2] = new string(assessment.Detail.AsSpan());
        _kept[3] = newTrack.IsDefault ? null : newTrack.AsSpan().ToArray();
        _kept[4] = assessment.Evidence is { } evidence ? evidence with { } : null;
        _kept[5] = assessment.Evidence is { Hypotheses.IsEmpty: false } ranked ? ranked.Hypotheses.AsSpan().ToArray() : null;
    }

    private static CellReading Reading(string kind, int minute, Random draw) => kind switch
    {
        "plating" => Plating(minute + 0.5, draw),
        "resting" => Plating(minute + 0.5, draw) with { CurrentAmperes = 0 },
        _ => new() { Valid = false, WhyNotValid = "3 usable points" },
    };

    /// <summary>A fall that becomes a halt in the middle: the longest details and every level are met.</summary>
    private static CellReading Plating(double minute, Random draw) => new()
    {
        Valid = true,
        BulkOhms = 2460 * (1 - (0.0005 * Math.Max(0, minute - Detector.Remembered))) * (1 + (0.003 * (draw.NextDouble() - 0.5))),
        BulkRelativeSd = 0.0015,
        InterfaceOhms = 16_000,
        InterfaceRelativeSd = 0.003,
        TimeSeconds = minute * 60,
        EndSeconds = (minute * 60) + 30,
        TemperatureCelsius = 30 + (0.003 * draw.NextDouble()),
        PressureMegapascals = 5,
        CurrentAmperes = -15.7e-6,
    };
}
