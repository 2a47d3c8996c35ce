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
    private readonly Journal _journal;
    private readonly EmbeddedBroker _broker;
    private readonly Action<string> _tell;
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    private string? _trouble;

    private JournalPublisher(string rig, Journal journal, EmbeddedBroker broker, Action<string> tell)
    {
        (_rig, _journal, _broker, _tell) = (rig, journal, broker, tell);
        _work = Task.Run(() => Run(_stop.Token));
    }

    /// <summary>Name of its cursor in the journal.</summary>
    public const string Reader = "mqtt";

    /// <summary>Starts to publish a journal.</summary>
    /// <param name="rig">Name of the rig.</param>
    /// <param name="journal">Open for as long as this publishes.</param>
    /// <param name="broker">Where to.</param>
    /// <param name="tell">Told once of what keeps it from going on; it tries again and again.</param>
    public static JournalPublisher Start(string rig, Journal journal, EmbeddedBroker broker, Action<string> tell) => new(rig, journal, broker, tell);

    /// <summary>Publishes what is left, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        if (_client.IsConnected)
            await Tried(LastWords, CancellationToken.None);

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
                await Tried(Drain, cancellation);
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException)
        {
            // Asked to end: what is left is published by the one who asked.
        }
    }

    /// <summary>What cannot be read or sent now is tried again with the next period; a reader slows and stops nobody.</summary>
    private async Task Tried(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        try
        {
            await work(cancellation);
            _trouble = null;
        }
        catch (Exception passing) when (passing is JournalException or FormatException or IOException or Microsoft.Data.Sqlite.SqliteException or MQTTnet.Exceptions.MqttCommunicationException)
        {
            if (_trouble != passing.Message)
                _tell($"MQTT: {passing.Message}");
            _trouble = passing.Message;
        }
    }

    private async Task LastWords(CancellationToken cancellation)
    {
        await Drain(cancellation);
        await Publish($"cyclerig/v1/{_rig}/status", """{"v":1,"online":false}""", retain: true, [], cancellation);
        await _client.DisconnectAsync(cancellationToken: cancellation);
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
        while (_client.IsConnected && _journal.Reader.ReadFrom(_journal.GetCursor(Reader, CursorKind.Publish), Page) is { Count: > 0 } rows)
        {
            foreach (var batch in Batches(rows))
                await Publish(batch, cancellation);
            _journal.SetCursor(Reader, CursorKind.Publish, rows[^1].Seq);
        }
    }

    /// <summary>Neighbouring rows of one channel, topic and epoch travel together; order within a channel stays.</summary>
    private static IEnumerable<List<JournalRow>> Batches(IReadOnlyList<JournalRow> rows)
    {
        foreach (var channel in rows.GroupBy(row => row.Record.Channel))
        {
            var batch = new List<JournalRow>();
            foreach (var row in channel)
            {
                if (batch.Count > 0 && (LineProtocol.Topic(batch[^1].Record.Kind) != LineProtocol.Topic(row.Record.Kind) || batch[^1].Epoch != row.Epoch))
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

    private async Task Publish(string topic, string payload, bool retain, List<MqttUserProperty> properties, CancellationToken cancellation)
    {
        var answer = await _client.PublishAsync(
            new MqttApplicationMessage
            {
                Topic = topic, PayloadSegment = new(Encoding.UTF8.GetBytes(payload)), Retain = retain,
                QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce, UserProperties = properties,
            },
            cancellation);
        if (!answer.IsSuccess)
            throw new MQTTnet.Exceptions.MqttCommunicationException($"the broker refused a message on {topic}: {answer.ReasonCode}");
    }

    private static MqttUserProperty Property(string name, long value) =>
        new(name, Encoding.UTF8.GetBytes(value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
