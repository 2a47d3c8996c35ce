using System.Buffers;
using System.Text;
using CycleRig.Telemetry.Lines;
using CycleRig.Telemetry.Mqtt;
using MQTTnet;

namespace CycleRig.Telemetry.Historians;

/// <summary>Takes messages as they come from a broker, where anybody may have put them; what is no row of a rig is set aside with its reason.</summary>
/// <param name="dead">Takes what is set aside.</param>
/// <param name="troubles">Told of it.</param>
internal sealed class ArrivalCheck(DeadLetters dead, TroubleBoard troubles)
{
    private const int PayloadBytesMax = 256 * 1024;

    /// <summary>The message as points of a channel, or null where it is none of ours.</summary>
    /// <param name="message">Any message.</param>
    public Arrival? Check(MqttApplicationMessage message)
    {
        if (Topics.Parse(message.Topic) is not { } topic || RowLines.Measurement(topic.Last) is not { } measurement)
            return Refused(message, "its topic is none of a rig's channel");
        if (message.Payload.Length > PayloadBytesMax)
            return Refused(message, $"it has {message.Payload.Length} bytes; the most is {PayloadBytesMax}");
        if (message.Retain)
            return Refused(message, "it is retained; rows never are");
        if (MessageRange.Of(message) is not { } range)
            return Refused(message, "it lacks the user properties epoch, first, last, after, through, durable, or is of another version");
        var lines = message.Payload.ToArray();
        return new(message.Topic, topic.Rig, topic.Channel, range, Sound(message.Topic, lines, Encoding.UTF8.GetBytes($"{measurement},rig={topic.Rig},channel={topic.Channel}")));
    }

    private ReadOnlyMemory<byte> Sound(string topic, byte[] lines, byte[] head)
    {
        var kept = 0;
        for (var start = 0; start < lines.Length;)
        {
            var length = LineCheck.LineLength(lines.AsSpan(start));
            var line = lines.AsSpan(start, length);
            var end = Math.Min(lines.Length, start + length + 1);
            if (LineCheck.Problem(line, head) is { } problem)
            {
                SetAside(topic, problem, line);
            }
            else
            {
                lines.AsSpan(start, end - start).CopyTo(lines.AsSpan(kept));
                kept += end - start;
            }

            start = end;
        }

        return lines.AsMemory(0, kept);
    }

    private Arrival? Refused(MqttApplicationMessage message, string reason)
    {
        SetAside(message.Topic, reason, message.Payload.Slice(0, Math.Min(message.Payload.Length, 4096)).ToArray());
        return null;
    }

    private void SetAside(string topic, string reason, ReadOnlySpan<byte> line)
    {
        dead.Add(topic, reason, line, isRow: false);
        troubles.Raise("garbage", $"messages that are no rows of a rig arrive on {topic}: {reason}. They are in {dead.Path}. Check who may publish there.");
    }
}
