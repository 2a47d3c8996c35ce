using System.Collections.Immutable;
using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;
using CycleRig.EarlyWarning.Detection;
using CycleRig.EarlyWarning.Replay;
using CycleRig.EarlyWarning.Scoring;

namespace CycleRig.EarlyWarning.Tuning;

/// <summary>
/// A recording of which each spectrum is fitted once: fits do not depend on the settings of the detector, so that many settings can be tried on
/// them. Only what scoring counts is said: warnings and halts for damage, as <see cref="RecordingReplay"/> says them.
/// </summary>
public sealed class FittedRecording
{
    private readonly ImmutableArray<SweepReading> _readings;
    private readonly ImmutableArray<ReplayLine> _collapse;
    private readonly Func<DetectorSettings, DetectorSettings> _ofCell;
    private readonly RecordedCurrent _current;

    /// <param name="scored">What scoring takes from the recording.</param>
    /// <param name="current">Its current.</param>
    /// <param name="readings">Its sweeps in the order in which they were known; of each fit only what a detector reads is kept.</param>
    /// <param name="withoutSpectra">What <see cref="RecordingReplay"/> says of its samples alone: a collapse of the voltage rests on no setting.</param>
    /// <param name="ofCell">Settings with what belongs to the cell.</param>
    public FittedRecording(
        ScoredRecording scored, RecordedCurrent current, IEnumerable<SweepReading> readings, IEnumerable<ReplayLine> withoutSpectra,
        Func<DetectorSettings, DetectorSettings> ofCell)
    {
        (Scored, _current, _ofCell) = (scored, current, ofCell);
        _readings = [.. readings.Select(sweep => sweep with { Reading = sweep.Reading with { Parameters = [], Shape = null } })];
        _collapse = [.. withoutSpectra.Where(line => line.Kind == "damage")];
    }

    /// <summary>What scoring takes from the recording.</summary>
    public ScoredRecording Scored { get; }

    /// <summary>Scores settings.</summary>
    public RecordingScore Score(DetectorSettings settings) => RecordingScore.Of(Scored, _current, Said(settings));

    /// <summary>What the detector says with some settings, up to its first halt.</summary>
    private List<ReplayLine> Said(DetectorSettings settings)
    {
        var (own, lines) = (_ofCell(settings), new List<ReplayLine>());
        var end = _collapse.IsEmpty ? double.PositiveInfinity : _collapse[0].TimeSeconds;
        var (state, level) = (DetectorState.Initial, WarningLevel.Healthy);
        foreach (var sweep in _readings.TakeWhile(sweep => sweep.KnownSeconds <= end))
        {
            var assessment = Detector.Assess(state, sweep.Reading, own);
            if (assessment.Valid && assessment.Level > level && assessment.Level >= WarningLevel.Warning)
                lines.Add(new(sweep.KnownSeconds, assessment.Level.ToString().ToLowerInvariant(), "damage", ReasonFacts.Of(Reason.DendriteOnset).Text));
            if (assessment.Valid && assessment.Level == WarningLevel.Halt)
                return lines;
            (state, level) = (assessment.Next, assessment.Level);
        }

        return [.. lines, .. _collapse];
    }
}
