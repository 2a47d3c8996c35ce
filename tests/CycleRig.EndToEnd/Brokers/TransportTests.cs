using System.Security.Cryptography.X509Certificates;
using CycleRig.Core.Telemetry;
using CycleRig.Testing;
using CycleRig.Testing.Services;
using MQTTnet;
using MQTTnet.Formatter;
using Xunit;

namespace CycleRig.EndToEnd.Brokers;

/// <summary>The ways to a broker: TLS with password, TLS with a client certificate, WebSocket; and our own connections over mqtts.</summary>
public sealed class TransportTests
{
    private const string Events = "cyclerig/v1/bench/ch-1/events";
    private static readonly DateTimeOffset Utc = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Ways => ["TLS, password", "TLS, certificate", "WebSocket"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_broker_in_the_process_is_reached_by(string way)
    {
        await using var broker = await BrokerUnderTest.StartAsync("embedded, password");
        using var viewer = new TestClient();
        using var host = new TestClient();
        foreach (var (client, user) in (IEnumerable<(TestClient, string)>)[(viewer, "viewer"), (host, "host-bench")])
        {
            var options = way switch
            {
                "TLS, password" => broker.Encrypted(null).WithCredentials(user, broker.Password(user)),
                "TLS, certificate" => broker.Encrypted(X509Certificate2.CreateFromPemFile(broker.In($"pki/{user}.crt"), broker.In($"pki/{user}.key"))),
                _ => new MqttClientOptionsBuilder().WithWebSocketServer(web => web.WithUri($"ws://127.0.0.1:{broker.WebSocketPort}/mqtt"))
                    .WithProtocolVersion(MqttProtocolVersion.V500).WithCredentials(user, broker.Password(user)),
            };
            Assert.Equal(MqttClientConnectResultCode.Success, (await client.Mqtt.ConnectAsync(options.Build(), TestContext.Current.CancellationToken)).ResultCode);
        }

        await viewer.Subscribe(Events);
        await host.Publish(Events, "event");
        await viewer.Hears(message => message.Payload == "event", "the event");
        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, await viewer.Publish(Events, "viewer"));
    }

    /// <summary>Hosts whose clocks are years off: order and durability go by numbers and monotonic clocks, so nothing waits or is lost.</summary>
    [Theory]
    [InlineData("embedded, certificate", 0)]
    [InlineData("mosquitto, certificate", 0)]
    [InlineData("mosquitto, certificate", -3650)]
    [InlineData("mosquitto, password", 400)]
    public async Task Rows_come_from_the_journal_to_the_database_whatever_the_clocks_say(string kind, int hostClockDays)
    {
        const int count = 300;
        Assert.SkipWhen(ServiceProcess.Find("influxd") is null, "influxdb is not installed");
        await using var broker = await BrokerUnderTest.StartAsync(kind);
        using var folder = new TemporaryFolder();
        using var influx = new InfluxDb(folder.Path);
        await influx.StartAsync();
        var database = new DatabaseSettings(influx.Address, true, InfluxDb.Database, null, null, null);
        await using var line = new TelemetryLine(broker.Settings("host-bench"), broker.Settings("historian"), database);
        line.Append(count, TimeProvider.System.GetUtcNow().AddDays(hostClockDays));
        await line.Arrives();
        Assert.Equal(count, await influx.Count("sample"));
        Assert.Empty(line.Told);
    }

    /// <summary>User and client id both come from the certificate.</summary>
    [Fact]
    public async Task A_certificate_alone_is_enough()
    {
        await using var broker = await BrokerUnderTest.StartAsync("mosquitto, certificate");
        using var viewer = await broker.Connect("viewer");
        await viewer.Subscribe("cyclerig/v1/bench/status");
        await using var line = new TelemetryLine(broker.Settings("host-bench") with { User = null });
        line.Append(1, Utc);
        await line.Arrives();
        await viewer.Hears(message => message.Payload.Contains("\"online\":true", StringComparison.Ordinal), "the status of the rig");
    }
}
