using System.Globalization;
using System.Text;
using CycleRig.Testing;
using CycleRig.Testing.Services;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using Xunit;

namespace CycleRig.EndToEnd.Brokers;

/// <summary>docs/asyncapi.yaml against what a served rig, its historian and an operator say.</summary>
public sealed class AsyncApiTests
{
    [Fact]
    public void The_file_is_whole()
    {
        var file = new AsyncApiFile();
        Assert.Equal("3.0.0", file.Version);
        Assert.Empty(file.DeadReferences);
        Assert.Equal(["samples", "spectra", "fits", "events", "status", "rigStatus", "ack", "resend", "halt", "rigHalt"], file.Channels);
    }

    [Theory]
    [InlineData("cyclerig/v1/bench/ch-1/start", "{}", "no channel")]
    [InlineData("cyclerig/v1/bench/CH/status", """{"v":1}""", "no channel")]
    [InlineData("cyclerig/v1/bench/ch-1/status", """{"state":"idle"}""", "v is missing")]
    [InlineData("cyclerig/v1/bench/ch-1/status", """{"v":2}""", "enumeration")]
    [InlineData("cyclerig/v1/bench/ch-1/status", """{"v":1,"state":"asleep"}""", "enumeration")]
    [InlineData("cyclerig/v1/bench/ch-1/status", """{"v":1,"seq":1.5}""", "is no integer")]
    [InlineData("cyclerig/v1/bench/ch-1/status", """{"v":1,"more":1}""", "not in the file")]
    [InlineData("cyclerig/v1/bench/ch-1/status", """{"v":1,"halt":{"id":"a","by":"b","answer":"perhaps"}}""", "does not match")]
    [InlineData("cyclerig/v1/bench/ch-1/ack", """{"v":1,"epoch":1,"ranges":[[1,2,3]]}""", "3 items")]
    [InlineData("cyclerig/v1/bench/ch-1/samples", "garbage", "does not match")]
    public void What_is_not_as_it_says_is_seen(string topic, string payload, string problem) =>
        Assert.Contains(new AsyncApiFile().Problems(new() { Topic = topic, Payload = new(Encoding.UTF8.GetBytes(payload)) }), found => found.Contains(problem, StringComparison.Ordinal));

    [Fact]
    public async Task Every_message_of_a_rig_is_as_the_file_says_and_every_channel_of_the_file_is_used()
    {
        Assert.SkipWhen(ServiceProcess.Find("influxd") is null, "influxdb is not installed");
        using var rig = new LiveRig();
        using var folder = new TemporaryFolder();
        using var influx = new InfluxDb(folder.Path);
        await influx.StartAsync();
        var port = ServiceProcess.FreePort();
        var telemetry = Path.Combine(folder.Path, "telemetry.yaml");
        await File.WriteAllTextAsync(telemetry, string.Create(CultureInfo.InvariantCulture, $"""
            format: 1
            embedded: {"{"}port: {port}{"}"}
            historian: here
            influxdb: {"{"}url: "{influx.Address}", database: {InfluxDb.Database}{"}"}
            """), TestContext.Current.CancellationToken);
        using var host = await rig.ServeAsync("--telemetry", telemetry);
        using var admin = await Connect(rig.Data, port, "admin");
        await admin.Subscribe("#");
        await rig.PlateAsync();
        await Hears(admin, "fits");
        using (var twin = await Connect(rig.Data, port, "host-bench"))
            await twin.Publish("cyclerig/v1/bench/press-9/samples", "", properties: Hole()); // Makes the historian ask.
        using var officer = await Connect(rig.Data, port, "operator");
        await officer.Publish("cyclerig/v1/bench/ch-1/halt", """{"v":1,"id":"a-1","by":"ann","why":"smoke"}""");
        await admin.Hears(message => message.Topic == "cyclerig/v1/bench/ch-1/status" && message.Payload.Contains("\"answer\":\"confirmed off\"", StringComparison.Ordinal), "the answer");
        await officer.Publish("cyclerig/v1/bench/halt", """{"v":1,"id":"a-2","run":"019b76da-a800-77bd-bf8e-e610398f9334"}""");
        await admin.Hears(message => message.Topic == "cyclerig/v1/bench/status" && message.Payload.Contains("refused: ", StringComparison.Ordinal), "the refusal");
        await Hears(admin, "ack");
        await Hears(admin, "resend");
        await Hears(admin, "spectra");
        host.Terminate();

        var file = new AsyncApiFile();
        var messages = admin.Messages.Where(message => !message.Topic.StartsWith("$SYS", StringComparison.Ordinal)).ToList();
        Assert.Equal("", string.Join('\n', messages.SelectMany(file.Problems).Distinct().Take(20)));
        Assert.Equal(file.Channels.Order(StringComparer.Ordinal), messages.Select(message => file.ChannelOf(message.Topic)!).Distinct().Order(StringComparer.Ordinal));
    }

    private static Task Hears(TestClient client, string last) => client.Hears(message => message.Topic.EndsWith("/" + last, StringComparison.Ordinal), last);

    private static async Task<TestClient> Connect(string data, int port, string user)
    {
        var password = user == "host-bench"
            ? await File.ReadAllTextAsync(Path.Combine(data, "mqtt-host"))
            : File.ReadLines(Path.Combine(data, "mqtt-passwords")).Single(line => line.StartsWith(user + " ", StringComparison.Ordinal)).Split(' ')[1];
        var client = new TestClient();
        var answer = await client.Mqtt.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithProtocolVersion(MqttProtocolVersion.V500).WithCredentials(user, password.Trim()).Build(), TestContext.Current.CancellationToken);
        Assert.Equal(MqttClientConnectResultCode.Success, answer.ResultCode);
        return client;
    }

    /// <summary>A message that covers (8, 9] of a channel of which nothing else came.</summary>
    private static List<MqttUserProperty> Hole() => [.. new Dictionary<string, string>
    {
        ["epoch"] = "1", ["first"] = "0", ["last"] = "0", ["after"] = "8", ["through"] = "9", ["durable"] = "0",
    }.Select(pair => new MqttUserProperty(pair.Key, Encoding.UTF8.GetBytes(pair.Value)))];
}
