using System.Text;
using CycleRig.Telemetry.Historians;
using CycleRig.Telemetry.Mqtt;
using CycleRig.Testing;
using MQTTnet;
using Xunit;

namespace CycleRig.Telemetry.Tests.Historians;

public sealed class ArrivalCheckTests : IDisposable
{
    private const string Topic = "cyclerig/v1/bench/ch-1/samples";
    private const string Sound = "sample,rig=bench,channel=ch-1 voltage_V=1,epoch=1i,seq=1i 1767225600000000000\n";
    private const int PayloadBytesMax = 256 * 1024;
    private static readonly MessageRange Range = new(1, 1, 1, 0, 1, 0);

    private readonly TemporaryFolder _folder = new();
    private readonly List<Trouble> _told = [];
    private readonly ArrivalCheck _check;

    public ArrivalCheckTests() => _check = new(new(DeadLetters, TimeProvider.System), new(_told.Add));

    private string DeadLetters => Path.Combine(_folder.Path, "dead.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_of_the_topic_pass_as_they_are()
    {
        var arrival = _check.Check(Message(Topic, Sound + Sound), default)!;
        Assert.Equal(("bench", "ch-1", Range), (arrival.Rig, arrival.Channel, arrival.Range));
        Assert.Equal(Sound + Sound, Encoding.UTF8.GetString(arrival.Lines.Span));
        Assert.Empty(_told);
        Assert.False(File.Exists(DeadLetters));
    }

    [Theory]
    [InlineData("cyclerig/v2/bench/ch-1/samples")]
    [InlineData("cyclerig/v1/bench/ch-1/status")]
    [InlineData("cyclerig/v1/bench/samples")]
    [InlineData("cyclerig/v1/be+nch/ch-1/samples")]
    [InlineData("cyclerig/v1/bench/#/samples")]
    [InlineData("cyclerig/v1/bench//samples")]
    [InlineData("cyclerig/v1/bench/ch-1/samples/more")]
    [InlineData("")]
    public void Another_topic_is_set_aside(string topic) => AssertRefused(Message(topic, Sound), "its topic");

    [Fact]
    public void A_retained_message_is_set_aside()
    {
        var message = Message(Topic, Sound);
        message.Retain = true;
        AssertRefused(message, "retained");
    }

    [Fact]
    public void A_message_above_256_KiB_is_set_aside_by_its_beginning()
    {
        AssertRefused(Message(Topic, new('x', PayloadBytesMax + 1)), "262145 bytes");
        Assert.InRange(new FileInfo(DeadLetters).Length, 1, 5000);
    }

    [Theory]
    [InlineData("epoch", "2147483648")]
    [InlineData("epoch", "-1")]
    [InlineData("first", "one")]
    [InlineData("through", "9223372036854775808")]
    [InlineData("after", "5")]
    [InlineData("durable", null)]
    [InlineData("last", "")]
    public void A_message_whose_properties_are_none_is_of_another_version(string name, string? value)
    {
        var message = Message(Topic, Sound);
        message.UserProperties.RemoveAll(property => property.Name == name);
        if (value is not null)
            message.UserProperties.Add(new(name, Encoding.UTF8.GetBytes(value)));
        AssertRefused(message, "another version");
    }

    [Theory]
    [InlineData("sample,rig=other,channel=ch-1 voltage_V=1 1767225600000000000")]
    [InlineData("event,rig=bench,channel=ch-1 voltage_V=1 1767225600000000000")]
    [InlineData("sample,rig=bench,channel=ch-1 voltage_V=1")]
    [InlineData("sample,rig=bench,channel=ch-1 voltage_V=1 soon")]
    [InlineData("sample,rig=bench,channel=ch-1 t=\"open 1767225600000000000")]
    [InlineData("garbage")]
    public void A_line_that_is_no_row_is_set_aside_and_its_neighbours_pass(string line)
    {
        var arrival = _check.Check(Message(Topic, Sound + line + "\n"), default)!;
        Assert.Equal(Sound, Encoding.UTF8.GetString(arrival.Lines.Span));
        Assert.Single(_told);
        Assert.Contains(line.Split('"')[0], File.ReadAllText(DeadLetters).Replace("\\u0022", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_flood_is_one_line_and_one_alarm_which_goes_when_it_has_ended()
    {
        for (var i = 0; i < 1000; i++)
            _check.Check(Message($"cyclerig/v1/bench/ch-{i}/samples", $"garbage {i}"), TimeSpan.FromMilliseconds(i));
        Assert.True(Assert.Single(_told).IsOpen);
        Assert.Equal(1000, File.ReadLines(DeadLetters).Count());
        _check.Settle(TimeSpan.FromMilliseconds(999) + ArrivalCheck.QuietAfter - TimeSpan.FromTicks(1));
        Assert.Single(_told);
        _check.Settle(TimeSpan.FromMilliseconds(999) + ArrivalCheck.QuietAfter);
        Assert.Equal([true, false], _told.Select(told => told.IsOpen));
    }

    private void AssertRefused(MqttApplicationMessage message, string reason)
    {
        Assert.Null(_check.Check(message, default));
        Assert.Contains(reason, Assert.Single(_told).Text, StringComparison.Ordinal);
        Assert.Single(File.ReadLines(DeadLetters));
    }

    private static MqttApplicationMessage Message(string topic, string payload) =>
        new() { Topic = topic, Payload = new(Encoding.UTF8.GetBytes(payload)), UserProperties = Range.Properties() };
}
