using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Core.Channels;

namespace CycleRig.Devices.Links;

/// <summary>
/// What goes over the socket between host and device host: four bytes of length, big-endian, then JSON with `v` and `kind`.
/// Host to device host: attach, send, target, acknowledge_trip, durable. Back: channel, condition. From anybody: halt, answered by halted;
/// ask_host, answered by host.
/// </summary>
internal static class DeviceFrame
{
    /// <summary>Version that is written; a reader of version N reads N-1.</summary>
    public const int Version = 1;

    private const int BytesMax = 1 << 20;

    public static byte[] Encode(string kind, string target, params ReadOnlySpan<(string Key, JsonNode? Value)> more)
    {
        var json = new JsonObject { ["v"] = Version, ["kind"] = kind, ["target"] = target };
        foreach (var (key, value) in more)
            json[key] = value;
        var body = JsonSerializer.SerializeToUtf8Bytes(json, MessageJson.Options);
        var frame = new byte[4 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, body.Length);
        body.CopyTo(frame, 4);
        return frame;
    }

    public static byte[] Encode(DeviceMessage message) => message switch
    {
        ChannelMessage channel => Encode(
            "channel", channel.Source, ("at", channel.At.TotalSeconds), ("event", JsonSerializer.SerializeToNode(channel.Event, MessageJson.Options))),
        ConditionMessage condition => Encode(
            "condition", condition.Source, ("at", condition.At.TotalSeconds), ("value", Number(condition.Value)), ("set_point", Number(condition.SetPoint)),
            ("within", condition.Within), ("held", condition.Held), ("tripped", condition.Tripped)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>A message of the device host.</summary>
    /// <exception cref="InvalidDataException">The frame is none.</exception>
    public static DeviceMessage Decode(JsonObject json) => Decoded(() =>
    {
        var (source, at) = (json["target"]!.GetValue<string>(), TimeSpan.FromSeconds(json["at"]!.GetValue<double>()));
        return json["kind"]!.GetValue<string>() == "channel"
            ? new ChannelMessage(source, at, json["event"].Deserialize<ChannelEvent>(MessageJson.Options)!)
            : (DeviceMessage)new ConditionMessage(
                source, at, json["value"]?.GetValue<double>() ?? double.NaN, json["set_point"]?.GetValue<double>() ?? double.NaN,
                json["within"]!.GetValue<bool>(), json["held"]!.GetValue<bool>(), json["tripped"]?.GetValue<string>());
    });

    /// <summary>A value of a frame.</summary>
    /// <exception cref="InvalidDataException">The frame does not have it.</exception>
    public static T Value<T>(JsonObject json, string key) => Decoded(() => json[key].Deserialize<T>(MessageJson.Options)!);

    /// <summary>Whatever is wrong with a frame, it is one kind of error: the connection closes, the process goes on.</summary>
    private static T Decoded<T>(Func<T> decode)
    {
        try
        {
            return decode() ?? throw new InvalidDataException("a frame that lacks a value");
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or FormatException or NotSupportedException or NullReferenceException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException($"a frame that is no message: {wrong.Message}", wrong);
        }
    }

    /// <summary>Reads one frame, or null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The frame is too long, no JSON, or of another version.</exception>
    public static JsonObject? Read(Stream stream)
    {
        var length = new byte[4];
        if (stream.ReadAtLeast(length, 4, throwOnEndOfStream: false) < 4)
            return null;
        var count = BinaryPrimitives.ReadInt32BigEndian(length);
        if (count is <= 0 or > BytesMax)
            throw new InvalidDataException($"a frame of {count} bytes; frames have 1 to {BytesMax}");
        var body = new byte[count];
        if (stream.ReadAtLeast(body, count, throwOnEndOfStream: false) < count)
            return null;
        try
        {
            var json = JsonNode.Parse(body) as JsonObject ?? throw new InvalidDataException("a frame that is no JSON object");
            var version = Value<int>(json, "v");
            return version is Version or Version - 1 ? json : throw new InvalidDataException($"a frame of version {version}; this build reads {Version}");
        }
        catch (JsonException wrong)
        {
            throw new InvalidDataException("a frame that is no JSON", wrong);
        }
    }

    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
