using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Protocol;
using Xunit;

namespace CycleRig.EndToEnd.Brokers;

/// <summary>Ways around the access table, at both brokers: none of them reads or says what the table denies.</summary>
public sealed class IntruderTests
{
    private const int PayloadBytesMax = 256 * 1024;
    private const MqttClientPublishReasonCode PacketTooLarge = (MqttClientPublishReasonCode)0x95; // MQTT 5, 2.4; the client library has no name for it.
    private const string Halt = "cyclerig/v1/bench/ch-1/halt";
    private const string Samples = "cyclerig/v1/bench/ch-1/samples";
    private const string Events = "cyclerig/v1/bench/ch-1/events";

    private static readonly string[] Wildcards = ["#", "cyclerig/v1/#", "+/+/+/+/+", "cyclerig/v1/+/+/+", "cyclerig/v1/bench/#", "+/#", "$share/g/#"];

    /// <summary>One way to each broker: rights do not depend on it (<see cref="AccessMatrixTests"/> goes all four).</summary>
    public static TheoryData<string> Kinds => ["embedded, certificate", "mosquitto, password"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_wildcard_gives_nobody_more_than_the_table(string kind)
    {
        await using var broker = await BrokerUnderTest.StartAsync(kind);
        using var host = await broker.Connect("host-bench");
        using var officer = await broker.Connect("operator");
        using var viewer = await broker.Connect("viewer");
        using var historian = await broker.Connect("historian");
        foreach (var filter in Wildcards)
        {
            foreach (var client in (TestClient[])[host, officer, viewer, historian])
            {
                if (broker.IsEmbedded)
                    Assert.True(await client.Subscribe(filter) > MqttClientSubscribeResultCode.GrantedQoS2, $"{filter} was granted");
                else
                    await client.Subscribe(filter);
            }
        }

        await officer.Publish(Halt, "halt");
        await historian.Publish("cyclerig/v1/bench/ch-1/ack", "ack");
        foreach (var last in (string[])["samples", "spectra", "fits", "status", "events"])
            await host.Publish($"cyclerig/v1/bench/ch-1/{last}", last);
        await Fence(host, viewer, historian, officer);
        Assert.All(viewer.Heard.Concat(officer.Heard), message => Assert.Contains(message.Topic.Split('/')[^1], (string[])["status", "events"]));
        Assert.All(historian.Heard, message => Assert.Contains(message.Topic.Split('/')[^1], (string[])["samples", "spectra", "fits", "events"]));
        Assert.All(host.Heard, message => Assert.Contains(message.Topic.Split('/')[^1], (string[])["ack", "resend", "halt"]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_retained_halt_of_one_who_may_not_halt_is_not_kept(string kind)
    {
        await using var broker = await BrokerUnderTest.StartAsync(kind);
        foreach (var user in (string[])["viewer", "historian", "host-bench"])
        {
            using var client = await broker.Connect(user);
            Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, await client.Publish(Halt, user, retain: true));
            Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, await client.Publish("cyclerig/v1/bench/halt", user, retain: true));
        }

        using var officer = await broker.Connect("operator");
        await officer.Publish("cyclerig/v1/bench/ch-2/halt", "operator", retain: true);
        using var host = await broker.Connect("host-bench");
        await host.Subscribe("cyclerig/v1/bench/halt");
        await host.Subscribe("cyclerig/v1/bench/+/halt");
        await host.Hears(message => message.Payload == "operator", "the operator's retained halt");
        Assert.Single(host.Heard);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_will_on_a_halt_topic_is_worth_what_its_client_may_publish(string kind)
    {
        await using var broker = await BrokerUnderTest.StartAsync(kind);
        using var host = await broker.Connect("host-bench");
        await host.Subscribe("cyclerig/v1/bench/+/halt");
        foreach (var user in (string[])["viewer", "historian", "operator"])
        {
            try
            {
                // Gone without a word at the end of this block.
                using var client = await broker.Connect(user, options => options.WithWillTopic(Halt).WithWillPayload(user).WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce));
            }
            catch (Exception refused) when (user != "operator" && refused is Xunit.Sdk.XunitException or MQTTnet.Exceptions.MqttCommunicationException)
            {
                // Refused at once.
            }
        }

        await host.Hears(message => message.Payload == "operator", "the operator's will");
        Assert.Single(host.Heard);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Nobody_inherits_the_session_of_another_user(string kind)
    {
        await using var broker = await BrokerUnderTest.StartAsync(kind);
        foreach (var stays in (bool[])[true, false])
        {
            var id = $"board{stays}".ToLowerInvariant();
            using var admin = await broker.Connect("admin", options => options.WithClientId(id).WithCleanStart(false).WithSessionExpiryInterval(100));
            await admin.Subscribe("#");
            if (!stays)
                await admin.Mqtt.DisconnectAsync(cancellationToken: TestContext.Current.CancellationToken);
            using var viewer = new TestClient();
            var taken = await viewer.Mqtt.ConnectAsync(As(broker, "viewer").WithClientId(id).WithCleanStart(false).WithSessionExpiryInterval(100).Build(), TestContext.Current.CancellationToken);
            Assert.Equal(broker.IsEmbedded ? MqttClientConnectResultCode.ClientIdentifierNotValid : MqttClientConnectResultCode.Success, taken.ResultCode);
            using var host = await broker.Connect("host-bench");
            await host.Publish(Samples, "secret");
            if (taken.ResultCode == MqttClientConnectResultCode.Success)
                await Fence(host, viewer);
            Assert.DoesNotContain(viewer.Heard, message => message.Payload == "secret");
        }
    }

    /// <summary>What mosquitto does not look at: docs/mqtt.md says so.</summary>
    [Fact]
    public async Task A_client_id_of_a_role_or_with_wildcards_is_refused()
    {
        await using var broker = await BrokerUnderTest.StartAsync("embedded, password");
        foreach (var id in (string[])["host-bench-halt", "historian-rows", "operator", "a+b", "a/b", "#"])
            await BrokerUnderTest.AssertRefused(As(broker, "viewer").WithClientId(id), id);
        using var wall = await broker.Connect("viewer", options => options.WithClientId("viewer-wall"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_empty_topic_and_a_payload_above_256_KiB_reach_nobody(string kind)
    {
        await using var broker = await BrokerUnderTest.StartAsync(kind);
        using var admin = await broker.Connect("admin");
        await admin.Subscribe("#");
        await PublishOnEmptyTopic(broker);
        using (var host = await broker.Connect("host-bench"))
        {
            Assert.Equal(MqttClientPublishReasonCode.Success, await host.Publish(Samples, new('x', PayloadBytesMax)));
            Assert.Equal(broker.IsEmbedded ? MqttClientPublishReasonCode.NotAuthorized : PacketTooLarge, await Oversized(host));
        }

        using var again = await broker.Connect("host-bench");
        await Fence(again, admin);
        var heard = admin.Messages.Where(message => message.Topic != Events).ToList();
        Assert.Equal(PayloadBytesMax, Assert.Single(heard).Payload.Length);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Who_cannot_say_who_he_is_stays_out(string kind)
    {
        await using var broker = await BrokerUnderTest.StartAsync(kind);
        await BrokerUnderTest.AssertRefused(broker.Plain(), "anonymous");
        await BrokerUnderTest.AssertRefused(broker.Plain().WithCredentials("operator", "guess"), "a wrong password");
        await BrokerUnderTest.AssertRefused(broker.Plain().WithCredentials("operator", ""), "no password");
        foreach (var user in (string[])["viewer-+", "#", "host-bench/x", "operator/#", "+", "Operator", "nobody"])
            await BrokerUnderTest.AssertRefused(broker.Plain().WithCredentials(user, broker.Password("operator")), user);
        await BrokerUnderTest.AssertRefused(broker.Encrypted(null), "no certificate");
        using var strangers = new Authority();
        using var ours = Authority.Of(broker);
        await BrokerUnderTest.AssertRefused(broker.Encrypted(strangers.Issue("operator")), "a certificate of another authority");
        await BrokerUnderTest.AssertRefused(broker.Encrypted(ours.Issue("operator", isExpired: true)), "an expired certificate");
        if (broker.IsEmbedded)
            await BrokerUnderTest.AssertRefused(broker.Encrypted(ours.Issue("nobody")), "a name that is none");
        else
            await AssertPowerless(broker.Encrypted(ours.Issue("nobody")), broker);
    }

    /// <summary>mosquitto lets everybody in whose certificate is signed; without a block in access.acl there is nothing to do there.</summary>
    private static async Task AssertPowerless(MqttClientOptionsBuilder options, BrokerUnderTest broker)
    {
        using var nobody = new TestClient();
        await nobody.Mqtt.ConnectAsync(options.Build(), TestContext.Current.CancellationToken);
        using var host = await broker.Connect("host-bench");
        using var viewer = await broker.Connect("viewer");
        await nobody.Subscribe("#");
        await host.Publish(Samples, "secret");
        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, await nobody.Publish(Halt, "nobody"));
        await Fence(host, viewer);
        Assert.Empty(nobody.Heard);
    }

    /// <summary>Refused; mosquitto also ends the connection, and its reason may come too late.</summary>
    private static async Task<MqttClientPublishReasonCode> Oversized(TestClient host)
    {
        try
        {
            return await host.Publish(Samples, new('y', PayloadBytesMax + 1));
        }
        catch (MQTTnet.Exceptions.MqttCommunicationException)
        {
            return PacketTooLarge;
        }
    }

    private static MqttClientOptionsBuilder As(BrokerUnderTest broker, string user) => broker.Settings(user).CertificateFile is { } file
        ? broker.Encrypted(X509Certificate2.CreateFromPemFile(file, broker.Settings(user).KeyFile))
        : broker.Plain().WithCredentials(user, broker.Password(user));

    /// <summary>What a client library would not send: CONNECT of 3.1.1 as the host, then PUBLISH without a topic.</summary>
    private static async Task PublishOnEmptyTopic(BrokerUnderTest broker)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", broker.Port, TestContext.Current.CancellationToken);
        byte[] connect = [0, 4, .. "MQTT"u8, 4, 0b1100_0010, 0, 60, .. Text("raw"), .. Text("host-bench"), .. Text(broker.Password("host-bench"))];
        await socket.GetStream().WriteAsync((byte[])[0x10, (byte)connect.Length, .. connect, 0x32, 5, 0, 0, 0, 1, (byte)'z'], TestContext.Current.CancellationToken);
        var answer = new byte[4];
        await socket.GetStream().ReadExactlyAsync(answer, TestContext.Current.CancellationToken);
        Assert.Equal([0x20, 2, 0, 0], answer);

        static byte[] Text(string text) => [0, (byte)text.Length, .. System.Text.Encoding.UTF8.GetBytes(text)];
    }

    /// <summary>What was sent before this event has arrived, or never will.</summary>
    private static async Task Fence(TestClient host, params TestClient[] readers)
    {
        foreach (var reader in readers)
            await reader.Subscribe(Events);
        await host.Publish(Events, "fence");
        foreach (var reader in readers)
            await reader.Hears(message => message.Payload == "fence", "the fence");
    }
}
