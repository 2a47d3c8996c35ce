using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using CycleRig.Core.Telemetry;
using CycleRig.Telemetry.Halting;
using CycleRig.Telemetry.Mqtt;
using CycleRig.Telemetry.Publishing;
using CycleRig.Testing;
using CycleRig.Testing.Services;
using MQTTnet;
using MQTTnet.Protocol;
using Xunit;

namespace CycleRig.Telemetry.Tests.Halting;

/// <summary>Two channels behind the broker in the process; of them ch-1 has a run.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private const string Run = "019b76da-a800-77bd-bf8e-e610398f9334";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<(string Channel, string By, string Why)> _halts = new();
    private readonly ConcurrentQueue<Trouble> _told = new();
    private readonly ConcurrentQueue<(string Topic, JsonNode Status)> _statuses = new();
    private readonly Dictionary<string, IMqttClient> _clients = [];
    private readonly HaltTarget _target;
    private EmbeddedBroker _broker = null!;
    private HaltListener _listener = null!;

    private Bench(Func<string, bool> isOff) => _target = new(
        "bench", ["ch-1", "ch-2", "ch-3"], (channel, by, why) => _halts.Enqueue((channel, by, why)),
        channel => channel == Hangs ? new TaskCompletionSource<string?>().Task : Task.FromResult(channel == "ch-1" ? Run : null), channel => Task.FromResult(isOff(channel)));

    /// <summary>A channel that never says what it runs.</summary>
    public const string Hangs = "ch-3";

    public string Book => Path.Combine(_folder.Path, "halts");

    public IReadOnlyCollection<(string Channel, string By, string Why)> Halts => _halts;

    public IReadOnlyCollection<Trouble> Told => _told;

    public static async Task<Bench> StartAsync(Func<string, bool>? isOff = null)
    {
        var bench = new Bench(isOff ?? (_ => true));
        bench._broker = await EmbeddedBroker.StartAsync("bench", EmbeddedBrokerSettings.Default with { Port = ServiceProcess.FreePort() }, bench._folder.Path);
        var viewer = await bench.Client("viewer");
        viewer.ApplicationMessageReceivedAsync += received =>
        {
            if (received.ApplicationMessage is { ContentType: not "test", Payload.Length: > 0 } message && Json(message) is { } status)
                bench._statuses.Enqueue((message.Topic, status));
            return Task.CompletedTask;
        };
        await viewer.SubscribeAsync("cyclerig/v1/+/status", MqttQualityOfServiceLevel.AtLeastOnce, TestContext.Current.CancellationToken);
        await viewer.SubscribeAsync("cyclerig/v1/+/+/status", MqttQualityOfServiceLevel.AtLeastOnce, TestContext.Current.CancellationToken);
        await bench.Listen();
        return bench;
    }

    /// <summary>A host that ends and starts anew, with the same data folder.</summary>
    public async Task RestartAsync()
    {
        await _listener.DisposeAsync();
        _statuses.Clear();
        await Listen();
    }

    /// <summary>Publishes as a user; what the broker refuses is refused.</summary>
    public async Task Say(string topic, string payload, bool retain = false, string user = "operator") => await (await Client(user)).PublishAsync(
        new() { Topic = topic, Payload = new(Encoding.UTF8.GetBytes(payload)), Retain = retain, ContentType = "test", QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce },
        TestContext.Current.CancellationToken);

    /// <summary>Waits for an answer on the status topic of a channel, or of the rig.</summary>
    public Task Answers(string channel, string? id, string answer)
    {
        var topic = channel.Length == 0 ? "cyclerig/v1/bench/status" : $"cyclerig/v1/bench/{channel}/status";
        return Until(
            () => _statuses.Any(seen => seen.Topic == topic && seen.Status["halt"] is { } halt && (string?)halt["id"] == id && (string?)halt["answer"] == answer),
            $"`{answer}`; came: {string.Join(' ', _statuses.Select(seen => seen.Status.ToJsonString()))}");
    }

    /// <summary>Waits until so many halts have acted in all.</summary>
    public Task Acts(int count) => Until(() => _halts.Count >= count, $"{count} halts");

    public static async Task Until(Func<bool> done, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!done())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"waited in vain for {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        foreach (var client in _clients.Values)
            client.Dispose();
        await _broker.DisposeAsync();
        _folder.Dispose();
    }

    private async Task Listen()
    {
        _listener = HaltListener.Start(_target, _broker.Host, new(Book), new StatusBook(), new(_told.Enqueue));
        await Until(() => _listener.IsReady, "the listener");
    }

    private async Task<IMqttClient> Client(string user)
    {
        if (_clients.TryGetValue(user, out var known))
            return known;
        var client = _clients[user] = new MqttClientFactory().CreateMqttClient();
        var password = user == "host-bench" ? await File.ReadAllTextAsync(_broker.Host.PasswordFile!) : _broker.Passwords.Of(user)!;
        await client.ConnectAsync(
            new MqttClientOptionsBuilder().WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500).WithTcpServer("127.0.0.1", _broker.Host.Port).WithCredentials(user, password.Trim()).Build(),
            TestContext.Current.CancellationToken);
        return client;
    }

    private static JsonNode? Json(MqttApplicationMessage message)
    {
        try
        {
            return JsonNode.Parse(Encoding.UTF8.GetString(message.Payload));
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
