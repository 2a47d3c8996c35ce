using CycleRig.Devices.Instruments;
using CycleRig.Devices.Time;

namespace CycleRig.Devices.Simulated.Instruments;

/// <summary>A dead-man relay: closed for 2 s after each feed.</summary>
public sealed class SimulatedRelay(RigTime time) : ICellRelay
{
    private const double HoldsSeconds = 2;
    private double _origin;

    public bool IsClosed => FedSeconds is { } fed && Now - fed <= HoldsSeconds;

    /// <summary>Rig time of the last feed, s, or null.</summary>
    public double? FedSeconds { get; private set; }

    public void Feed() => FedSeconds = Now;

    public void Open() => FedSeconds = null;

    /// <summary>Goes on from a snapshot that was taken at a rig time, s.</summary>
    public void Restore(double? fedSeconds, double seconds) => (FedSeconds, _origin) = (fedSeconds, seconds - time.Now.TotalSeconds);

    private double Now => _origin + time.Now.TotalSeconds;
}
