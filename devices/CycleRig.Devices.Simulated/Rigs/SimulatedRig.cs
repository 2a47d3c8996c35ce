using System.Collections.Immutable;
using CycleRig.Core.Experiments;
using CycleRig.Core.Quantities;
using CycleRig.Core.Safety;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Instruments;
using CycleRig.Devices.Sessions;
using CycleRig.Devices.Simulated.Cells;
using CycleRig.Devices.Simulated.Conditions;
using CycleRig.Devices.Simulated.Draws;
using CycleRig.Devices.Simulated.Faults;
using CycleRig.Devices.Simulated.Instruments;
using CycleRig.Devices.Time;

namespace CycleRig.Devices.Simulated.Rigs;

/// <summary>Cells, instruments, chambers and presses of a rig file, simulated from a seed.</summary>
public sealed class SimulatedRig
{
    /// <summary>A change of the voltage that is recorded at once, V.</summary>
    private const double VoltageChange = 0.1;

    private static readonly TimeSpan AbortLatencyMax = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan StartDelayMax = TimeSpan.FromMilliseconds(300);
    private static readonly Current Leakage = Current.FromMicroamperes(1);

    /// <summary>Until when chance draws upsets.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(60);

    /// <summary>Ten seconds without any change in voltage and current are no measurement.</summary>
    private const int FrozenAfter = 100;

    private readonly ResumedRigTime _time;
    private readonly SimulationDetail _detail;
    private readonly Dictionary<string, SimulatedChamber> _chambers;
    private readonly Dictionary<string, SimulatedPress> _presses;
    private readonly Dictionary<string, (SimulatedChannel Channel, SimulatedRelay Relay)> _channels = [];

    /// <summary>Builds the rig; its devices run on the loop from now on.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="seed">Of cells, instruments, chambers and presses.</param>
    /// <param name="time">The rig's loop.</param>
    /// <param name="scripts">What a scenario says of the cells, by channel; null for nothing.</param>
    /// <param name="detail">How finely; <see cref="SimulationDetail.Full"/> unless given.</param>
    public SimulatedRig(
        RigDescription rig, int seed, RigTime time, IReadOnlyDictionary<string, CellScript>? scripts = null, SimulationDetail? detail = null)
    {
        (_time, _detail) = (new(time), detail ?? SimulationDetail.Full);
        _chambers = rig.Chambers.ToDictionary(known => known.Name, known => Chamber(known, seed));
        _presses = rig.Presses.ToDictionary(known => known.Name, known => Press(known, rig, seed));
        Wirings = [.. rig.Channels.Select(channel => Wire(rig, channel, seed, scripts?.GetValueOrDefault(channel.Name) ?? CellScript.Nothing)).ToList()];
        for (var i = 0; i < rig.Channels.Length; i++)
            this[rig.Channels[(i + 1) % rig.Channels.Length].Name].Outlet.IsMistakenBy(this[rig.Channels[i].Name].Outlet);
        Devices =
        [
            .. rig.Chambers.Select(known => ((IConditionDevice)_chambers[known.Name], Watched(known, Permit.Chamber, Reason.TripChamber, "°C"))),
            .. rig.Presses.Select(known => ((IConditionDevice)_presses[known.Name], Watched(known, Permit.Press, Reason.TripPress, "MPa"))),
        ];
    }

    /// <summary>What a device host needs of the channels.</summary>
    public ImmutableArray<ChannelWiring> Wirings { get; }

    /// <summary>What a device host needs of chambers and presses.</summary>
    public ImmutableArray<(IConditionDevice Device, WatchedDevice Limits)> Devices { get; }

    /// <summary>The simulated channel of a name: what really happened to its cell.</summary>
    public SimulatedChannel this[string channel] => _channels[channel].Channel;

    /// <summary>
    /// All that changes in the rig, copied. What is on its way through a slow link is not in it. To be taken between two actions of the
    /// rig's loop.
    /// </summary>
    public RigSnapshot Snapshot() => Snapshots.Copy(new RigSnapshot(
        _time.Now.TotalSeconds,
        _channels.ToDictionary(pair => pair.Key, pair => new ChannelSnapshot(pair.Value.Channel.State, pair.Value.Channel.Cell.State, pair.Value.Relay.FedSeconds)),
        _chambers.ToDictionary(pair => pair.Key, pair => pair.Value.Model.State),
        _presses.ToDictionary(pair => pair.Key, pair => pair.Value.Model.State)));

