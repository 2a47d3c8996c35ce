using CycleRig.Core.Channels;
using CycleRig.Devices.Sessions;
using CycleRig.Devices.Time;

namespace CycleRig.Devices.Links;

/// <summary>A link within the process.</summary>
/// <param name="host">The device host at its other end.</param>
/// <param name="time">The loop that both ends live on.</param>
/// <param name="latency">Latency of each hop.</param>
public sealed class LocalLink(DeviceHost host, RigTime time, Latency latency) : IDeviceLink
{
    private static readonly TimeSpan Typical = TimeSpan.FromMilliseconds(1);

    private readonly Hop _down = new(time, latency, Typical);
    private readonly Hop _up = new(time, latency, Typical);

    public void Connect(Action<DeviceMessage> listener) => host.Connect(message => _up.Send(() => listener(message)));

    public void Attach(string channel) => _down.Send(() => host.Attach(channel));

    public void Send(string channel, ChannelCommand command) => _down.Send(() => host.Order(channel, command));

    public void SetTarget(string device, double target) => _down.Send(() => host.SetTarget(device, target));

    public void AcknowledgeTrip(string device) => _down.Send(() => host.AcknowledgeTrip(device));

    public void Durable(string channel, long sessionEvent)
    {
        // Within the process nothing is kept for resending: what was sent has arrived.
    }
}
