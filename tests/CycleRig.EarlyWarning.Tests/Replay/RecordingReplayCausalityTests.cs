using CsCheck;
using CycleRig.EarlyWarning.Replay;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Replay;

/// <summary>What is said up to a time does not change when the recording is cut after it, wherever in a sweep the cut lies.</summary>
public sealed class RecordingReplayCausalityTests
{
    private const int Minutes = 45;

    private static readonly SyntheticRecording Damaged = SyntheticRecording.Make(seed: 1, Minutes, onsetMinute: 20);

    /// <summary>Damaged, but points are missing here and there, among them the lowest and the highest of sweeps.</summary>
    private static readonly SyntheticRecording Thinned = Damaged with { Rows = [.. Damaged.Rows.Where((_, i) => (i * 7919 % 31) > 1)] };

    private static readonly IReadOnlyList<ReplayLine> DamagedLines = Damaged.Replay();
    private static readonly IReadOnlyList<ReplayLine> ThinnedLines = Thinned.Replay();

    [Fact]
    public void The_uncut_recording_ends_in_a_halt_for_damage()
    {
        Assert.Equal(("halt", "damage", "dendrite_onset"), (DamagedLines[^1].Level, DamagedLines[^1].Kind, DamagedLines[^1].Reason));
        Assert.InRange(DamagedLines[^1].TimeSeconds, 20 * 60, Minutes * 60);
        Assert.Equal("damage", ThinnedLines[^1].Kind);
        Assert.DoesNotContain(DamagedLines.Concat(ThinnedLines), line => line.Reason == "blind");
    }

    [Fact]
    public void A_cut_at_any_time_leaves_what_was_said_before_it() =>
        Gen.Double[0, Minutes * 60].Sample(cut => AssertCausal(Damaged, DamagedLines, cut), iter: 60);

    [Fact]
    public void A_cut_with_points_missing_leaves_what_was_said_before_it() =>
        Gen.Double[0, Minutes * 60].Sample(cut => AssertCausal(Thinned, ThinnedLines, cut), iter: 60);

    [Fact]
    public void A_cut_after_any_point_of_a_sweep_leaves_what_was_said_before_it() => Assert.All(
        Damaged.Rows.Where(row => row.Sweep is 0 or 1 or 12).Select(row => row.Point.TimeSeconds), cut => AssertCausal(Damaged, DamagedLines, cut));

    [Fact]
    public void A_sweep_without_its_last_point_counts_when_the_next_has_begun()
    {
        const int cut = 12;
        var last = Damaged.Rows.Last(row => row.Sweep == cut);
        var without = Damaged with { Rows = Damaged.Rows.Remove(last) };
        Assert.Equal(last.Point.TimeSeconds, Known(Damaged, cut));
        Assert.Equal(without.Rows.First(row => row.Sweep == cut + 1).Point.TimeSeconds, Known(without, cut));
    }

    private static double Known(SyntheticRecording recording, int sweep) =>
        SweepReading.InOrder(recording.Spectra(), SyntheticRecording.AreaSquareCentimetres).Where(reading => !reading.IsPart).ElementAt(sweep).KnownSeconds;

    private static void AssertCausal(SyntheticRecording whole, IReadOnlyList<ReplayLine> lines, double cut) =>
        Assert.Equal(lines.Where(line => line.TimeSeconds <= cut), whole.CutAfter(cut).Replay());
}
