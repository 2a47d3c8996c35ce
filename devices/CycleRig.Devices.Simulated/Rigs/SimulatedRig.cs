using System.Collections.Immutable;
using CycleRig.Core.Experiments;
using CycleRig.Core.Quantities;
using CycleRig.Core.Safety;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Instruments;
using CycleRig.Devices.Sessions;
using CycleRig.Devices.Simulated.Cells;
using CycleRig.Devices.Simulated.Conditions;
using CycleRig.Devices.Simulated.Faults;
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

    /// <summary>Until when chance draws upsets.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(2);

    /// <summary>Ten seconds without any change in voltage and current are no measurement.</summary>
    private const int FrozenAfter = 100;

    private readonly Dictionary<string, SimulatedChannel> _channels = [];

    /// <summary>Builds the rig; its devices run on the loop from now on.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="seed">Of cells, instruments, chambers and presses.</param>
    /// <param name="time">The rig's loop.</param>
    /// <param name="scripts">What a scenario says of the cells, by channel; null for nothing.</param>
    public SimulatedRig(RigDescription rig, int seed, RigTime time, IReadOnlyDictionary<string, CellScript>? scripts = null)
    {
        var chambers = rig.Chambers.ToDictionary(
            known => known.Name, known => new SimulatedChamber(known.Name, time, known.Start, Of(known.Disturbance), Seed(seed, known.Name)));
        var presses = rig.Presses.ToDictionary(
            known => known.Name, known => new SimulatedPress(known.Name, time, known.Start, Of(known.Disturbance), Seed(seed, known.Name)));
        Wirings = [.. rig.Channels.Select(channel => Wire(channel, seed, time, chambers, presses, scripts?.GetValueOrDefault(channel.Name) ?? CellScript.Nothing)).ToList()];
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

    private ChannelWiring Wire(
        ChannelDescription channel, int seed, RigTime time, Dictionary<string, SimulatedChamber> chambers, Dictionary<string, SimulatedPress> presses,
        CellScript script)
    {
        var own = Seed(seed, channel.Name);
        var press = channel.Press is { } name ? presses[name] : null;
        var chamber = chambers[channel.Chamber];
        var recipe = CellKinds.Recipe(channel.Cell, press?.Megapascals ?? 0, script.Parameters, new(own, "recipe"));
        var upsets = UpsetSchedule.Drawn(script.Upsets, script.Rates, Horizon, new(own, "upsets"));
        var capabilities = new ChannelCapabilities(
            channel.Instrument, SampleInterval, AbortLatencyMax, StartDelayMax, Bound.Instrument, Bound.Instrument, Bound.Instrument,
            LostHostEndVerified: true);
        var relay = new SimulatedRelay(time);
        var instrument = new SimulatedChannel(
            time, capabilities, new(recipe, own), () => (chamber.Celsius, press?.Megapascals ?? 0), relay, upsets, InstrumentRecipe.Drawn(new(own, "instrument")), own);
        _channels[channel.Name] = instrument;
        var limits = press is null ? channel.Cell.Limits with { PressureMin = default } : channel.Cell.Limits;
        var guard = new GuardLimits(limits, channel.Instrument.CurrentMax, channel.Instrument.VoltageMax, Leakage, FrozenAfter);
        ImmutableArray<Permit> permits = press is null ? [Permit.Chamber, Permit.Supervisor] : [Permit.Chamber, Permit.Press, Permit.Supervisor];
        return new(new(channel.Name, channel.Cell, capabilities, guard, permits, RecordedVoltageChange: 0.1), instrument, relay, channel.Chamber, channel.Press);
    }

    private static WatchedDevice Watched(ConditionDescription known, Permit permit, Reason reason, string unit) =>
        new(known.Name, permit, reason, known.Low, known.High, unit);

    private static Disturbance? Of(DisturbanceDescription? described) =>
        described is null ? null : new(described.At, described.Over, described.Size);

    /// <summary>A seed of its own for every part, so that adding one changes no other (FNV-1a over the name).</summary>
    private static int Seed(int seed, string name)
    {
        var hash = 2166136261u;
        foreach (var letter in name)
            hash = (hash ^ letter) * 16777619u;
        return (int)((hash ^ ((uint)seed * 2654435761u)) & 0x7fffffff);
    }
}