    /// <summary>Goes on from a snapshot of a rig of the same file, seed and scripts, on this rig's loop.</summary>
    public void Restore(RigSnapshot snapshot)
    {
        var copy = Snapshots.Copy(snapshot);
        _time.Resume(DeviceSteps.Ticks(copy.Seconds));
        foreach (var (name, state) in copy.Chambers)
            _chambers[name].Restore(state);
        foreach (var (name, state) in copy.Presses)
            _presses[name].Restore(state);
        foreach (var (name, state) in copy.Channels)
        {
            var (channel, relay) = _channels[name];
            relay.Restore(state.RelayFedSeconds);
            channel.Restore(state.Instrument, state.Cell);
        }
    }

    private SimulatedChamber Chamber(ConditionDescription known, int seed)
    {
        var recipe = _detail.DrawnParts ? ChamberRecipe.Drawn(new(seed, $"{known.Name} recipe")) : new();
        return new(known.Name, _time, new(recipe with { StartCelsius = known.Start }, new Draw(seed, known.Name)), [.. known.Events.Cast<ChamberEvent>()]);
    }

    /// <summary>A press stands in the chamber of its first cell.</summary>
    private SimulatedPress Press(ConditionDescription known, RigDescription rig, int seed)
    {
        var cells = CellsOf(rig, known.Name);
        var chamber = _chambers[cells.Count > 0 ? cells[0].Chamber : rig.Chambers[0].Name];
        var recipe = (_detail.DrawnParts ? PressRecipe.FixedGap(new(seed, $"{known.Name} recipe")) : new())
            with { StartMegapascals = known.Start, StartCelsius = chamber.Celsius };
        return new(known.Name, _time, new(recipe, cells.Count, new Draw(seed, known.Name)), [.. known.Events.Cast<PressEvent>()], chamber);
    }

    private static List<ChannelDescription> CellsOf(RigDescription rig, string press) => [.. rig.Channels.Where(channel => channel.Press == press)];

    private ChannelWiring Wire(RigDescription rig, ChannelDescription channel, int seed, CellScript script)
    {
        var own = Seed(seed, channel.Name);
        var press = channel.Press is { } name ? _presses[name] : null;
        var chamber = _chambers[channel.Chamber];
        var cell = _detail.DrawnParts ? CellKinds.TrueSize(channel.Cell, new(own, "size")) : channel.Cell;
        var recipe = CellKinds.Recipe(cell, press?.Megapascals ?? 0, script.Parameters, new(own, "recipe"));
        var upsets = UpsetSchedule.Drawn(script.Upsets, script.Rates, Horizon, new(own, "upsets"));
        var capabilities = new ChannelCapabilities(
            channel.Instrument, _detail.SampleInterval, AbortLatencyMax, StartDelayMax, Bound.Instrument, Bound.Instrument, Bound.Instrument,
            LostHostEndVerified: true);
        var relay = new SimulatedRelay(_time);
        var surroundings = new CellSurroundings(chamber, press, press is null ? 0 : CellsOf(rig, press.Name).IndexOf(channel));
        var instrument = new SimulatedChannel(
            _time, capabilities, new(recipe, own), surroundings, relay, upsets, InstrumentRecipe.Drawn(new(own, "instrument")), own);
        _channels[channel.Name] = (instrument, relay);
        var limits = press is null ? channel.Cell.Limits with { PressureMin = default } : channel.Cell.Limits;
        var guard = new GuardLimits(limits, channel.Instrument.CurrentMax, channel.Instrument.VoltageMax, Leakage, FrozenAfter);
        ImmutableArray<Permit> permits = press is null ? [Permit.Chamber, Permit.Supervisor] : [Permit.Chamber, Permit.Press, Permit.Supervisor];
        return new(new(channel.Name, channel.Cell, capabilities, guard, permits, rig.RecordsEverySample ? double.NegativeInfinity : VoltageChange), instrument, relay, channel.Chamber, channel.Press);
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
