using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;

namespace CycleRig.Storage.Recordings;

/// <summary>Reads truth.json, which stands apart from its recording: TRUTH_DIR/NAME/truth.json. Keys that it does not know are passed over.</summary>
public static class TruthReader
{
    /// <summary>Reads the truth of one recording.</summary>
    /// <param name="directory">TRUTH_DIR.</param>
    /// <param name="name">Name of the recording's folder.</param>
    /// <exception cref="RecordingException">The file is missing or cannot be read.</exception>
    public static RecordingTruth Read(string directory, string name)
    {
        var path = Path.Combine(directory, name, "truth.json");
        if (!File.Exists(path))
            throw new RecordingException($"{path}: no such file; without its truth {name} cannot be scored");
        var json = Parsed(path);
        return new(
            json["class"]?.ToString() ?? throw new RecordingException($"{path}: no `class`; write the kind of the recording"),
            Number(json, "onset_time_s", path), Number(json, "propagation_time_s", path), Number(json, "short_time_s", path),
            Number(json, "plating_start_s", path), Number(json, "plating_end_s", path), Sweeps(json["sweeps"], path),
            Number(json, "temperature_wander_K", path), Number(json, "temperature_wander_s", path));
    }

    private static JsonObject Parsed(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new RecordingException($"{path}:1:1: no JSON object");
        }
        catch (JsonException unreadable)
        {
            throw new RecordingException($"{path}:{unreadable.LineNumber + 1}:{unreadable.BytePositionInLine + 1}: this is no JSON", unreadable);
        }
    }

    private static ImmutableArray<SweepLoss> Sweeps(JsonNode? sweeps, string path)
    {
        if (sweeps is null)
            return [];
        return sweeps is JsonArray list && list.All(sweep => sweep is JsonObject)
            ? [.. list.OfType<JsonObject>().Select(sweep => new SweepLoss(Needed(sweep, "end_s", path), Needed(sweep, "loss", path))).OrderBy(sweep => sweep.EndSeconds)]
            : throw new RecordingException($"{path}: `sweeps` is no list of objects; write {{\"end_s\": ..., \"loss\": ...}} for each sweep");
    }

    private static double Needed(JsonObject json, string key, string path) =>
        Number(json, key, path) ?? throw new RecordingException($"{path}: a sweep has no `{key}`; write a number");

    /// <summary>Null where the key is missing or null.</summary>
    private static double? Number(JsonObject json, string key, string path) => json[key] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<double>(out var number) => number,
        var other => throw new RecordingException($"{path}: `{key}` is {other.ToJsonString()}; write a number or null"),
    };
}
