using System.Collections.Immutable;

namespace CycleRig.Core.Evidence;

/// <summary>What really happened to the cell of a recording; no detector sees it. Times are seconds on the recording's clock, null where it did not happen.</summary>
/// <param name="Class">Kind of the recording, such as `dendrite` or `contact`.</param>
/// <param name="OnsetSeconds">When the loss of R_bulk began.</param>
/// <param name="PropagationSeconds">When growth became fast.</param>
/// <param name="ShortSeconds">When the cell shorted for good.</param>
/// <param name="PlatingStartSeconds">When metal was first plated.</param>
/// <param name="PlatingEndSeconds">When metal was last plated.</param>
/// <param name="Sweeps">Loss at the end of every sweep, in the order of time.</param>
/// <param name="TemperatureWanderKelvins">Standard deviation of the wander of the cell's own temperature; null where it is not known.</param>
/// <param name="TemperatureWanderSeconds">Its correlation time, s; null where it is not known.</param>
public sealed record RecordingTruth(
    string Class,
    double? OnsetSeconds,
    double? PropagationSeconds,
    double? ShortSeconds,
    double? PlatingStartSeconds,
    double? PlatingEndSeconds,
    ImmutableArray<SweepLoss> Sweeps,
    double? TemperatureWanderKelvins,
    double? TemperatureWanderSeconds);

/// <summary>What a cell had really lost at the end of a sweep.</summary>
/// <param name="EndSeconds">End of the sweep on the recording's clock, s.</param>
/// <param name="Loss">Share of R_bulk that metal has taken, 0 to 1.</param>
public readonly record struct SweepLoss(double EndSeconds, double Loss);
