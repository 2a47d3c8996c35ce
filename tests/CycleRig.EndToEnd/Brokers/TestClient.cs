using System.Collections.Concurrent;
using System.Text;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using Xunit;

namespace CycleRig.EndToEnd.Brokers;

/// <summary>An MQTT client that remembers what it hears.</summary>
internal sealed class TestClient : IDisposable
{
    private readonly ConcurrentQueue<MqttApplicationMessage> _heard = new();

    public TestClient() => Mqtt.ApplicationMessageReceivedAsync += received =>
    {
        _heard.Enqueue(received.ApplicationMessage);
        return Task.CompletedTask;
    };

    public IMqttClient Mqtt { get; } = new MqttClientFactory().CreateMqttClient();

    public IReadOnlyCollection<MqttApplicationMessage> Messages => _heard;

    public List<(string Topic, string Payload)> Heard => [.. _heard.Select(message => (message.Topic, Encoding.UTF8.GetString(message.Payload)))];

    public void Dispose() => Mqtt.Dispose();

    /// <summary>Publishes with QoS 1.</summary>
    /// <returns>What the broker answered.</returns>
    public async Task<MqttClientPublishReasonCode> Publish(string topic, string payload, bool retain = false, List<MqttUserProperty>? properties = null) =>
        (await Mqtt.PublishAsync(
            new() { Topic = topic, Payload = new(Encoding.UTF8.GetBytes(payload)), Retain = retain, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce, UserProperties = properties },
            TestContext.Current.CancellationToken)).ReasonCode;

    /// <summary>Subscribes with QoS 1.</summary>
    /// <returns>What the broker answered.</returns>
    public async Task<MqttClientSubscribeResultCode> Subscribe(string filter) =>
        (await Mqtt.SubscribeAsync(filter, MqttQualityOfServiceLevel.AtLeastOnce, TestContext.Current.CancellationToken)).Items.Single().ResultCode;

    /// <summary>Waits until something was heard.</summary>
    public Task Hears(Func<(string Topic, string Payload), bool> what, string name) =>
        LiveRig.Until(() => Task.FromResult(Heard.Any(what)), name, () => string.Join(", ", Heard.Select(message => message.Topic)));
}
