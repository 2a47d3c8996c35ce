using System.Text.Json.Nodes;
using CycleRig.Devices.Simulated.Cells;
using CycleRig.Devices.Simulated.Instruments;
using CycleRig.Devices.Simulated.Playing;
using static CycleRig.Host.Demo.OutputJson;

namespace CycleRig.Host.Demo;

/// <summary>truth.json: what really happened to a simulated cell, kept apart from its recording.</summary>
internal static class TruthFile
{
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
    /// <param name="clock">From rig time to the recording's clock, s; null where they run alike.</param>
    /// <param name="cut">What ended the program early; null where nothing did, or a controller ran it.</param>
    public static void Write(SimulatedChannel simulated, string kind, double began, string directory, Func<double, double>? clock = null, ProgramCut? cut = null)
    {
        var truth = simulated.Truth;
        var on = clock ?? (seconds => seconds);
        Directory.CreateDirectory(directory);
        var json = new JsonObject
        {
            ["class"] = kind,
            ["onset_time_s"] = Rounded(truth.OnsetSeconds is { } onset ? on(onset) - began : null, 3),
            ["propagation_time_s"] = Rounded(truth.PropagationSeconds is { } fast ? on(fast) - began : null, 3),
            ["short_time_s"] = Rounded(truth.ShortSeconds is { } shorted ? on(shorted) - began : null, 3),
            ["soft_short_time_s"] = Rounded(truth.SoftShortSeconds is { } soft ? on(soft) - began : null, 3),
            ["plating_start_s"] = Rounded(truth.PlatingBeganSeconds is { } first ? on(first) - began : null, 3),
            ["plating_end_s"] = Rounded(truth.PlatingEndedSeconds is { } last ? on(last) - began : null, 3),
            ["cut_short_time_s"] = Rounded(cut is { } early ? on(early.Seconds) - began : null, 3),
            ["cut_short_by"] = cut?.By,
            ["craters"] = truth.Craters.Count,
            ["r_bulk_ohm"] = Rounded(truth.BulkOhmsAtReference, 4),
            ["temperature_wander_K"] = Rounded(simulated.Cell.Recipe.WanderKelvins, 6),
            ["temperature_wander_s"] = Rounded(simulated.Cell.Recipe.WanderSeconds, 3),
            ["sweeps"] = new JsonArray([.. simulated.Sweeps.Select(sweep => (JsonNode)new JsonObject
            {
                ["end_s"] = Rounded(on(sweep.EndSeconds) - began, 3), ["loss"] = Rounded(sweep.Loss, 8), ["r_bulk_ohm"] = Rounded(sweep.BulkOhms, 4),
            })]),
        };
        File.WriteAllText(Path.Combine(directory, "truth.json"), json.ToJsonString(OutputJson.Readable) + "\n");
    }
}
