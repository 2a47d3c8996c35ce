namespace CycleRig.EarlyWarning.Scoring;

/// <summary>What one detector made of many recordings.</summary>
/// <param name="Detector">Its name.</param>
/// <param name="Detected">Of the foreseeable shorts.</param>
/// <param name="FalseHalts">With the hours before any danger.</param>
/// <param name="FalseWarnings">With the same hours.</param>
/// <param name="DelayOverBoundMedian">Over what was detected and has a bound; null for none.</param>
/// <param name="DelayOverBoundNinetieth">Its 90th percentile.</param>
/// <param name="LeadFractionMedian">Over the foreseeable shorts, 0 for a miss; null for none.</param>
/// <param name="ChargeMedian">From onset to halt, mAh/cm², over what was detected; null for none.</param>
/// <param name="SuddenInTime">Of the sudden shorts.</param>
/// <param name="Silent">Of all shorts.</param>
public sealed record ScoreSummary(
    string Detector, int Detected, PoissonRate FalseHalts, PoissonRate FalseWarnings, double? DelayOverBoundMedian, double? DelayOverBoundNinetieth,
    double? LeadFractionMedian, double? ChargeMedian, int SuddenInTime, int Silent)
{
    private const double Ninetieth = 0.9;

    /// <summary>Sums up.</summary>
    /// <param name="detector">Name.</param>
    /// <param name="scored">Each recording with its score.</param>
    public static ScoreSummary Of(string detector, IReadOnlyCollection<(ScoredRecording Recording, RecordingScore Score)> scored)
    {
        var hours = scored.Sum(one => one.Recording.Hours);
        List<RecordingScore> foreseeable = [.. scored.Where(one => one.Recording.IsForeseeable).Select(one => one.Score)];
        List<double> delays = [.. scored.Select(one => one.Score.DelayOverBound).OfType<double>()];
        List<double> charges = [.. scored.Select(one => one.Score.ChargeMilliampereHoursPerSquareCentimetre).OfType<double>()];
        return new(
            detector, foreseeable.Count(score => score.IsDetected), new(scored.Sum(one => one.Score.FalseHalts), hours),
            new(scored.Sum(one => one.Score.FalseWarnings), hours), Quantile.Of(delays, 0.5), Quantile.Of(delays, Ninetieth),
            Quantile.Of([.. foreseeable.Select(score => score.LeadFraction)], 0.5), Quantile.Of(charges, 0.5),
            scored.Count(one => one.Score.IsInTime), scored.Count(one => one.Score.IsSilent));
    }
}
