using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Detection;
using CycleRig.EarlyWarning.Replay;
using CycleRig.EarlyWarning.Tests.Replay;
using Xunit;

namespace CycleRig.EarlyWarning.Tests;

/// <summary>Live and in replay one recording has one outcome.</summary>
public sealed class SpectrumAssessorReplayTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_replay_says_what_was_said_live(int seed)
    {
        // Sweep 12 can not be read (it is cut), so that a watch is among what is said.
        var damaged = SyntheticRecording.Make(seed, minutes: 45, onsetMinute: 20);
        var recording = damaged with { Rows = [.. damaged.Rows.GroupBy(row => row.Sweep).SelectMany(sweep => sweep.Key == 12 ? sweep.Take(11) : sweep)] };
        var live = Live(recording);
        Assert.Equal("halt", live[^1].Level);
        Assert.Equal(live, recording.Replay());
    }

    [Fact]
    public void A_replay_reads_each_sweep_as_it_was_read_live()
    {
        var recording = SyntheticRecording.Make(seed: 4, minutes: 20);
        var state = AssessorState.Initial;
        var readings = recording.Spectra().Select(sweep =>
        {
            (state, _, var reading) = SpectrumAssessor.Assess(state, sweep, SyntheticRecording.AreaSquareCentimetres, DetectorSettings.Default);
            return (reading.BulkOhms, reading.InterfaceOhms, reading.EndSeconds);
        }).ToList();
        var replayed = SweepReading.InOrder(recording.Spectra(), SyntheticRecording.AreaSquareCentimetres).Where(sweep => !sweep.IsPart)
            .Select(sweep => (sweep.Reading.BulkOhms, sweep.Reading.InterfaceOhms, sweep.Reading.EndSeconds)).ToList();
        Assert.Equal(readings[..replayed.Count], replayed);
        Assert.InRange(replayed.Count, 19, 20);
    }

    /// <summary>
    /// A level that rises is said with the last point of its sweep; a cut sweep is known to be over when the next begins; and a halt with the first
    /// point below 1 kHz.
    /// </summary>
    private static List<ReplayLine> Live(SyntheticRecording recording)
    {
        var (state, level) = (AssessorState.Initial, WarningLevel.Healthy);
        var lines = new List<ReplayLine>();
        var sweeps = recording.Spectra();
        foreach (var sweep in sweeps)
        {
            var upper = sweep.Points.TakeWhile(point => point.FrequencyHz >= 1e3).Count();
            if (upper < sweep.Points.Length
                && SpectrumAssessor.Glance(state, sweep with { Points = sweep.Points[..upper] }, SyntheticRecording.AreaSquareCentimetres, DetectorSettings.Default) is not null)
            {
                lines.Add(new(sweep.Points[upper].TimeSeconds, "halt", "damage", "dendrite_onset"));
                break;
            }

            (state, var verdict, _) = SpectrumAssessor.Assess(state, sweep, SyntheticRecording.AreaSquareCentimetres, DetectorSettings.Default);
            var known = sweep.Points.Length == sweeps[0].Points.Length ? sweep.EndSeconds : sweeps[sweep.Index + 1].Points[0].TimeSeconds;
            if (verdict.Level > level)
                lines.Add(new(known, verdict.Level.ToString().ToLowerInvariant(), verdict.Valid ? "damage" : "interlock", verdict.Valid ? "dendrite_onset" : "blind"));
            level = verdict.Level;
            if (level == WarningLevel.Halt)
                break;
        }

        return lines;
    }
}
