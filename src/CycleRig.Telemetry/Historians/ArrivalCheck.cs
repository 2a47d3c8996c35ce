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
    private const string Kind = "garbage";

    /// <summary>So long after the last one the trouble is over.</summary>
    internal static readonly TimeSpan QuietAfter = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private TimeSpan? _last;

    /// <summary>The message as points of a channel, or null where it is none of ours.</summary>
    /// <param name="message">Any message.</param>
    /// <param name="now">Monotonic time.</param>
    public Arrival? Check(MqttApplicationMessage message, TimeSpan now)
    {
        var (sound, refusals) = Look(message);
        if (refusals.Count == 0)
            return sound;
        foreach (var (reason, line) in refusals)
            dead.Add(message.Topic, reason, line.Span, isRow: false);
        lock (_gate)
            _last = now;
        troubles.Raise(Kind, $"messages that are no rows of a rig arrive on {message.Topic}: {refusals[0].Reason}. They are in {dead.Path}. Check who may publish there.");
        return sound;
    }

    /// <summary>Says that it is over when nothing more of the kind has come for a while.</summary>
    /// <param name="now">Monotonic time.</param>
    public void Settle(TimeSpan now)
    {
        lock (_gate)
        {
            if (_last is not { } last || now - last < QuietAfter)
                return;
            _last = null;
        }

        troubles.Clear(Kind);
    }

    private static (Arrival? Sound, List<(string Reason, ReadOnlyMemory<byte> Line)> Refusals) Look(MqttApplicationMessage message)
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
        List<(string, ReadOnlyMemory<byte>)> refusals = [];
        var kept = Sound(lines, Encoding.UTF8.GetBytes($"{measurement},rig={topic.Rig},channel={topic.Channel}"), refusals);
        return (new(message.Topic, topic.Rig, topic.Channel, range, kept), refusals);
    }

    private static ReadOnlyMemory<byte> Sound(byte[] lines, byte[] head, List<(string, ReadOnlyMemory<byte>)> refusals)
    {
        var kept = 0;
        for (var start = 0; start < lines.Length;)
        {
            var length = LineCheck.LineLength(lines.AsSpan(start));
            var line = lines.AsSpan(start, length);
            var end = Math.Min(lines.Length, start + length + 1);
            if (LineCheck.Problem(line, head) is { } problem)
            {
                refusals.Add((problem, line.ToArray()));
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

    private static (Arrival?, List<(string, ReadOnlyMemory<byte>)>) Refused(MqttApplicationMessage message, string reason)
    {
        const int shownBytesMax = 4096;
        return (null, [(reason, message.Payload.Slice(0, Math.Min(message.Payload.Length, shownBytesMax)).ToArray())]);
    }
}
