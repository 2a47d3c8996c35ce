using System.Text;
using CycleRig.Core.Telemetry;
using CycleRig.Testing;
using CycleRig.Testing.Services;
using MQTTnet;
using MQTTnet.Packets;
using Xunit;

namespace CycleRig.EndToEnd.Brokers;

/// <summary>A broker that asks nobody who they are, and a stranger who publishes under our topics: our rows arrive all the same, and nothing of his.</summary>
public sealed class GarbageTests
{
    private const int Rows = 50;
    private const int LinesMax = 3;
    private const int Flood = 300;
    private static readonly DateTimeOffset Utc = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Garbage_is_set_aside_and_told_once_and_rows_arrive_all_the_same()
    {
        Assert.SkipWhen(ServiceProcess.Find("influxd") is null || ServiceProcess.Find("mosquitto") is null, "influxdb or mosquitto is not installed");
        using var folder = new TemporaryFolder();
        using var broker = Mosquitto.Open(folder.Path);
        using var influx = new InfluxDb(folder.Path);
        await broker.StartAsync();
        await influx.StartAsync();
        using var stranger = new TestClient();
        await stranger.Mqtt.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Port).WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500).Build(), TestContext.Current.CancellationToken);
        await stranger.Publish("cyclerig/v1/bench/ch-1/samples", "retained before anybody came", retain: true);
        await stranger.Publish("cyclerig/v1/bench/ch-1/ack", """{"v":1,"epoch":1,"ranges":[[1,9]]}""", retain: true);
        var settings = new BrokerSettings("127.0.0.1", broker.Port, false, null, null, null, null, null);
        await using var line = new TelemetryLine(settings, settings, new(influx.Address, true, InfluxDb.Database, null, null, null));
        await line.Tells("no rows of a rig arrive on cyclerig/v1/bench/ch-1/samples");
        await Rubbish(stranger);
        line.Append(Rows, Utc);
        await line.Arrives();
        await LiveRig.Until(() => Task.FromResult(File.ReadLines(line.DeadLetters).Count() >= Flood), "the dead letters");
        Assert.Equal(Rows, await influx.Count("sample"));
        Assert.Equal("garbage", Assert.Single(line.Troubles.Open).Kind);
        Assert.True(line.Told.Count <= LinesMax, string.Join('\n', line.Told));
    }

    /// <summary>Wrong topics, sizes, versions and properties; and rows of a rig that does not exist, under names with what is no letter.</summary>
    private static async Task Rubbish(TestClient stranger)
    {
        const string row = "sample,rig=bench,channel=ch-1 voltage_V=1 1767225600000000000\n";
        foreach (var topic in (string[])["cyclerig/v1/be nch/ch-1/samples", "cyclerig/v1/BENCH/$x/fits", "cyclerig/v1/ä/ö/events", "cyclerig/v1///spectra", "cyclerig/v1/..,rig=a/ch-1/samples"])
            await stranger.Publish(topic, row, properties: Properties("1"));
        await stranger.Publish("cyclerig/v1/bench/ch-1/samples", new('x', 300_000), properties: Properties("1"));
        await stranger.Publish("cyclerig/v1/bench/ch-1/samples", row, properties: Properties("two"));
        await stranger.Publish("cyclerig/v1/bench/ch-1/samples", row);
        await stranger.Publish("cyclerig/v1/bench/ch-1/events", row, properties: Properties("0"));
        foreach (var answer in (string[])["garbage", "{}", """{"v":2,"epoch":1,"ranges":[[1,9]]}""", """{"v":1,"epoch":1,"ranges":[[9,1]]}""", """{"v":1,"epoch":1,"ranges":[[1]]}""", """{"v":"1"}"""])
        {
            await stranger.Publish("cyclerig/v1/bench/ch-1/ack", answer);
            await stranger.Publish("cyclerig/v1/bench/ch-1/resend", answer);
        }

        for (var i = 0; i < Flood; i++)
            await stranger.Publish($"cyclerig/v1/bench/ch-{i}/samples", $"garbage {i}");
    }

    private static List<MqttUserProperty> Properties(string epoch) =>
        [.. ((string[])["epoch", "first", "last", "after", "through", "durable"]).Select(name => new MqttUserProperty(name, Encoding.UTF8.GetBytes(name == "epoch" ? epoch : "0")))];
}
