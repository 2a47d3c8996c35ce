using System.Collections.Immutable;
using CycleRig.Core.Cells;
using CycleRig.Core.Experiments;
using CycleRig.Core.Quantities;
using CycleRig.Core.Safety;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Instruments;
using CycleRig.Devices.Sessions;
using CycleRig.Devices.Simulated.Cells;
using CycleRig.Devices.Simulated.Conditions;
using CycleRig.Devices.Simulated.Draws;
using CycleRig.Devices.Simulated.Instruments;
using CycleRig.Devices.Time;

namespace CycleRig.Devices.Simulated.Rigs;

/// <summary>Cells, instruments, chambers and presses of a rig file, simulated from a seed.</summary>
public sealed class SimulatedRig
{
    private static readonly TimeSpan SampleInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AbortLatencyMax = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan StartDelayMax = TimeSpan.FromMilliseconds(300);
    private static readonly Current Leakage = Current.FromMicroamperes(1);

    /// <summary>Ten seconds without any change in voltage and current are no measurement.</summary>
    private const int FrozenAfter = 100;

    private readonly Dictionary<string, SimulatedChannel> _channels = [];

    /// <summary>Builds the rig; its devices run on the loop from now on.</summary>
    public SimulatedRig(RigDescription rig, int seed, RigTime time)
    {
        var chambers = rig.Chambers.ToDictionary(known => known.Name, known => Chamber(known, seed, time));
        var presses = rig.Presses.ToDictionary(known => known.Name, known => Press(known, rig, seed, time, chambers));
        Wirings = [.. rig.Channels.Select(channel => Wire(channel, seed, time, chambers, presses)).ToList()];
        Devices =
        [
            .. rig.Chambers.Select(known => ((IConditionDevice)chambers[known.Name], Watched(known, Permit.Chamber, Reason.TripChamber, "°C"))),
            .. rig.Presses.Select(known => ((IConditionDevice)presses[known.Name], Watched(known, Permit.Press, Reason.TripPress, "MPa"))),
        ];
    }

    /// <summary>What a device host needs of the channels.</summary>
    public ImmutableArray<ChannelWiring> Wirings { get; }

    /// <summary>What a device host needs of chambers and presses.</summary>
    public ImmutableArray<(IConditionDevice Device, WatchedDevice Limits)> Devices { get; }

    /// <summary>What really happened to the cell of a channel.</summary>
    public SimulatedChannel this[string channel] => _channels[channel];

    private static SimulatedChamber Chamber(ConditionDescription known, int seed, RigTime time) => new(
        known.Name, time, new(new() { StartCelsius = known.Start }, new Draw(seed, known.Name)), [.. known.Events.Cast<ChamberEvent>()]);

    /// <summary>A press stands in the chamber of its first cell.</summary>
    private static SimulatedPress Press(
        ConditionDescription known, RigDescription rig, int seed, RigTime time, Dictionary<string, SimulatedChamber> chambers)
    {
        var cells = rig.Channels.Where(channel => channel.Press == known.Name).ToList();
        var chamber = chambers[cells.Count > 0 ? cells[0].Chamber : rig.Chambers[0].Name];
        var recipe = new PressRecipe { StartMegapascals = known.Start, StartCelsius = chamber.Celsius };
        return new(known.Name, time, new(recipe, cells.Count, new Draw(seed, known.Name)), [.. known.Events.Cast<PressEvent>()], chamber);
    }

    private ChannelWiring Wire(
        ChannelDescription channel, int seed, RigTime time, Dictionary<string, SimulatedChamber> chambers, Dictionary<string, SimulatedPress> presses)
    {
        var own = Seed(seed, channel.Name);
        var parameters = channel.Cell.Surface == Surface.Untreated ? SimulatedCellParameters.Untreated(own) : SimulatedCellParameters.AcidTreated(own);
        var cell = new SimulatedCell(
            parameters with { AreaSquareCentimetres = channel.Cell.Area.SquareCentimetres, ThicknessCentimetres = channel.Cell.Thickness.Metres * 100 }, own);
        var capabilities = new ChannelCapabilities(
            channel.Instrument, SampleInterval, AbortLatencyMax, StartDelayMax, Bound.Instrument, Bound.Instrument, Bound.Instrument,
            LostHostEndVerified: true);
        var relay = new SimulatedRelay(time);
        var press = channel.Press is { } name ? presses[name] : null;
        var instrument = new SimulatedChannel(time, capabilities, cell, chambers[channel.Chamber], press, relay, own);
        _channels[channel.Name] = instrument;
        var limits = press is null ? channel.Cell.Limits with { PressureMin = default } : channel.Cell.Limits;
        var guard = new GuardLimits(limits, channel.Instrument.CurrentMax, channel.Instrument.VoltageMax, Leakage, FrozenAfter);
        ImmutableArray<Permit> permits = press is null ? [Permit.Chamber, Permit.Supervisor] : [Permit.Chamber, Permit.Press, Permit.Supervisor];
        return new(new(channel.Name, channel.Cell, capabilities, guard, permits, RecordedVoltageChange: 0.1), instrument, relay, channel.Chamber, channel.Press);
    }

    private static WatchedDevice Watched(ConditionDescription known, Permit permit, Reason reason, string unit) =>
        new(known.Name, permit, reason, known.Low, known.High, unit);

    /// <summary>A seed of its own for every part, so that adding one changes no other (FNV-1a over the name).</summary>
    private static int Seed(int seed, string name)
    {
        var hash = 2166136261u;
        foreach (var letter in name)
            hash = (hash ^ letter) * 16777619u;
        return (int)((hash ^ ((uint)seed * 2654435761u)) & 0x7fffffff);
    }
}
