using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Devices.Simulated.Cells;
using CycleRig.Devices.Simulated.Instruments;

namespace CycleRig.Host.Demo;

/// <summary>truth.json: what really happened to a simulated cell, kept apart from its recording.</summary>
internal static class TruthFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Class of a cell that no population names: by what happened to it.</summary>
    public static string Class(SimulatedTruth truth) => truth switch
    {
        { OnsetSeconds: not null } => "dendrite",
        { ShortSeconds: not null } => "sudden",
        _ => "healthy",
    };

    /// <summary>Writes the file of one cell.</summary>
    /// <param name="simulated">The channel.</param>
    /// <param name="kind">Class.</param>
    /// <param name="began">Rig time at which the recording's clock is zero, s.</param>
    /// <param name="directory">Folder; made when absent.</param>
    public static void Write(SimulatedChannel simulated, string kind, double began, string directory)
    {
        var truth = simulated.Truth;
        Directory.CreateDirectory(directory);
        var json = new JsonObject
        {
            ["class"] = kind,
            ["onset_time_s"] = Rounded(truth.OnsetSeconds - began, 3),
            ["propagation_time_s"] = Rounded(truth.PropagationSeconds - began, 3),
            ["short_time_s"] = Rounded(truth.ShortSeconds - began, 3),
            ["soft_short_time_s"] = Rounded(truth.SoftShortSeconds - began, 3),
            ["plating_start_s"] = Rounded(truth.PlatingBeganSeconds - began, 3),
            ["plating_end_s"] = Rounded(truth.PlatingEndedSeconds - began, 3),
            ["craters"] = truth.Craters.Count,
            ["r_bulk_ohm"] = Rounded(truth.BulkOhmsAtReference, 4),
            ["sweeps"] = new JsonArray([.. simulated.Sweeps.Select(sweep => (JsonNode)new JsonObject
            {
                ["end_s"] = Rounded(sweep.EndSeconds - began, 3), ["loss"] = Rounded(sweep.Loss, 8), ["r_bulk_ohm"] = Rounded(sweep.BulkOhms, 4),
            })]),
        };
        File.WriteAllText(Path.Combine(directory, "truth.json"), json.ToJsonString(Json) + "\n");
    }

    private static double? Rounded(double? value, int digits) => value is { } number ? Math.Round(number, digits) : null;
}
