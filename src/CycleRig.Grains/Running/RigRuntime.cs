using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CycleRig.Contracts;
using CycleRig.Core.Channels;
using CycleRig.Core.Experiments;
using CycleRig.Core.Protocols;
using CycleRig.Core.Safety;
using CycleRig.Devices.Links;
using CycleRig.Devices.Time;
using CycleRig.Storage.Journals;

namespace CycleRig.Grains.Running;

/// <summary>What the grains of one rig share on the host that owns it: its loop, its link, its journal, its plans.</summary>
public sealed class RigRuntime
{
    /// <summary>What a channel has before it was given a protocol: a plan for its states, which nobody may start.</summary>
    private static readonly Protocol Nothing = new("nothing", [new Rest("nothing", TimeSpan.Zero)], SafetyTerms.Default);

    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(3);

    private readonly Lock _recording = new();
    private readonly Dictionary<string, ChannelPump> _pumps = [];
    private readonly Dictionary<string, TimeSpan> _heard = [];
    private readonly HashSet<string> _silent = [];
    private readonly ConcurrentDictionary<string, Protocol> _protocols;
    private DateTimeOffset _recorded;

    /// <summary>Puts a rig together; <see cref="Start"/> sets it going.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="protocols">Protocols of channels, where they are known already.</param>
    /// <param name="time">The rig's loop.</param>
    /// <param name="link">Link to the device host.</param>
    /// <param name="journal">The rig's journal.</param>
    /// <param name="latency">Virtual latency of fits and syncs.</param>
    public RigRuntime(
        RigDescription rig, IReadOnlyDictionary<string, Protocol> protocols, RigTime time, IDeviceLink link, Journal journal, Latency latency)
    {
        (Rig, Time, Link, Journal, Latency) = (rig, time, link, journal, latency);
        _protocols = new(protocols);
        Committer = new(this);
        Board = new(rig);
        Alarms = new(this);
        Disk = new(this);
        StorageCause = new(this);
    }

    public RigDescription Rig { get; }

    public RigTime Time { get; }

    public IDeviceLink Link { get; }

    public Journal Journal { get; }

    public Latency Latency { get; }

    public JournalCommitter Committer { get; }

    /// <summary>What is wrong apart from the channels.</summary>
    public RigAlarms Alarms { get; }

    /// <summary>What follows from the room on the journal's disk.</summary>
    public JournalDisk Disk { get; }

    internal StorageCause StorageCause { get; }

    internal ChamberBoard Board { get; }

    /// <summary>Told of an exception that a turn, a fit or an append let escape.</summary>
    public event Action<Exception>? Faulted;

    /// <summary>Told of every journalled decision in words: for live tables and logs.</summary>
    public event Action<string, string>? Noted;

    /// <summary>Names of the channels.</summary>
    public ImmutableArray<string> Channels => [.. Rig.Channels.Select(channel => channel.Name)];

    /// <summary>The protocol of a channel; one that does nothing before any was given.</summary>
    public Protocol ProtocolOf(string channel) => _protocols.GetValueOrDefault(channel, Nothing);

    /// <summary>Whether a channel was given a protocol.</summary>
    public bool HasProtocol(string channel) => _protocols.ContainsKey(channel);

    /// <summary>The plan of a channel.</summary>
    public ChannelPlan PlanOf(string channel) => PlanCheck.For(DescriptionOf(channel), ProtocolOf(channel));

    /// <summary>Gives a channel the protocol of its next run.</summary>
    public void Assign(string channel, Protocol protocol) => _protocols[channel] = protocol;

    public ChannelDescription DescriptionOf(string channel) => Rig.Channels.First(known => known.Name == channel);

    /// <summary>Begins to carry events to the grains, and attaches every channel.</summary>
    public void Start(IGrainFactory grains)
    {
        foreach (var channel in Channels)
            _pumps[channel] = new(this, channel, grains.GetGrain<IChannelGrain>(Key(channel)));
        foreach (var channel in Channels)
            _heard[channel] = Time.Now;
        Link.Connect(message => Arrived(message, grains));
        foreach (var channel in Channels)
            Link.Attach(channel);
        Committer.Start();
        Time.Every(SilenceMax / 3, MissSilent);
    }

    /// <summary>A session says something each second. A channel whose session does not has no device host: nothing else would say so.</summary>
    private void MissSilent()
    {
        foreach (var channel in Channels)
        {
            if (Time.Now - _heard[channel] > SilenceMax && _silent.Add(channel))
                Tell(channel, new CauseFound(Reason.DeviceLost, $"the device host has said nothing for {SilenceMax.TotalSeconds:F0} s"));
        }
    }

    private void Heard(string channel)
    {
        _heard[channel] = Time.Now;
        if (_silent.Remove(channel))
            Tell(channel, new CauseGone(Reason.DeviceLost));
    }

    /// <summary>Carries nothing more to the grains: they are about to end. What devices say meanwhile stays with the device host.</summary>
    public void Stop()
    {
        Link.Connect(_ => { });
        lock (_pumps)
            _pumps.Clear();
    }

    /// <summary>Writes an event that belongs to no run: an act of an operator on a device, an alarm. Their time stamps rise in the order of the journal.</summary>
    /// <param name="where">Chamber, press, or `rig`.</param>
    /// <param name="body">What happened; `type` says what it is.</param>
    public void Record(string where, JsonObject body)
    {
        lock (_recording)
        {
            _recorded = RisingStamp.After(_recorded, Time.UtcNow);
            Journal.Append(JournalRecord.Json(RecordKind.Event, where, null, Time.Now.TotalSeconds, _recorded, body));
        }
    }

    /// <summary>Gives an event to a channel's grain, behind those that wait.</summary>
    public void Tell(string channel, ChannelEvent happened)
    {
        ChannelPump? pump;
        lock (_pumps)
            _pumps.TryGetValue(channel, out pump);
        pump?.Enqueue(happened);
    }

    /// <summary>Follows a piece of work outside the loop: discrete time waits for it, faults are told.</summary>
    public void Track(Task work)
    {
        var busy = Time.Busy();
        work.ContinueWith(
            done =>
            {
                if (done.Exception is { } fault)
                    Faulted?.Invoke(fault);
                busy.Dispose();
            },
            CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    public string Key(string name) => $"{Rig.Name}/{name}";

    /// <summary>The grain of a chamber or a press, or null when the rig has none of that name.</summary>
    internal IConditionGrain? DeviceGrain(IGrainFactory grains, string name) =>
        Rig.Chambers.Any(chamber => chamber.Name == name) ? grains.GetGrain<IChamberGrain>(Key(name))
        : Rig.Presses.Any(press => press.Name == name) ? grains.GetGrain<IPressGrain>(Key(name))
        : null;

    internal void Note(string channel, string text) => Noted?.Invoke(channel, text);

    internal void Fault(Exception fault) => Faulted?.Invoke(fault);

    private void Arrived(DeviceMessage message, IGrainFactory grains)
    {
        if (message is ChannelMessage { Event: var happened })
        {
            Heard(message.Source);
            Tell(message.Source, happened);
            return;
        }

        var reading = (ConditionMessage)message;
        if (DeviceGrain(grains, reading.Source) is { } grain)
            Track(grain.Observe(new(reading.Value, reading.SetPoint, reading.Within, reading.Held, reading.Tripped)));
    }
}
