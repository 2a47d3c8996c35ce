using CycleRig.Devices.Instruments;
using CycleRig.Devices.Time;

namespace CycleRig.Devices.Simulated.Instruments;

/// <summary>A dead-man relay: closed for 2 s after each feed.</summary>
public sealed class SimulatedRelay(RigTime time) : ICellRelay
{
    private const double HoldsSeconds = 2;

    public bool IsClosed => FedSeconds is { } fed && Now - fed <= HoldsSeconds;

    /// <summary>Rig time of the last feed, s, or null.</summary>
    public double? FedSeconds { get; private set; }

    public void Feed() => FedSeconds = Now;

    public void Open() => FedSeconds = null;

    /// <summary>Goes on from a snapshot, at its rig time.</summary>
    public void Restore(double? fedSeconds) => FedSeconds = fedSeconds;

    private double Now => time.Now.TotalSeconds;
}
