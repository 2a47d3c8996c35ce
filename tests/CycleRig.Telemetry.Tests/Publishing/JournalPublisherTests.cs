using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CycleRig.Core.Evidence;
using CycleRig.Core.Telemetry;
using CycleRig.Storage.Journals;
using CycleRig.Telemetry.Mqtt;
using CycleRig.Telemetry.Publishing;
using CycleRig.Testing;
using MQTTnet;
using Xunit;

namespace CycleRig.Telemetry.Tests.Publishing;

/// <summary>What a subscriber of the embedded broker sees of a journal.</summary>
public sealed class JournalPublisherTests
{
    private static readonly Guid Run = new("019b76da-a800-77bd-bf8e-e610398f9334");
    private static readonly DateTimeOffset Utc = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Every_sample_arrives_once_in_order_with_its_values_to_the_bit()
    {
        using var folder = new TemporaryFolder();
        await using var broker = await EmbeddedBroker.StartAsync("rig", EmbeddedBrokerSettings.Default with { Port = FreePort() }, folder.Path);
        var received = new ConcurrentQueue<(string Topic, string Payload)>();
        using var subscriber = await Subscribe(broker, received);
        var samples = Enumerable.Range(1, 500).Select(i => new Sample(i, -15.7e-6 / i, -0.1 * Math.Sqrt(i), 30, 5, -1e-7 * i)).ToArray();
        using var journal = Journal.Open(folder.Path, JournalOptions.Default);
        foreach (var batch in samples.Chunk(20))
            journal.Append(JournalRecord.Samples("ch-1", Run, Utc.AddSeconds(batch[^1].TimeSeconds), batch));
        journal.Flush();
        await using (JournalPublisher.Start("rig", journal, broker.Host, false, new(), new(trouble => Assert.Fail(trouble.ToString()))))
        {
            await Until(() => Lines(received).Count >= samples.Length);
        }

        var lines = Lines(received);
        Assert.Equal(samples.Length, lines.Count);
        for (var i = 0; i < samples.Length; i++)
        {
            Assert.StartsWith($"sample,rig=rig,channel=ch-1,run={Run} ", lines[i], StringComparison.Ordinal);
            Assert.Contains($"voltage_V={samples[i].Volts.ToString("R", System.Globalization.CultureInfo.InvariantCulture)},", lines[i], StringComparison.Ordinal);
            var nanoseconds = (Utc.AddSeconds(samples[i].TimeSeconds) - DateTimeOffset.UnixEpoch).Ticks * 100;
            Assert.EndsWith($" {nanoseconds}", lines[i], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_second_publisher_goes_on_where_the_first_ended()
    {
        using var folder = new TemporaryFolder();
        await using var broker = await EmbeddedBroker.StartAsync("rig", EmbeddedBrokerSettings.Default with { Port = FreePort() }, folder.Path);
        var received = new ConcurrentQueue<(string Topic, string Payload)>();
        using var subscriber = await Subscribe(broker, received);
        using var journal = Journal.Open(folder.Path, JournalOptions.Default);
        for (var i = 1; i <= 2; i++)
        {
            journal.Append(JournalRecord.Samples("ch-1", Run, Utc, [new(i, 0, i, 30, 5, 0)]));
            journal.Flush();
            var wanted = i;
            await using (JournalPublisher.Start("rig", journal, broker.Host, false, new(), new(trouble => Assert.Fail(trouble.ToString()))))
                await Until(() => Lines(received).Count >= wanted);
        }

        Assert.Equal(2, Lines(received).Count);
    }

    private static List<string> Lines(ConcurrentQueue<(string Topic, string Payload)> received) =>
        [.. received.Where(m => m.Topic.EndsWith("/samples", StringComparison.Ordinal)).SelectMany(m => m.Payload.Split('\n', StringSplitOptions.RemoveEmptyEntries))];

    private static async Task<IMqttClient> Subscribe(EmbeddedBroker broker, ConcurrentQueue<(string Topic, string Payload)> received)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += message =>
        {
            received.Enqueue((message.ApplicationMessage.Topic, Encoding.UTF8.GetString(message.ApplicationMessage.Payload)));
            return Task.CompletedTask;
        };
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Host.Port).WithCredentials("admin", broker.Passwords.Of("admin")!).Build(), TestContext.Current.CancellationToken);
        await client.SubscribeAsync("cyclerig/v1/#", MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce, TestContext.Current.CancellationToken);
        return client;
    }

    private static async Task Until(Func<bool> done)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!done() && TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.True(done());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
