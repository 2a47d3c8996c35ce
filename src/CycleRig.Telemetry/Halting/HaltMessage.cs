using System.Text.Json;
using System.Text.Json.Nodes;

namespace CycleRig.Telemetry.Halting;

/// <summary>
/// What somebody published on a halt topic. Only an id makes it an order that acts once; without one it acts each time it is published
/// live, and never as a retained copy.
/// </summary>
/// <param name="Id">Id of the order, or null.</param>
/// <param name="By">Who ordered, as the message says.</param>
/// <param name="Why">Why, as the message says.</param>
/// <param name="Run">Run that is meant, or null for whatever runs.</param>
public sealed record HaltMessage(string? Id, string By, string Why, string? Run)
{
    private const int TextMax = 200;

    /// <summary>
    /// Reads a payload. Whatever it is, it came on a halt topic from somebody who may halt: what cannot be read halts without an id.
    /// </summary>
    /// <param name="payload">UTF-8; `{"v":1,"id":"...","by":"...","why":"...","run":"..."}`, each member optional.</param>
    public static HaltMessage Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            var json = JsonNode.Parse(payload) as JsonObject;
            return Of(Text(json, "id"), Text(json, "by"), Text(json, "why"), Text(json, "run"));
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException or InvalidOperationException)
        {
            return Of(null, null, null, null); // No JSON, a member twice, half a character: in doubt the cell goes off.
        }
    }

    private static HaltMessage Of(string? id, string? by, string? why, string? run) => new(id, by ?? "somebody over MQTT", why ?? "by order", run);

    private static string? Text(JsonObject? json, string name) =>
        json is not null && json.TryGetPropertyValue(name, out var node) && node is JsonValue value && value.TryGetValue(out string? text) && text.Trim() is { Length: > 0 } said
            ? said[..Math.Min(said.Length, TextMax)].ReplaceLineEndings(" ")
            : null;
}
