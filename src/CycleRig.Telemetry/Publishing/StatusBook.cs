using System.Text;
using System.Text.Json.Nodes;

namespace CycleRig.Telemetry.Publishing;

/// <summary>What stands, retained, on the status topics: of the rig and of each channel. Safe for several threads.</summary>
public sealed class StatusBook
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, JsonObject> _entries = [];

    /// <summary>Status of a rig whose host has gone.</summary>
    public const string Offline = """{"v":1,"online":false}""";

    /// <summary>Key of the rig's own entry.</summary>
    public const string Rig = "";

    /// <summary>Changes an entry and returns the payload that stands from now on.</summary>
    /// <param name="channel">The channel, or <see cref="Rig"/>.</param>
    /// <param name="members">Members that are set; others stay.</param>
    public byte[] Set(string channel, params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(channel, out var entry))
                _entries[channel] = entry = new() { ["v"] = 1 };
            foreach (var (name, value) in members)
                entry[name] = value;
            return Encoding.UTF8.GetBytes(entry.ToJsonString());
        }
    }

    /// <summary>Payload of every entry.</summary>
    public IReadOnlyList<(string Channel, byte[] Payload)> All()
    {
        lock (_gate)
            return [.. _entries.Select(entry => (entry.Key, Encoding.UTF8.GetBytes(entry.Value.ToJsonString())))];
    }
}
