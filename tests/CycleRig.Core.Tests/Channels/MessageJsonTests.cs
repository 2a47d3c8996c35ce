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

    [Fact]
    public void What_was_written_before_there_were_sweeps_after_a_halt_still_reads_and_asks_for_none()
    {
        var channel = new ScriptedChannel(Plans.Plating);
        channel.Start();
        channel.Tell(new HaltOrdered("op", "drawn"));
        Assert.Null(Assert.IsType<Halted>(Without<ChannelState>(channel.State, "probe")).Probe);
        Assert.Null(Without(Plans.Plating.Safety, "after_halt").AfterHalt);
        Assert.Null(Without(Plans.Plating.Allowance(0), "probe_max").ProbeMax);
    }

    [Fact]
    public void Sweeps_after_a_halt_read_back_in_protocol_allowance_order_and_state()
    {
        var plan = Plans.Plating with { Safety = Plans.Plating.Safety with { AfterHalt = new(Plans.Sweep, new(0.5)) } };
        Assert.Equal(plan.Safety, Back(plan.Safety));
        Assert.NotNull(plan.Allowance(0).ProbeMax);
        Assert.Equal(plan.Allowance(0), Back(plan.Allowance(0)));
        var segment = new Segment(
            AnyEvent.Run, 7, SegmentKind.Geis, default, default, new(3, [1e6, 10], 1.57e-6, 0, 3), TimeSpan.FromSeconds(60), new(1e-3), new(-5), new(5), new(3.14e-6), false, false);
        var order = new ArmProbe(AnyEvent.Token, 1, 2, segment);
        Assert.Equal(Text<ChannelCommand>(order), Text(Back<ChannelCommand>(order)));
        var halted = new Halted(ChannelLedger.Empty, null, [], new() { OffAt = TimeSpan.FromSeconds(9), Had = 1, Wanted = new(segment, 12, Queued: false, Sent: true) });
        var back = Assert.IsType<Halted>(Back<ChannelState>(halted));
        Assert.Equal((halted.Probe!.OffAt, 1, true), (back.Probe!.OffAt, back.Probe.Had, back.Probe.IsOut(7)));
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, MessageJson.Options);

    private static T Back<T>(T value) => JsonSerializer.Deserialize<T>(Text(value), MessageJson.Options)!;

    private static T Without<T>(T value, string key)
    {
        var json = JsonSerializer.SerializeToNode(value, MessageJson.Options)!.AsObject();
        Assert.True(json.Remove(key), json.ToJsonString());
        return json.Deserialize<T>(MessageJson.Options)!;
    }
}
