using MQTTnet;
using Xunit;

namespace CycleRig.EndToEnd.Brokers;

/// <summary>
/// Every principal, topic and action at both brokers, asserted by what is delivered. The table is the one of the hazard analysis, written
/// out; it is not taken from the code that it tests.
/// </summary>
public sealed class AccessMatrixTests
{
    private static readonly string[] Principals = ["host-bench", "historian", "viewer", "operator", "admin"];

    /// <summary>Topic, and what each principal may: p publish, r read.</summary>
    private static readonly (string Topic, string[] May)[] Table =
    [
        ("cyclerig/v1/bench/ch-1/samples", ["p", "r", "", "", "r"]),
        ("cyclerig/v1/bench/ch-1/spectra", ["p", "r", "", "", "r"]),
        ("cyclerig/v1/bench/ch-1/fits", ["p", "r", "", "", "r"]),
        ("cyclerig/v1/bench/ch-1/events", ["p", "r", "r", "r", "r"]),
        ("cyclerig/v1/bench/ch-1/status", ["p", "", "r", "r", "r"]),
        ("cyclerig/v1/bench/ch-1/ack", ["r", "p", "", "", "r"]),
        ("cyclerig/v1/bench/ch-1/resend", ["r", "p", "", "", "r"]),
        ("cyclerig/v1/bench/ch-1/halt", ["r", "", "", "p", "pr"]),
        ("cyclerig/v1/bench/status", ["p", "", "r", "r", "r"]),
        ("cyclerig/v1/bench/halt", ["r", "", "", "p", "pr"]),
        ("cyclerig/v1/bench/ch-1/start", ["", "", "", "", "r"]),
        ("cyclerig/v1/bench/ch-1/resume", ["", "", "", "", "r"]),
        ("cyclerig/v1/bench/ch-1/limits", ["", "", "", "", "r"]),
        ("cyclerig/v1/other/ch-1/samples", ["", "r", "", "", "r"]),
        ("cyclerig/v1/other/ch-1/spectra", ["", "r", "", "", "r"]),
        ("cyclerig/v1/other/ch-1/fits", ["", "r", "", "", "r"]),
        ("cyclerig/v1/other/ch-1/events", ["", "r", "r", "r", "r"]),
        ("cyclerig/v1/other/ch-1/status", ["", "", "r", "r", "r"]),
        ("cyclerig/v1/other/ch-1/ack", ["", "p", "", "", "r"]),
        ("cyclerig/v1/other/ch-1/resend", ["", "p", "", "", "r"]),
        ("cyclerig/v1/other/ch-1/halt", ["", "", "", "p", "pr"]),
        ("cyclerig/v1/other/status", ["", "", "r", "r", "r"]),
        ("cyclerig/v1/other/halt", ["", "", "", "p", "pr"]),
        ("cyclerig/v2/bench/ch-1/samples", ["", "", "", "", "r"]),
    ];

    public static TheoryData<string> Kinds => BrokerUnderTest.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Each_principal_publishes_and_reads_what_the_table_says_and_nothing_else(string kind)
    {
        await using var broker = await BrokerUnderTest.StartAsync(kind);
        var clients = new Dictionary<string, TestClient>();
        var wrong = new List<string>();
        var pairs = 0;
        try
        {
            foreach (var user in (string[])[.. Principals, "host-other"])
                clients[user] = await broker.Connect(user);
            foreach (var (user, topic, may) in Cells('r'))
            {
                // mosquitto grants every subscription, and looks when it delivers.
                if (await clients[user].Subscribe(topic) <= MqttClientSubscribeResultCode.GrantedQoS2 != may && broker.IsEmbedded)
                    wrong.Add($"{user} subscribes to {topic}: {!may}");
            }

            foreach (var (user, topic, may) in Cells('p'))
            {
                pairs++;
                var answer = await clients[user].Publish(topic, user);
                if (may ? answer is not (MqttClientPublishReasonCode.Success or MqttClientPublishReasonCode.NoMatchingSubscribers) : answer != MqttClientPublishReasonCode.NotAuthorized)
                    wrong.Add($"{user} publishes on {topic}: {answer}");
            }

            foreach (var (topic, _) in Table.Where(row => OfOtherHost(row.Topic)))
                await clients["host-other"].Publish(topic, "host-other");
            await Fence(clients);
            foreach (var (user, topic, may) in Cells('r'))
            {
                pairs++;
                string[] expected = may ? [.. Publishers(topic)] : [];
                string[] heard = [.. clients[user].Heard.Where(message => message.Topic == topic).Select(message => message.Payload)];
                if (!expected.Order(StringComparer.Ordinal).SequenceEqual(heard.Order(StringComparer.Ordinal)))
                    wrong.Add($"{user} hears on {topic}: {string.Join(", ", heard)}; expected {string.Join(", ", expected)}");
            }
        }
        finally
        {
            foreach (var client in clients.Values)
                client.Dispose();
        }

        Assert.Equal("", string.Join('\n', wrong));
        Assert.Equal(240, pairs);
    }

    private static IEnumerable<(string User, string Topic, bool May)> Cells(char action) =>
        Table.SelectMany(row => Principals.Select((user, i) => (user, row.Topic, row.May[i].Contains(action))));

    private static IEnumerable<string> Publishers(string topic) =>
        Cells('p').Where(cell => cell.Topic == topic && cell.May).Select(cell => cell.User).Concat(OfOtherHost(topic) ? ["host-other"] : []);

    private static bool OfOtherHost(string topic) =>
        topic.StartsWith("cyclerig/v1/other/", StringComparison.Ordinal) && topic[(topic.LastIndexOf('/') + 1)..] is "samples" or "spectra" or "fits" or "events" or "status";

    /// <summary>What was published before is delivered before: once these are here, what is missing was never sent.</summary>
    private static async Task Fence(Dictionary<string, TestClient> clients)
    {
        await clients["host-bench"].Subscribe("cyclerig/v1/bench/fence/halt");
        foreach (var user in Principals[1..])
            await clients[user].Subscribe("cyclerig/v1/bench/fence/events");
        await clients["operator"].Publish("cyclerig/v1/bench/fence/halt", "fence");
        await clients["host-bench"].Publish("cyclerig/v1/bench/fence/events", "fence");
        foreach (var user in Principals)
            await clients[user].Hears(message => message.Payload == "fence", $"the fence of {user}");
    }
}
