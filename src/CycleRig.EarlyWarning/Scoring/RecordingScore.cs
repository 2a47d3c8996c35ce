using CycleRig.EarlyWarning.Replay;

namespace CycleRig.EarlyWarning.Scoring;

/// <summary>What one detector made of one recording.</summary>
/// <param name="FalseHalts">Bursts of halts before the danger.</param>
/// <param name="FalseWarnings">Bursts of warnings before the danger.</param>
/// <param name="IsDetected">Whether its first halt fell between the onset and 60 s before the short.</param>
/// <param name="LeadFraction">(short - halt)/(short - onset); 0 for a miss.</param>
/// <param name="DelayOverBound">(halt - onset)/(bound - onset); null where it did not detect or there is no bound.</param>
/// <param name="ChargeMilliampereHoursPerSquareCentimetre">From the onset to the halt, mAh/cm²; null where it did not detect.</param>
/// <param name="IsInTime">Whether it halted within two samples of a short that nobody could foresee.</param>
/// <param name="IsSilent">Whether the cell shorted and it never halted.</param>
public sealed record RecordingScore(
    int FalseHalts, int FalseWarnings, bool IsDetected, double LeadFraction, double? DelayOverBound,
    double? ChargeMilliampereHoursPerSquareCentimetre, bool IsInTime, bool IsSilent)
{
    /// <summary>Alarms so soon after the first of a burst are one, s.</summary>
    private const double BurstSeconds = 30 * 60;

    private const int SamplesInTime = 2;

    /// <summary>Scores what a detector said.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="current">Its current.</param>
    /// <param name="lines">What was said. Watches and interlocks never count.</param>
    public static RecordingScore Of(ScoredRecording recording, RecordedCurrent current, IReadOnlyList<ReplayLine> lines)
    {
        var (halts, warnings) = (Times(lines, "halt"), Times(lines, "warning"));
        var danger = recording.DangerSeconds;
        // Plating ends with the first halt: one that was false spoils the recording.
        double? halt = halts.Count > 0 ? halts[0] : null;
        var shorted = recording.ShortSeconds ?? double.PositiveInfinity;
        double? detected = recording.OnsetSeconds is not null && halt >= danger && halt <= shorted - ScoredRecording.ActSeconds ? halt : null;
        return new(
            Bursts(halts, danger), Bursts(warnings, danger), detected is not null,
            detected is { } ahead && double.IsFinite(shorted) ? (shorted - ahead) / (shorted - danger) : 0,
            detected is { } told && recording.BoundSeconds > danger ? (told - danger) / (recording.BoundSeconds - danger) : null,
            detected is { } stopped ? current.ChargeBetween(danger, stopped) : null,
            recording.IsSudden && halt >= danger && halt <= current.SampleAfter(shorted, SamplesInTime),
            recording.ShortSeconds is not null && halt is null);
    }

    /// <summary>What would be had by a detector that acts at the bound, and where there is none or it comes too late, with the short: nobody can do better.</summary>
    public static RecordingScore Ideal(ScoredRecording recording, RecordedCurrent current) => Math.Min(
        recording.BoundSeconds ?? double.PositiveInfinity, recording.ShortSeconds ?? double.PositiveInfinity) is var act && double.IsFinite(act)
        ? Of(recording, current, [new(act, "halt", "damage", "the bound")])
        : Of(recording, current, []);

    private static List<double> Times(IReadOnlyList<ReplayLine> lines, string level) =>
        [.. lines.Where(line => line.Kind == "damage" && line.Level == level).Select(line => line.TimeSeconds).Order()];

    private static int Bursts(List<double> times, double danger)
    {
        var (count, first) = (0, double.NegativeInfinity);
        foreach (var time in times.Where(time => time < danger && time > first + BurstSeconds))
            (count, first) = (count + 1, time);
        return count;
    }
}
