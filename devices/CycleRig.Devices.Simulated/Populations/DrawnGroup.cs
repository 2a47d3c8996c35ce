using System.Collections.Immutable;
using CycleRig.Core.Experiments;
using CycleRig.Core.Protocols;
using CycleRig.Core.Scenarios;

namespace CycleRig.Devices.Simulated.Populations;

/// <summary>A group of cells of a population, drawn: they share a chamber, a press and a program.</summary>
/// <param name="Kind">Kind of recordings.</param>
/// <param name="Number">From 1.</param>
/// <param name="Recorded">How many of its cells are recorded.</param>
/// <param name="Rig">Chamber, press, channels.</param>
/// <param name="Protocol">What all run.</param>
/// <param name="Scripts">Parameters and upsets, by channel.</param>
public sealed record DrawnGroup(
    string Kind, int Number, int Recorded, RigDescription Rig, Protocol Protocol, ImmutableDictionary<string, CellScript> Scripts);
