using System.Collections.Immutable;
using MQTTnet;

namespace CycleRig.Telemetry.Mqtt;

/// <summary>What one connection to a broker is for.</summary>
/// <param name="ClientId">Name of the session at the broker.</param>
/// <param name="Subscriptions">Topic filters, QoS 1, asked for anew after every connect.</param>
/// <param name="Will">Topic and payload that the broker publishes, retained, when this client is gone without a word; or null.</param>
/// <param name="SessionSeconds">How long the broker keeps the session of an absent client, s.</param>
/// <param name="ReceiveMax">Messages that the broker may send before they are handled: flow control.</param>
internal sealed record BrokerClient(
    string ClientId, ImmutableArray<string> Subscriptions, (string Topic, string Payload)? Will, uint SessionSeconds, ushort ReceiveMax)
{
    /// <summary>Called after every connect, before anything else is sent.</summary>
    public Func<BrokerConnection, CancellationToken, Task> Connected { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Called with each message, one after the other; the broker is told that it arrived when this returns.</summary>
    public Func<BrokerConnection, MqttApplicationMessage, Task> Received { get; init; } = (_, _) => Task.CompletedTask;
}
