using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Detection;
using CycleRig.EarlyWarning.Tests.Replay;
using Xunit;

namespace CycleRig.EarlyWarning.Tests;

/// <summary>Sentinel sweeps are evidence only while they are measured anew, and while whole sweeps are seen beside them.</summary>
public sealed class SentinelSweepsTests
{
    private static readonly double[] Hertz = [.. Enumerable.Range(0, 12).Select(i => 3e6 * Math.Pow(1.01e3 / 3e6, i / 11.0))];

    [Fact]
    public void The_points_of_the_last_sentinel_with_other_times_are_no_new_ones()
    {
        var state = Learnt();
        var draw = new Random(1);
        var first = SyntheticRecording.Sweep(draw, 1000, Hertz);
        (state, var seen, _) = SpectrumAssessor.Assess(state, first, SyntheticRecording.AreaSquareCentimetres, DetectorSettings.Default);
        Assert.True(seen.Valid, seen.Detail);
        for (var again = 1; again < 5; again++)
        {
            var frozen = first with { Index = again, Points = [.. first.Points.Select(point => point with { TimeSeconds = point.TimeSeconds + (5 * again) })] };
            (state, var repeated, _) = SpectrumAssessor.Assess(state, frozen, SyntheticRecording.AreaSquareCentimetres, DetectorSettings.Default);
            Assert.False(repeated.Valid);
            Assert.Contains("nothing new", repeated.Detail, StringComparison.Ordinal);
            Assert.Equal(WarningLevel.Watch, repeated.Level);
        }

        Assert.True(SpectrumAssessor.Assess(state, SyntheticRecording.Sweep(draw, 1100, Hertz), SyntheticRecording.AreaSquareCentimetres, DetectorSettings.Default).Assessment.Valid);
    }

    [Fact]
    public void Without_a_whole_sweep_for_the_blind_limit_they_are_not_enough_and_one_whole_sweep_mends_it()
    {
        var state = Learnt();
        var draw = new Random(2);
        var last = state.Detector.Last.TimeSeconds;
        for (var seconds = last + 10; seconds < last + 1000; seconds += 10)
        {
            (state, var verdict, _) = SpectrumAssessor.Assess(state, SyntheticRecording.Sweep(draw, seconds, Hertz), SyntheticRecording.AreaSquareCentimetres, DetectorSettings.Default);
            Assert.Equal(state.Detector.Last.TimeSeconds - last <= DetectorSettings.Default.BlindLimitSeconds, verdict.Valid);
            Assert.True(verdict.Valid || verdict is { Level: WarningLevel.Watch } && verdict.Detail.Contains("no whole sweep", StringComparison.Ordinal), verdict.Detail);
        }

        var whole = SyntheticRecording.Sweep(draw, last + 1010, Enumerable.Range(0, 50).Select(k => 7e6 * Math.Pow(0.5 / 7e6, k / 49.0)));
        (state, var mended, _) = SpectrumAssessor.Assess(state, whole, SyntheticRecording.AreaSquareCentimetres, DetectorSettings.Default);
        Assert.True(mended is { Valid: true, Level: WarningLevel.Healthy }, mended.Detail);
        Assert.True(SpectrumAssessor.Assess(state, SyntheticRecording.Sweep(draw, last + 1060, Hertz), SyntheticRecording.AreaSquareCentimetres, DetectorSettings.Default).Assessment.Valid);
    }

    private static AssessorState Learnt()
    {
        var state = AssessorState.Initial;
        foreach (var sweep in SyntheticRecording.Make(seed: 5, minutes: 14).Spectra())
            state = SpectrumAssessor.Assess(state, sweep, SyntheticRecording.AreaSquareCentimetres, DetectorSettings.Default).Next;
        return state;
    }
}
