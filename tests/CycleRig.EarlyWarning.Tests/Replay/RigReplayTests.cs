using System.Collections.Immutable;
using CsCheck;
using CycleRig.EarlyWarning.Detection;
using CycleRig.EarlyWarning.Replay;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Replay;

/// <summary>Recordings of one chamber are judged together, and nothing that a neighbour measures later changes what was said.</summary>
public sealed class RigReplayTests
{
    private const int Minutes = 45;

    private static readonly ImmutableArray<SyntheticRecording> Recordings =
    [
        SyntheticRecording.Make(seed: 1, Minutes, onsetMinute: 20), SyntheticRecording.Make(seed: 2, Minutes), SyntheticRecording.Make(seed: 3, Minutes, onsetMinute: 25),
        SyntheticRecording.Make(seed: 4, Minutes),
    ];

    private static readonly IReadOnlyList<IReadOnlyList<ReplayLine>> Together = Replay(Recordings, "chamber-1");

    [Fact]
    public void The_damaged_ones_are_found_and_the_sound_ones_are_not()
    {
        Assert.All([0, 2], i => Assert.Equal(("halt", "dendrite_onset"), (Together[i][^1].Level, Together[i][^1].Reason)));
        Assert.All([1, 3], i => Assert.DoesNotContain(Together[i], line => line.Level == "halt"));
    }

    [Fact]
    public void Cuts_of_any_recordings_leave_what_was_said_of_all_before_them() =>
        Gen.Double[0, Minutes * 60].Array[Recordings.Length].Sample(
            cuts =>
            {
                var cut = Replay([.. Recordings.Zip(cuts, (recording, at) => recording.CutAfter(at))], "chamber-1");
                var first = cuts.Min();
                Assert.All(cut.Zip(Together), pair => Assert.Equal(pair.Second.Where(line => line.TimeSeconds <= first), pair.First.Where(line => line.TimeSeconds <= first)));
            },
            iter: 20);

    [Fact]
    public void A_cut_of_all_at_one_time_leaves_what_was_said_before_it() =>
        Gen.Double[0, Minutes * 60].Sample(
            at =>
            {
                var cut = Replay([.. Recordings.Select(recording => recording.CutAfter(at))], "chamber-1");
                Assert.All(cut.Zip(Together), pair => Assert.Equal(pair.Second.Where(line => line.TimeSeconds <= at), pair.First));
            },
            iter: 20);

    [Fact]
    public void Recordings_without_a_chamber_in_common_are_judged_as_each_by_itself()
    {
        Assert.Equal(Recordings.Select(recording => recording.Replay()), Replay(Recordings, null));
        Assert.Equal(Recordings[0].Replay(), Replay([Recordings[0]], "chamber-1")[0]);
    }

    private static IReadOnlyList<IReadOnlyList<ReplayLine>> Replay(ImmutableArray<SyntheticRecording> recordings, string? chamber) => RigReplay.Run(
    [
        .. recordings.Select((recording, i) => new RigRecording(
            $"cell-{i}", chamber, recording.Samples, SweepReading.InOrder(recording.Spectra(), SyntheticRecording.AreaSquareCentimetres),
            SyntheticRecording.AreaSquareCentimetres, 5, SyntheticRecording.SineAmperes, DetectorSettings.Default)),
    ]);
}
