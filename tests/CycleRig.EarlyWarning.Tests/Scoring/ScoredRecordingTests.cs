using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Replay;
using CycleRig.EarlyWarning.Scoring;
using CycleRig.Impedance.Cells;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Scoring;

/// <summary>Two hours under 0.5 mA/cm² with a sweep a minute; the loss begins at 3,600 s and grows by 40 % an hour.</summary>
public sealed class ScoredRecordingTests
{
    private const double Onset = 3600;

    private static readonly RecordedCurrent Current = new(Enumerable.Range(0, 7201).Select(t => new Sample(t, -0.5e-3, -0.3, 30, 5, 0)), areaSquareCentimetres: 1);
    private static readonly SweepReading[] Readings = [.. Enumerable.Range(1, 120).Select(k => new SweepReading(
        60 * k, new CellReading { Valid = true, EndSeconds = 60 * k, BulkRelativeSd = 0.0015, TemperatureCelsius = 30 }, double.NaN))];

    private static readonly RecordingTruth Truth = new(
        "dendrite", Onset, null, 7000, 0, 7000, [.. Enumerable.Range(1, 120).Select(k => new SweepLoss(60 * k, 0.4 / 3600 * Math.Max(0, (60 * k) - Onset)))], 0, 500);

    /// <summary>90 s of white noise alone by the formula of docs/early-warning.md, met within a sweep.</summary>
    [Fact]
    public void Hours_end_with_the_onset_and_the_bound_falls_behind_it()
    {
        var scored = Of(Truth);
        Assert.Equal(1, scored.Hours, 1e-9);
        Assert.InRange(scored.BoundSeconds!.Value, Onset + 60, Onset + 150);
        Assert.True(scored.IsForeseeable, "the short is an hour away");
        Assert.Equal(0.5, scored.MilliamperesPerSquareCentimetre, 1e-9);
    }

    [Fact]
    public void Without_an_onset_hours_end_with_the_short_and_else_with_the_recording()
    {
        var sudden = Of(Truth with { OnsetSeconds = null });
        Assert.Equal(7000 / 3600.0, sudden.Hours, 1e-9);
        Assert.Equal((null, true), (sudden.BoundSeconds, sudden.IsSudden));
        Assert.Equal(2, Of(Truth with { OnsetSeconds = null, ShortSeconds = null }).Hours, 1e-9);
    }

    /// <summary>A wander of 1 K (4.5 % of R_bulk) hides a fall of 1 % a minute for longer than one of 0 K.</summary>
    [Fact]
    public void A_wander_that_is_not_known_is_assumed_and_a_larger_one_puts_the_bound_off()
    {
        Assert.False(Of(Truth).IsWanderAssumed);
        Assert.True(Of(Truth with { TemperatureWanderSeconds = null }).IsWanderAssumed, "15 mK and 500 s");
        Assert.True(Of(Truth with { TemperatureWanderKelvins = 1 }).BoundSeconds > Of(Truth).BoundSeconds, "1 K");
    }

    private static ScoredRecording Of(RecordingTruth truth) => ScoredRecording.Of(truth, Current, Readings, diameterMillimetres: 2, activationElectronVolts: 0.39);
}
