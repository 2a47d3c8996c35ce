using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Replay;
using CycleRig.EarlyWarning.Scoring;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Scoring;

/// <summary>Two hours at 0.5 mA/cm², a sample each 10 s; the loss begins at 3,600 s, could be told at 4,200 s, and the cell shorts at 7,200 s.</summary>
public sealed class RecordingScoreTests
{
    private static readonly RecordedCurrent Current = new(Enumerable.Range(0, 741).Select(k => new Sample(10 * k, -0.5e-3, -0.3, 30, 5, 0)), areaSquareCentimetres: 1);
    private static readonly ScoredRecording Dendrite = new("dendrite", 0.5, 2, 1, OnsetSeconds: 3600, ShortSeconds: 7200, BoundSeconds: 4200, FallPercentPerHour: null, IsWanderAssumed: false);
    private static readonly ScoredRecording Sound = Dendrite with { Class = "contact", OnsetSeconds = null, ShortSeconds = null, BoundSeconds = null };
    private static readonly ScoredRecording Sudden = Sound with { Class = "sudden-short", ShortSeconds = 5000 };

    [Fact]
    public void A_halt_between_onset_and_short_is_measured_against_both()
    {
        var score = Of(Dendrite, Halt(5400));
        Assert.True(score.IsDetected);
        Assert.Equal(0.5, score.LeadFraction, 1e-12);
        Assert.Equal(3, score.DelayOverBound!.Value, 1e-12);
        Assert.Equal(0.25, score.ChargeMilliampereHoursPerSquareCentimetre!.Value, 1e-12);
        Assert.Equal((0, false, false), (score.FalseHalts, score.IsInTime, score.IsSilent));
    }

    [Theory]
    [InlineData(3599, false, 1)]
    [InlineData(3600, true, 0)]
    [InlineData(7140, true, 0)]
    [InlineData(7141, false, 0)]
    public void It_detects_from_the_onset_to_a_minute_before_the_short(double halt, bool detected, int falseHalts)
    {
        var score = Of(Dendrite, Halt(halt));
        Assert.Equal((detected, falseHalts), (score.IsDetected, score.FalseHalts));
        Assert.Equal(detected ? (7200 - halt) / 3600 : 0, score.LeadFraction, 1e-12);
        Assert.Equal(detected, score.DelayOverBound is not null);
    }

    [Fact]
    public void Nobody_can_do_better_than_to_act_at_the_bound_or_where_there_is_none_with_the_short()
    {
        var ideal = RecordingScore.Ideal(Dendrite, Current);
        Assert.Equal((true, 3000.0 / 3600, 1.0), (ideal.IsDetected, ideal.LeadFraction, ideal.DelayOverBound));
        Assert.True(RecordingScore.Ideal(Sudden, Current).IsInTime);
        // A bound that comes later than a minute before the short is of no use.
        Assert.True(RecordingScore.Ideal(Dendrite with { BoundSeconds = 7190 }, Current) is { IsDetected: false, IsSilent: false, IsInTime: true });
        Assert.Equal(new(0, 0, false, 0, null, null, false, false), RecordingScore.Ideal(Sound, Current));
    }

    [Fact]
    public void A_false_halt_spoils_the_recording_whatever_comes_later()
    {
        var score = Of(Dendrite, Halt(3000), Halt(5400));
        Assert.Equal((1, false, 0, false), (score.FalseHalts, score.IsDetected, score.LeadFraction, score.IsSilent));
        Assert.Null(score.ChargeMilliampereHoursPerSquareCentimetre);
    }

    [Fact]
    public void Warnings_watches_and_interlocks_detect_nothing_and_only_warnings_are_false_alarms()
    {
        ReplayLine[] lines = [new(10, "halt", "interlock", "blind"), new(20, "watch", "damage", "d"), new(30, "warning", "damage", "d"), new(5400, "warning", "damage", "d")];
        var score = Of(Dendrite, lines);
        Assert.Equal((0, 1, false, true), (score.FalseHalts, score.FalseWarnings, score.IsDetected, score.IsSilent));
    }

    /// <summary>At 0 and 1,800 s one; 1,801 begins another, which has 3,600 s in it.</summary>
    [Fact]
    public void Alarms_within_half_an_hour_of_the_first_of_a_burst_are_one() =>
        Assert.Equal(2, Of(Sound, Warning(0), Warning(1800), Warning(1801), Warning(3600)).FalseWarnings);

    [Fact]
    public void Where_there_is_no_damage_every_alarm_is_false()
    {
        var score = Of(Sound, Warning(7000), Halt(7100));
        Assert.Equal((1, 1, false, false), (score.FalseHalts, score.FalseWarnings, score.IsDetected, score.IsSilent));
    }

    [Theory]
    [InlineData(4999, false, 1)]
    [InlineData(5000, true, 0)]
    [InlineData(5020, true, 0)]
    [InlineData(5021, false, 0)]
    public void A_sudden_short_is_halted_in_time_within_two_samples(double halt, bool inTime, int falseHalts)
    {
        var score = Of(Sudden, Halt(halt));
        Assert.Equal((inTime, falseHalts, false, false), (score.IsInTime, score.FalseHalts, score.IsDetected, score.IsSilent));
    }

    [Fact]
    public void A_short_without_any_halt_is_silent()
    {
        Assert.True(Of(Sudden).IsSilent);
        Assert.True(Of(Dendrite).IsSilent);
        Assert.False(Of(Sound).IsSilent);
    }

    [Fact]
    public void Damage_that_does_not_short_in_the_recording_is_detected_but_has_no_lead()
    {
        var score = Of(Dendrite with { ShortSeconds = null }, Halt(5400));
        Assert.Equal((true, 0, 3), (score.IsDetected, score.LeadFraction, score.DelayOverBound!.Value));
    }

    [Theory]
    [InlineData(3600.0, 7200.0, 7140.0, true)]
    [InlineData(3600.0, 7200.0, 7141.0, false)]
    [InlineData(3600.0, 7200.0, null, false)]
    [InlineData(null, 7200.0, null, false)]
    public void A_short_is_foreseeable_when_its_bound_falls_a_minute_before_it(double? onset, double? shorted, double? bound, bool expected)
    {
        var recording = Dendrite with { OnsetSeconds = onset, ShortSeconds = shorted, BoundSeconds = bound };
        Assert.Equal((expected, !expected), (recording.IsForeseeable, recording.IsSudden));
    }

    [Fact]
    public void What_does_not_short_is_neither_foreseeable_nor_sudden()
    {
        var recording = Dendrite with { ShortSeconds = null };
        Assert.Equal((false, false), (recording.IsForeseeable, recording.IsSudden));
    }

    private static RecordingScore Of(ScoredRecording recording, params ReplayLine[] lines) => RecordingScore.Of(recording, Current, lines);

    private static ReplayLine Halt(double seconds) => new(seconds, "halt", "damage", "dendrite_onset");

    private static ReplayLine Warning(double seconds) => new(seconds, "warning", "damage", "dendrite_onset");
}
