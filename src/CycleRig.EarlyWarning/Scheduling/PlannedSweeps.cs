using CycleRig.Core.Channels;
using CycleRig.Core.Protocols;

namespace CycleRig.EarlyWarning.Scheduling;

/// <summary>A schedule with what it was planned for.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="Why">In words.</param>
/// <param name="For">What the protocol asked for.</param>
/// <param name="Noise">Relative noise of a point.</param>
/// <param name="MilliamperesPerSquareCentimetre">Magnitude of the current density, mA/cm².</param>
public sealed record PlannedSweeps(SweepSchedule Schedule, string Why, SuperimposedSweep For, double Noise, double MilliamperesPerSquareCentimetre);
