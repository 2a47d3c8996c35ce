using CycleRig.Core.Channels;

namespace CycleRig.Devices.Sessions;

/// <summary>What a session's rules can do to the world.</summary>
public interface ISessionPort
{
    void Arm(Segment segment);

    void Queue(Segment segment);

    void Abort();

    void FeedRelay();

    /// <summary>Opens the relay in the current lead.</summary>
    /// <returns>Whether there is one.</returns>
    bool OpenRelay();

    /// <summary>Sends an event to the owner.</summary>
    void Report(ChannelEvent happened);
}
