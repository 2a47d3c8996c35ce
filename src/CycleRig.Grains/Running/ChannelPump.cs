using CycleRig.Contracts;
using CycleRig.Core.Channels;
using CycleRig.Core.Safety;

namespace CycleRig.Grains.Running;

/// <summary>Carries a channel's events to its grain: in order, one call in flight.</summary>
internal sealed class ChannelPump(RigRuntime runtime, string channel, IChannelGrain grain)
{
    /// <summary>Ten minutes of two events a second, and room. A channel that is this far behind decides nothing: its cell goes off.</summary>
    private const int WaitingMax = 2_000;

    private readonly Lock _lock = new();
    private readonly Queue<(ChannelEvent Happened, TimeSpan At)> _waiting = new();
    private bool _calling;

    public void Enqueue(ChannelEvent happened)
    {
        lock (_lock)
        {
            if (_waiting.Count >= WaitingMax)
            {
                runtime.Link.Send(channel, new CellOff(Finish: false, new(Reason.Internal, runtime.Time.Now, "the channel's grain does not answer")));
                _waiting.Dequeue();
            }

            _waiting.Enqueue((happened, runtime.Time.Now));
            if (_calling)
                return;
            _calling = true;
        }

        runtime.Track(Run());
    }

    private async Task Run()
    {
        while (Next() is { } next)
        {
            try
            {
                await grain.Observe(next.Happened, next.At).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                // The lease is not renewed for an event that was not decided: the cell goes off by itself.
                runtime.Fault(fault);
            }
        }
    }

    private (ChannelEvent Happened, TimeSpan At)? Next()
    {
        lock (_lock)
        {
            if (_waiting.TryDequeue(out var next))
                return next;
            _calling = false;
            return null;
        }
    }
}
