using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using CycleRig.Core.Channels;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Core.Tests.Channels;

public sealed class MessageJsonTests
{
    [Fact]
    public void Every_event_reads_back_as_what_was_written() => AnyEvent.One.Sample(happened =>
    {
        var text = JsonSerializer.Serialize(happened, MessageJson.Options);
        var back = JsonSerializer.Deserialize<ChannelEvent>(text, MessageJson.Options);
        Assert.Equal(happened.GetType(), back!.GetType());
        Assert.Equal(text, JsonSerializer.Serialize(back, MessageJson.Options));
    });

    [Fact]
    public void A_state_reads_back_whatever_the_order_of_its_keys()
    {
        var channel = new ScriptedChannel(Plans.Plating);
        channel.Start();
        var json = JsonSerializer.SerializeToNode(channel.State, MessageJson.Options)!.AsObject();
        var sorted = new JsonObject(json.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
        var back = sorted.Deserialize<ChannelState>(MessageJson.Options)!;
        Assert.Equal(json.ToJsonString(), JsonSerializer.SerializeToNode(back, MessageJson.Options)!.ToJsonString());
    }
}
