using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Replay;

namespace CycleRig.EarlyWarning.Scoring;

/// <summary>What scoring takes from a recording and its truth, whatever the detector.</summary>
/// <param name="Class">Its kind.</param>
/// <param name="MilliamperesPerSquareCentimetre">Current density, mA/cm².</param>
/// <param name="DiameterMillimetres">Of the electrode, mm.</param>
/// <param name="Hours">Recorded hours with current before the danger.</param>
/// <param name="OnsetSeconds">When the loss began, s; null for never.</param>
/// <param name="ShortSeconds">When the cell shorted, s; null for never.</param>
/// <param name="BoundSeconds">When the bound fell, s; null for never.</param>
/// <param name="FallPercentPerHour">How fast R_bulk fell between the onset and the bound, %/h; null without a bound.</param>
/// <param name="IsWanderAssumed">Whether the truth does not say how the temperature wandered.</param>
public sealed record ScoredRecording(
    string Class, double MilliamperesPerSquareCentimetre, double DiameterMillimetres, double Hours, double? OnsetSeconds, double? ShortSeconds,
    double? BoundSeconds, double? FallPercentPerHour, bool IsWanderAssumed)
{
    /// <summary>An act later than this before a short comes too late, s.</summary>
    public const double ActSeconds = 60;

    /// <summary>From when on an alarm is no false one: the onset, or a short without one; infinite for a sound cell.</summary>
    public double DangerSeconds => OnsetSeconds ?? ShortSeconds ?? double.PositiveInfinity;

    /// <summary>A short with a precursor that could be told in time.</summary>
    public bool IsForeseeable => OnsetSeconds is not null && BoundSeconds is { } bound && bound <= ShortSeconds - ActSeconds;

    /// <summary>A short that nobody could foresee.</summary>
    public bool IsSudden => ShortSeconds is not null && !IsForeseeable;

    /// <summary>Puts together what is known of a recording.</summary>
    /// <param name="truth">Its truth.</param>
    /// <param name="current">Its current.</param>
    /// <param name="readings">Fits of its sweeps.</param>
    /// <param name="diameterMillimetres">Of the electrode, mm.</param>
    /// <param name="activationElectronVolts">Nominal activation energy of the bulk, eV.</param>
    public static ScoredRecording Of(
        RecordingTruth truth, RecordedCurrent current, IReadOnlyList<SweepReading> readings, double diameterMillimetres, double activationElectronVolts)
    {
        var sweeps = truth.OnsetSeconds is null ? [] : DelayBound.Sweeps(truth, [.. readings.Select(sweep => sweep.Reading)], activationElectronVolts);
        var bound = DelayBound.Seconds(
            sweeps, truth.TemperatureWanderKelvins ?? DelayBound.WanderKelvinsOtherwise, truth.TemperatureWanderSeconds ?? DelayBound.WanderSecondsOtherwise);
        var scored = new ScoredRecording(
            truth.Class, current.MilliamperesPerSquareCentimetre, diameterMillimetres, Hours: 0, truth.OnsetSeconds, truth.ShortSeconds, bound,
            bound is { } known && known > truth.OnsetSeconds ? 100 * sweeps.First(sweep => sweep.EndSeconds == known).Fall / ((known - truth.OnsetSeconds.Value) / 3600) : null,
            truth.TemperatureWanderKelvins is null || truth.TemperatureWanderSeconds is null);
        return scored with { Hours = current.HoursUntil(scored.DangerSeconds) };
    }
}
