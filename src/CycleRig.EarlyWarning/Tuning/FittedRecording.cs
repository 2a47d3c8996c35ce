using System.Collections.Immutable;
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
        _readings = [.. readings.Select(sweep => sweep with { Reading = sweep.Reading with { Parameters = [] } })];
        _collapse = [.. withoutSpectra.Where(line => line.Kind == "damage")];
    }

    /// <summary>What scoring takes from the recording.</summary>
    public ScoredRecording Scored { get; }

    /// <summary>Scores settings.</summary>
    public RecordingScore Score(DetectorSettings settings) => RecordingScore.Of(Scored, _current, Said(settings));

    /// <summary>What counts with some settings: of the spectra up to the collapse, and the collapse.</summary>
    private List<ReplayLine> Said(DetectorSettings settings)
    {
        var end = _collapse.IsEmpty ? double.PositiveInfinity : _collapse[0].TimeSeconds;
        List<ReplayLine> lines =
        [
            // Without samples neither area nor press nor sine matters.
            .. RecordingReplay.Run([], _readings.TakeWhile(sweep => sweep.KnownSeconds <= end), 1, 0, 0, _ofCell(settings))
                .Where(line => line is { Kind: "damage", Level: "warning" or "halt" }),
        ];
        return lines.Exists(line => line.Level == "halt") ? lines : [.. lines, .. _collapse];
    }
}
