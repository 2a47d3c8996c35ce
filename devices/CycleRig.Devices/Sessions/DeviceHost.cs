using System.Collections.Immutable;
using CycleRig.Core.Channels;
using CycleRig.Core.Safety;
using CycleRig.Devices.Instruments;
using CycleRig.Devices.Links;
using CycleRig.Devices.Time;

namespace CycleRig.Devices.Sessions;

/// <summary>
/// Sessions, guard and supervisor of one rig: what must go on when nothing else does. Lives on the rig's loop; every member is called
/// there.
/// </summary>
public sealed class DeviceHost
{
    private static readonly TimeSpan PermitPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OffWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly RigTime _time;
    private readonly ImmutableArray<ChannelWiring> _wirings;
    private readonly Dictionary<string, ChannelSession> _sessions;
    private readonly Dictionary<string, Watched> _watched;
    private Action<DeviceMessage> _listener = _ => { };

    /// <summary>Starts every session, which turns its cell off first.</summary>
    /// <param name="bootId">Drawn for this process; voids every older token.</param>
    /// <param name="time">The rig's loop.</param>
    /// <param name="wirings">Channels.</param>
    /// <param name="devices">Chambers and presses with the limits of the rig file.</param>
    public DeviceHost(
        Guid bootId, RigTime time, ImmutableArray<ChannelWiring> wirings, ImmutableArray<(IConditionDevice Device, WatchedDevice Limits)> devices)
    {
        (_time, _wirings, BootId) = (time, wirings, bootId);
        _watched = devices.ToDictionary(pair => pair.Limits.Name, pair => new Watched(pair.Device, pair.Limits));
        _sessions = wirings.ToDictionary(
            wiring => wiring.Settings.Channel,
            wiring => new ChannelSession(wiring, bootId, time, happened => Say(new ChannelMessage(wiring.Settings.Channel, time.Now, happened))));
        foreach (var watched in _watched.Values)
            watched.Device.Connect(reading => Read(watched, reading));
        time.Every(PermitPeriod, Supervise);
    }

    /// <summary>Drawn when this process started.</summary>
    public Guid BootId { get; }

    /// <summary>Sends every message to this listener from now on.</summary>
    public void Connect(Action<DeviceMessage> listener) => _listener = listener;

    public void Attach(string channel) => Session(channel).Attach();

    public void Order(string channel, ChannelCommand command) => Session(channel).Order(command);

    public void SetTarget(string device, double target) => Device(device).Device.SetTarget(target);

    /// <summary>Clears a trip while the device is back within its limits; otherwise it stays.</summary>
    public void AcknowledgeTrip(string device)
    {
        var watched = Device(device);
        (watched.Watch, _) = SupervisorMachine.Acknowledge(watched.Watch);
        GivePermits(watched);
    }

    /// <summary>Turns every cell off, latched, and tells when all are confirmed off, or which are not after 3 s.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="detail">In words.</param>
    /// <param name="done">Told of each channel whether its cell is confirmed off.</param>
    public void StopAll(Reason reason, string detail, Action<ImmutableArray<CellIsOff>> done)
    {
        foreach (var session in _sessions.Values)
            session.Trip(reason, detail);
        Look(_time.Now + OffWithin, done);
    }

    /// <summary>Turns off every cell that is not off: this process ends, and with it every grant.</summary>
    /// <param name="detail">In words.</param>
    /// <param name="done">Told of each channel whether its cell is confirmed off, after 3 s at most.</param>
    public void ShutDown(string detail, Action<ImmutableArray<CellIsOff>> done)
    {
        foreach (var session in _sessions.Values.Where(session => !session.IsOff))
            session.Trip(Reason.HostStopped, detail);
        Look(_time.Now + OffWithin, done);
    }

    private void Look(TimeSpan deadline, Action<ImmutableArray<CellIsOff>> done)
    {
        ImmutableArray<CellIsOff> cells = [.. _wirings.Select(wiring => new CellIsOff(wiring.Settings.Channel, _sessions[wiring.Settings.Channel].IsOff))];
        if (cells.All(cell => cell.IsOff) || _time.Now >= deadline)
            done(cells);
        else
            _time.After(LookEvery, () => Look(deadline, done));
    }

    private void Read(Watched watched, ConditionReading reading)
    {
        var limits = watched.Limits;
        Update(watched, SupervisorMachine.Read(watched.Watch, limits, reading.Value, reading.Valid ? null : reading.Fault ?? "invalid", _time.Now));
        foreach (var session in Dependents(limits))
        {
            if (limits.Permit == Permit.Chamber)
                session.ReadChamber(reading.Valid ? reading.Value : double.NaN);
            else
                session.ReadPress(reading.Valid ? reading.Value : double.NaN);
        }

        var tripped = watched.Watch.Tripped;
        Say(new ConditionMessage(limits.Name, _time.Now, reading.Value, reading.SetPoint, watched.Watch.Within, watched.Watch.Held, tripped?.Detail));
    }

    private void Supervise()
    {
        foreach (var watched in _watched.Values)
            Update(watched, SupervisorMachine.Tick(watched.Watch, watched.Limits, _time.Now));
        foreach (var session in _sessions.Values)
            session.SetPermit(Permit.Supervisor, held: true, Reason.TripSupervisor, "the supervisor lives");
    }

    private void Update(Watched watched, DeviceWatch next)
    {
        var trip = watched.Watch.Tripped is null ? next.Tripped : null;
        watched.Watch = next;
        if (trip is not null)
        {
            foreach (var session in Dependents(watched.Limits))
                session.Trip(trip.Reason, trip.Detail);
        }

        GivePermits(watched);
    }

    private void GivePermits(Watched watched)
    {
        var limits = watched.Limits;
        foreach (var session in Dependents(limits))
            session.SetPermit(limits.Permit, watched.Watch.Held, limits.Trip, watched.Watch.Tripped?.Detail ?? watched.Watch.Detail);
    }

    private IEnumerable<ChannelSession> Dependents(WatchedDevice device) => _wirings
        .Where(wiring => device.Permit == Permit.Chamber ? wiring.Chamber == device.Name : wiring.Press == device.Name)
        .Select(wiring => _sessions[wiring.Settings.Channel]);

    private ChannelSession Session(string channel) => _sessions.TryGetValue(channel, out var session)
        ? session
        : throw new InvalidDataException($"this device host has no channel `{channel}`: host and device host were started with different rig files");

    private Watched Device(string name) => _watched.TryGetValue(name, out var watched)
        ? watched
        : throw new InvalidDataException($"this device host has no chamber or press `{name}`: host and device host were started with different rig files");

    private void Say(DeviceMessage message) => _listener(message);

    private sealed class Watched(IConditionDevice device, WatchedDevice limits)
    {
        public IConditionDevice Device { get; } = device;

        public WatchedDevice Limits { get; } = limits;

        public DeviceWatch Watch { get; set; } = DeviceWatch.Unread;
    }
}
