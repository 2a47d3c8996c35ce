using System.Text;
using CycleRig.Storage.Journals;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using Polly;
using Polly.Retry;

namespace CycleRig.Telemetry;

/// <summary>A reader of the journal: publishes its rows over MQTT 5, QoS 1, in order, with a cursor of its own. It slows nobody.</summary>
public sealed class JournalPublisher : IAsyncDisposable
{
    private const int Page = 500;
    private const int BufferBytes = 1 << 20;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private static readonly ResiliencePipeline Reconnect = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue, Delay = TimeSpan.FromMilliseconds(250), MaxDelay = TimeSpan.FromSeconds(15), BackoffType = DelayBackoffType.Exponential, UseJitter = true })
        .Build();

    private readonly string _rig;
    private readonly string _folder;
    private readonly EmbeddedBroker _broker;
    private readonly ReaderCursor _cursor;
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    private JournalPublisher(string rig, string folder, EmbeddedBroker broker)
    {
        (_rig, _folder, _broker) = (rig, folder, broker);
        _cursor = new(folder, "mqtt");
        _work = Task.Run(() => Run(_stop.Token));
    }

    /// <summary>What last kept it from going on, or null.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Rows that were published.</summary>
    public long Published { get; private set; }

    /// <summary>Starts to publish the journal of a folder.</summary>
    public static JournalPublisher Start(string rig, string folder, EmbeddedBroker broker) => new(rig, folder, broker);

    /// <summary>Publishes what is left, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        if (_client.IsConnected)
        {
            await Tried(CancellationToken.None);
            await Publish($"cyclerig/v1/{_rig}/status", """{"v":1,"online":false}""", retain: true, [], CancellationToken.None);
            await _client.DisconnectAsync();
        }

        _client.Dispose();
        _stop.Dispose();
    }

    private async Task Run(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Period);
        try
        {
            do
            {
                if (!_client.IsConnected)
                    await Reconnect.ExecuteAsync(async token => await Connect(token), cancellation);
                await Tried(cancellation);
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException)
        {
            // Asked to end: what is left is published by the one who asked.
        }
    }

    /// <summary>What cannot be read or sent now is tried again with the next period; a reader slows and stops nobody.</summary>
    private async Task Tried(CancellationToken cancellation)
    {
        try
        {
            await Drain(cancellation);
        }
        catch (Exception passing) when (passing is JournalException or MQTTnet.Exceptions.MqttCommunicationException)
        {
            Trouble = passing.Message;
        }
    }

    private async Task Connect(CancellationToken cancellation)
    {
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", _broker.Port).WithTcpServer(tcp => tcp.BufferSize = BufferBytes)
            .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500).WithClientId(EmbeddedBroker.HostClient).WithCredentials("host", _broker.Secret)
            .WithWillTopic($"cyclerig/v1/{_rig}/status").WithWillPayload("""{"v":1,"online":false}""").WithWillRetain().WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build();
        await _client.ConnectAsync(options, cancellation);
        await Publish($"cyclerig/v1/{_rig}/status", """{"v":1,"online":true}""", retain: true, [], cancellation);
    }

    private async Task Drain(CancellationToken cancellation)
    {
        if (!Directory.Exists(_folder) || Directory.GetFiles(_folder, "journal-*.sqlite").Length == 0)
            return;
        using var reader = JournalReader.Open(_folder);
        while (_client.IsConnected && reader.ReadFrom(_cursor.Seq, Page) is { Count: > 0 } rows)
        {
            foreach (var batch in Batches(rows))
                await Publish(batch, cancellation);
            _cursor.Advance(rows[^1].Seq);
            Published += rows.Count;
        }
    }

    /// <summary>Neighbouring rows of one channel and topic travel together; order within a channel stays.</summary>
    private static IEnumerable<List<JournalRow>> Batches(IReadOnlyList<JournalRow> rows)
    {
        foreach (var channel in rows.GroupBy(row => row.Record.Channel))
        {
            var batch = new List<JournalRow>();
            foreach (var row in channel)
            {
                if (batch.Count > 0 && LineProtocol.Topic(batch[^1].Record.Kind) != LineProtocol.Topic(row.Record.Kind))
                {
                    yield return batch;
                    batch = [];
                }

                batch.Add(row);
            }

            yield return batch;
        }
    }

    private async Task Publish(List<JournalRow> batch, CancellationToken cancellation)
    {
        var lines = string.Concat(batch.Select(row => LineProtocol.Of(_rig, row)));
        var first = batch[0];
        var topic = $"cyclerig/v1/{_rig}/{first.Record.Channel}";
        if (lines.Length > 0)
        {
            List<MqttUserProperty> range = [Property("epoch", first.Epoch), Property("first", first.Seq), Property("last", batch[^1].Seq)];
            await Publish($"{topic}/{LineProtocol.Topic(first.Record.Kind)}", lines, retain: false, range, cancellation);
        }

        foreach (var decision in batch.Where(row => row.Record.Kind == RecordKind.Decision).TakeLast(1))
        {
            var state = $$"""{"v":1,"state":"{{decision.Record.DecodeJson()["state"]}}","run":"{{decision.Record.Run}}","seq":{{decision.Seq}},"utc":"{{decision.Record.Utc:O}}"}""";
            await Publish($"{topic}/status", state, retain: true, [], cancellation);
        }
    }

    private Task<MqttClientPublishResult> Publish(string topic, string payload, bool retain, List<MqttUserProperty> properties, CancellationToken cancellation) =>
        _client.PublishAsync(
            new MqttApplicationMessage
            {
                Topic = topic, PayloadSegment = new(Encoding.UTF8.GetBytes(payload)), Retain = retain,
                QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce, UserProperties = properties,
            },
            cancellation);

    private static MqttUserProperty Property(string name, long value) =>
        new(name, Encoding.UTF8.GetBytes(value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
