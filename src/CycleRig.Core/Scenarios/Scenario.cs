using System.Collections.Immutable;
using CycleRig.Core.Experiments;
using CycleRig.Core.Protocols;

namespace CycleRig.Core.Scenarios;

/// <summary>Simulated cells with what befalls them, and what should become of them under a protocol.</summary>
/// <param name="Name">Name, [a-z0-9-]{1,32}.</param>
/// <param name="About">A sentence of what should happen.</param>
/// <param name="Rig">Chambers, presses, channels and cells.</param>
/// <param name="Protocol">What every channel runs.</param>
/// <param name="Scripts">What is said of the cells beyond their records, by channel.</param>
/// <param name="HasReport">Whether it is the reference experiment, of which there is a report.</param>
public sealed record Scenario(
    string Name, string About, RigDescription Rig, Protocol Protocol, ImmutableDictionary<string, CellScript> Scripts, bool HasReport);
