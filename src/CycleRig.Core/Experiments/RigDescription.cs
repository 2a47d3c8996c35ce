using System.Collections.Immutable;
using CycleRig.Core.Cells;
using CycleRig.Core.Channels;
using CycleRig.Core.Scenarios;

namespace CycleRig.Core.Experiments;

/// <summary>A rig as its file describes it.</summary>
/// <param name="Name">Name, [a-z0-9-]{1,32}.</param>
/// <param name="Seed">Seed of simulated instruments.</param>
/// <param name="Chambers">Chambers; limits and start in °C.</param>
/// <param name="Presses">Presses; limits and start in MPa.</param>
/// <param name="Channels">Channels.</param>
public sealed record RigDescription(
    string Name, int Seed, ImmutableArray<ConditionDescription> Chambers, ImmutableArray<ConditionDescription> Presses,
    ImmutableArray<ChannelDescription> Channels)
{
    /// <summary>Whether every sample is recorded, not one a second and those that differ in voltage.</summary>
    public bool RecordsEverySample { get; init; }
}

/// <summary>A chamber (°C) or a press (MPa).</summary>
/// <param name="Name">Name.</param>
/// <param name="Low">The supervisor trips below it.</param>
/// <param name="High">The supervisor trips above it.</param>
/// <param name="Start">Value at the start of a simulation.</param>
/// <param name="Events">What happens to it in a simulation.</param>
public sealed record ConditionDescription(string Name, double Low, double High, double Start, ImmutableArray<ConditionEvent> Events);

/// <summary>A channel with its cell.</summary>
/// <param name="Name">Name.</param>
/// <param name="Output">Output of the instrument; no two channels share one.</param>
/// <param name="Chamber">Name of its chamber.</param>
/// <param name="Press">Name of its press, or null.</param>
/// <param name="Instrument">What the instrument can do.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Expected">What a demo or scenario expects of the cell, or null.</param>
public sealed record ChannelDescription(
    string Name, string Output, string Chamber, string? Press, InstrumentLimits Instrument, Cell Cell, string? Expected);
