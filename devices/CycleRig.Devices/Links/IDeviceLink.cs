using CycleRig.Core.Channels;

namespace CycleRig.Devices.Links;

/// <summary>The way between a host and the device host: in the process or over a socket, the same messages. Nothing here waits.</summary>
public interface IDeviceLink
{
    /// <summary>Hears what the device host says, in its order, from now on, in place of any former listener.</summary>
    void Connect(Action<DeviceMessage> listener);

    /// <summary>Asks for the ownership of a channel; answered by <see cref="Attached"/>.</summary>
    void Attach(string channel);

    /// <summary>Sends a command to a channel's session.</summary>
    void Send(string channel, ChannelCommand command);

    /// <summary>Sets the target of a chamber (°C) or a press (MPa).</summary>
    void SetTarget(string device, double target);

    /// <summary>Acknowledges the trip of a chamber or a press.</summary>
    void AcknowledgeTrip(string device);

    /// <summary>Tells that what the session sent up to this event is on disk and may be forgotten.</summary>
    void Durable(string channel, long sessionEvent);
}
