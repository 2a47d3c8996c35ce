using CycleRig.Core.Channels;

namespace CycleRig.Devices.Instruments;

/// <summary>
/// One output of a potentiostat. Orders never wait; their answers are reports. A segment that was armed is ended by the instrument
/// itself at its own bounds, with the cell off, whether anybody listens or not.
/// </summary>
public interface IPotentiostatChannel
{
    /// <summary>What it can do.</summary>
    ChannelCapabilities Capabilities { get; }

    /// <summary>Sends samples and reports to this listener from now on, in place of any former.</summary>
    void Connect(IInstrumentListener listener);

    /// <summary>Runs a segment now. Answered by armed or refused.</summary>
    void Arm(Segment segment);

    /// <summary>Runs a segment after the present one, if that ends by time. Answered by armed (when it begins) or refused.</summary>
    void Queue(Segment segment);

    /// <summary>Empties the queue and turns the cell off. Answered by idle.</summary>
    void Abort();
}
