using CycleRig.Devices.Time;

namespace CycleRig.Devices.Links;

/// <summary>One direction of a link: actions arrive later, in the order in which they were sent.</summary>
internal sealed class Hop(RigTime time, Latency latency, TimeSpan typical)
{
    private readonly Lock _lock = new();
    private TimeSpan _last;

    public void Send(Action arrival)
    {
        lock (_lock)
        {
            var now = time.Now;
            var due = now + latency.About(typical);
            _last = due > _last ? due : _last;
            time.After(_last > now ? _last - now : TimeSpan.Zero, arrival);
        }
    }
}
