using CycleRig.Core.Quantities;

namespace CycleRig.Core.Protocols;

/// <summary>What a protocol says about safety. Defaults are the bounds of docs/ARCHITECTURE.md.</summary>
/// <param name="SegmentDuration">Longest segment; 60 s unless said.</param>
/// <param name="SegmentCapacity">Most charge per area in one segment; 10 µAh/cm² unless said.</param>
/// <param name="BlindLimit">Current without a valid verdict for longer than this halts; 10 min unless said.</param>
/// <param name="PauseLimit">A pause becomes a halt after this; 30 min.</param>
/// <param name="DerateTo">Share of its current, above 0 and below 1, that a step goes on with after a warning, until the run's end; null leaves the current as it is.</param>
/// <param name="AfterHalt">Sweeps around rest after a halt for dendrite onset; null for none.</param>
public sealed record SafetyTerms(
    TimeSpan SegmentDuration,
    ArealCapacity SegmentCapacity,
    TimeSpan BlindLimit,
    TimeSpan PauseLimit,
    double? DerateTo = null,
    AfterHaltProbe? AfterHalt = null)
{
    public static SafetyTerms Default { get; } = new(
        TimeSpan.FromSeconds(60),
        ArealCapacity.FromMicroampereHoursPerSquareCentimetre(10),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(30));
}
