using System.Collections.Immutable;
using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Baselines;
using CycleRig.EarlyWarning.Replay;
using CycleRig.EarlyWarning.Scoring;
using CycleRig.Storage.Recordings;

namespace CycleRig.Host.Replaying;

/// <summary>Scores what was said of one recording, and what the simple rules say of it.</summary>
internal static class RecordingScoring
{
    /// <summary>Name of what acts at the bound.</summary>
    public const string Ideal = "ideal";

    /// <summary>Ours first, then the rules that it must beat, and at last what the bound allows.</summary>
    public static ImmutableArray<string> Detectors { get; } = ["cyclerig", .. BaselineRules.Names, Ideal];

    public static ScoreTable.Row Of(Recording recording, RecordingTruth truth, IReadOnlyList<SweepReading> readings, IReadOnlyList<ReplayLine> lines)
    {
        var cell = recording.Cell;
        IReadOnlyList<SweepReading> whole = [.. readings.Where(reading => !reading.IsPart)];
        var current = new RecordedCurrent(recording.Samples, cell.AreaSquareCentimetres);
        var scored = ScoredRecording.Of(truth, current, whole, Diameter(cell), cell.ActivationElectronVolts);
        var rules = BaselineRules.Run(recording.Samples, whole, cell.AreaSquareCentimetres, cell.SineAmperes, cell.ActivationElectronVolts);
        return new(scored, [.. rules.Prepend(lines).Select(said => RecordingScore.Of(scored, current, said)), RecordingScore.Ideal(scored, current)]);
    }

    /// <summary>Of the electrode, mm. As the file says; that of a disc of the same area where it does not.</summary>
    public static double Diameter(CellFacts cell)
    {
        const double millimetresPerCentimetre = 10;
        return cell.DiameterMillimetres > 0 ? cell.DiameterMillimetres : millimetresPerCentimetre * 2 * Math.Sqrt(cell.AreaSquareCentimetres / Math.PI);
    }
}
