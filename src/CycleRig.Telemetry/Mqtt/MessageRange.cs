using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MQTTnet;
using MQTTnet.Packets;

namespace CycleRig.Telemetry.Mqtt;

/// <summary>What a message of rows says of itself in its user properties.</summary>
/// <param name="Epoch">Epoch of the journal.</param>
/// <param name="First">Number of its first row; 0 in a message without rows.</param>
/// <param name="Last">Number of its last row; 0 in a message without rows.</param>
/// <param name="After">The channel has no other row after this number</param>
/// <param name="Through">up to this one.</param>
/// <param name="Durable">The host knows that the channel's rows up to here are in the database.</param>
internal sealed record MessageRange(int Epoch, long First, long Last, long After, long Through, long Durable)
{
    private const int RangesMax = 32;

    /// <summary>As user properties.</summary>
    public List<MqttUserProperty> Properties() =>
        [Of("epoch", Epoch), Of("first", First), Of("last", Last), Of("after", After), Of("through", Through), Of("durable", Durable)];

    /// <summary>Reads the user properties of a message; null where one is missing or no number.</summary>
    /// <param name="message">The message.</param>
    public static MessageRange? Of(MqttApplicationMessage message) =>
        Number(message, "epoch") is { } epoch and <= int.MaxValue && Number(message, "first") is { } first && Number(message, "last") is { } last
        && Number(message, "after") is { } after && Number(message, "through") is { } through && Number(message, "durable") is { } durable && through >= after
            ? new((int)epoch, first, last, after, through, durable)
            : null;

    /// <summary>Payload of ack and resend: intervals, both ends inclusive.</summary>
    /// <param name="epoch">Newest epoch of the journal that the historian has seen.</param>
    /// <param name="ranges">Intervals (after, to]; the first 32 are written.</param>
    /// <param name="alarm">What the historian is in trouble with, or null.</param>
    public static byte[] Ranges(int epoch, IEnumerable<(long After, long To)> ranges, string? alarm = null)
    {
        var json = new JsonObject
        {
            ["v"] = 1, ["epoch"] = epoch, ["ranges"] = new JsonArray([.. ranges.Take(RangesMax).Select(range => new JsonArray(range.After + 1, range.To))]),
        };
        if (alarm is not null)
            json["alarm"] = alarm;
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    /// <summary>Reads what <see cref="Ranges"/> wrote; null where it is something else.</summary>
    /// <param name="payload">UTF-8.</param>
    public static Answer? ReadRanges(ReadOnlySpan<byte> payload)
    {
        try
        {
            if (JsonNode.Parse(payload) is not JsonObject { } json || json["v"]?.GetValue<int>() != 1 || json["ranges"] is not JsonArray { Count: <= RangesMax } ranges)
                return null;
            return new(
                json["epoch"]!.GetValue<int>(),
                [.. ranges.Select(range => (range![0]!.GetValue<long>() - 1, range[1]!.GetValue<long>())).Where(range => range.Item2 > range.Item1)],
                json["alarm"]?.GetValue<string>());
        }
        catch (Exception garbage) when (garbage is JsonException or InvalidOperationException or FormatException or NullReferenceException or ArgumentException)
        {
            return null;
        }
    }

    private static MqttUserProperty Of(string name, long value) => new(name, Encoding.UTF8.GetBytes(value.ToString(CultureInfo.InvariantCulture)));

    private static long? Number(MqttApplicationMessage message, string name) =>
        message.UserProperties?.FirstOrDefault(property => property.Name == name) is { } found
        && long.TryParse(found.ReadValueAsString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>What a historian says on ack and resend.</summary>
    /// <param name="Epoch">Newest epoch of the journal that it has seen.</param>
    /// <param name="Ranges">Intervals (after, to].</param>
    /// <param name="Alarm">What it is in trouble with, or null.</param>
    internal sealed record Answer(int Epoch, IReadOnlyList<(long After, long To)> Ranges, string? Alarm);
}
