using CycleRig.Devices.Instruments;
using CycleRig.Devices.Time;

namespace CycleRig.Devices.Simulated.Instruments;

/// <summary>A dead-man relay: closed for 2 s after each feed.</summary>
public sealed class SimulatedRelay(RigTime time) : ICellRelay
{
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(2);
    private TimeSpan? _fedAt;

    public bool IsClosed => _fedAt is { } fed && time.Now - fed <= Holds;

    public void Feed() => _fedAt = time.Now;

    public void Open() => _fedAt = null;
}
