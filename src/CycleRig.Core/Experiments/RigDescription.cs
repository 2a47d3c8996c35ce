using System.Collections.Immutable;
using CycleRig.Core.Cells;
using CycleRig.Core.Channels;

namespace CycleRig.Core.Experiments;

/// <summary>A rig as its file describes it.</summary>
/// <param name="Name">Name, [a-z0-9-]{1,32}.</param>
/// <param name="Seed">Seed of simulated instruments.</param>
/// <param name="Chambers">Chambers; limits and start in °C.</param>
/// <param name="Presses">Presses; limits and start in MPa.</param>
/// <param name="Channels">Channels.</param>
public sealed record RigDescription(
    string Name, int Seed, ImmutableArray<ConditionDescription> Chambers, ImmutableArray<ConditionDescription> Presses,
    ImmutableArray<ChannelDescription> Channels);

/// <summary>A chamber (°C) or a press (MPa).</summary>
/// <param name="Name">Name.</param>
/// <param name="Low">The supervisor trips below it.</param>
/// <param name="High">The supervisor trips above it.</param>
/// <param name="Start">Value at the start of a simulation.</param>
/// <param name="Disturbance">What goes wrong in a simulation, or null.</param>
public sealed record ConditionDescription(string Name, double Low, double High, double Start, DisturbanceDescription? Disturbance);

/// <summary>A ramp that a simulated device makes by itself.</summary>
/// <param name="At">Rig time at which it begins.</param>
/// <param name="Over">How long it takes.</param>
/// <param name="Size">K for a chamber, share of the pressure lost for a press.</param>
public sealed record DisturbanceDescription(TimeSpan At, TimeSpan Over, double Size);

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
