using System.Collections.Immutable;

namespace CycleRig.Core.Evidence;

/// <summary>One impedance sweep as measured: points in the order of their measurement.</summary>
/// <param name="Index">Number of the sweep in its run, from 0.</param>
/// <param name="StartSeconds">When the sweep began, seconds on the channel's run clock.</param>
/// <param name="Points">Points, in order of measurement.</param>
public sealed record Spectrum(int Index, double StartSeconds, ImmutableArray<SpectrumPoint> Points)
{
    /// <summary>When the last point was measured, or the start of an empty sweep.</summary>
    public double EndSeconds => Points.IsDefaultOrEmpty ? StartSeconds : Points.Max(point => point.TimeSeconds);
}
