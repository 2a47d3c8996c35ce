using CycleRig.Core.Quantities;

namespace CycleRig.Core.Protocols;

/// <summary>GEIS on top of a direct current.</summary>
/// <param name="Range">Frequencies.</param>
/// <param name="Amplitude">Peak amplitude per area; 0.05 mA/cm² in the reference paper (doi 10.1039/d3ee03916a).</param>
/// <param name="Every">From the start of one sweep to the start of the next.</param>
public sealed record SuperimposedSweep(SweepRange Range, CurrentDensity Amplitude, TimeSpan Every);
