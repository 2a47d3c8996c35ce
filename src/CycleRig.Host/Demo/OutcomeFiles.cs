using System.Text.Json.Nodes;
using CycleRig.Contracts;
using CycleRig.Core.Experiments;
using CycleRig.Core.Safety;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Simulated.Instruments;
using CycleRig.Reports.Plots;
using CycleRig.Storage.Journals;
using CycleRig.Storage.Recordings;
using static CycleRig.Host.Demo.OutputJson;

namespace CycleRig.Host.Demo;

/// <summary>Writes what a simulated run leaves: recordings, truth, plots, summary.json.</summary>
internal static class OutcomeFiles
{
    /// <summary>Writes everything under a folder.</summary>
    /// <param name="outcome">How the run ended.</param>
    /// <param name="rig">The rig.</param>
    /// <param name="dataFolder">Folder of the journal.</param>
    /// <param name="directory">Where to write.</param>
    /// <param name="plots">Whether to draw.</param>
    /// <param name="scripts">What a scenario expects beyond the rig file, by channel; null for nothing.</param>
    public static IReadOnlyList<CellOutcome> Write(
        SimulatedOutcome outcome, RigDescription rig, string dataFolder, string directory, bool plots, IReadOnlyDictionary<string, CellScript>? scripts = null)
    {
        using var reader = JournalReader.Open(dataFolder);
        var cells = new List<CellOutcome>();
        var happenings = Happening.Of(rig, scripts);
        foreach (var view in outcome.View.Channels)
        {
            var run = outcome.Runs[view.Channel];
            var began = reader.OfRun(run, RecordKind.RunStarted).First().Record.TimeSeconds;
            var channel = rig.Channels.First(known => known.Name == view.Channel);
            var folder = Path.Combine(directory, "recordings", view.Cell);
            RecordingExport.Export(reader, run, folder);
            TruthFile.Write(outcome.Simulated[view.Channel], TruthFile.Class(outcome.Simulated[view.Channel].Truth), began, Path.Combine(directory, "truth", view.Cell));
            var because = scripts?.GetValueOrDefault(view.Channel)?.Because is { } reason ? ReasonFacts.Of(reason).Text : null;
            cells.Add(Judge(view, channel, outcome.Simulated[view.Channel], HaltedAt(reader, run), began) with { Because = because });
            if (plots)
            {
                var marks = happenings.Where(each => each.Where == channel.Name || each.Where == channel.Chamber || each.Where == channel.Press)
                    .Select(each => new Mark(each.At.TotalSeconds - began, each.Text));
                Draw(RecordingReader.Read(folder), reader, run, began, cells[^1], marks, Path.Combine(directory, "plots"));
            }
        }

        File.WriteAllText(Path.Combine(directory, "summary.json"), new JsonArray([.. cells.Select(cell => (JsonNode)Row(cell))]).ToJsonString(Readable) + "\n");
        return cells;
    }

    private static JsonObject Row(CellOutcome cell) => new()
    {
        ["channel"] = cell.Channel,
        ["cell"] = cell.Cell,
        ["outcome"] = cell.Outcome,
        ["expected"] = cell.Expected,
        ["onset_time_s"] = Rounded(cell.OnsetTimeS, 1),
        ["act_time_s"] = Rounded(cell.ActTimeS, 1),
        ["charge_onset_to_act_mAh_cm2"] = Rounded(cell.ChargeOnsetToActMAhCm2, 4),
        ["short_avoided"] = cell.ShortAvoided,
        ["reason"] = cell.Reason,
    };

    private static CellOutcome Judge(ChannelView view, ChannelDescription channel, SimulatedChannel simulated, double? haltedAt, double began)
    {
        var truth = simulated.Truth;
        var shorted = truth.ShortSeconds is not null;
        var reason = view.Reasons.IsEmpty ? Reason.Completed : ReasonFacts.Parse(view.Reasons[0]) ?? Reason.Internal;
        var outcome = (shorted, view.State, ReasonFacts.Of(reason).Kind) switch
        {
            (true, _, _) => "shorted",
            (_, "completed", _) => "finished",
            (_, "halted", ReasonKind.Damage) => "halted",
            _ => "tripped",
        };
        double? charge = haltedAt is not null && truth.PlatedAtOnsetCoulombs is { } onset
            ? (truth.PlatedCoulombs - onset) / 3.6 / channel.Cell.Area.SquareCentimetres
            : null;
        return new(
            view.Channel, view.Cell, outcome, channel.Expected, truth.OnsetSeconds - began, haltedAt - began, charge, !shorted,
            view.Causes.IsEmpty ? "completed: the protocol has ended" : view.Causes[0], view.Reasons.IsEmpty ? null : view.Reasons[0], null);
    }

    private static double? HaltedAt(JournalReader reader, Guid run) => reader.OfRun(run, RecordKind.Decision)
        .Select(row => (row.Record.TimeSeconds, Json: row.Record.DecodeJson()))
        .Where(line => line.Json["state"]?.GetValue<string>() == "halted")
        .Select(line => (double?)line.TimeSeconds).FirstOrDefault();

    private static void Draw(Recording recording, JournalReader reader, Guid run, double began, CellOutcome cell, IEnumerable<Mark> happened, string directory)
    {
        Directory.CreateDirectory(directory);
        List<FitPoint> fits = [.. reader.OfRun(run, RecordKind.Fit).Select(row =>
        {
            var json = row.Record.DecodeJson();
            return new FitPoint(row.Record.TimeSeconds - began, json["r_bulk_ohm"]?.GetValue<double>() ?? double.NaN, json["r_int_ohm"]?.GetValue<double>() ?? double.NaN);
        })];
        var last = recording.Samples.Count > 0 ? recording.Samples[^1].TimeSeconds : 0;
        List<Mark> marks = [.. happened.Where(mark => mark.TimeSeconds <= last)];
        if (cell.OnsetTimeS is { } onset)
            marks.Add(new(onset, "damage begins"));
        if (cell.ActTimeS is { } act)
            marks.Add(new(act, cell.Outcome));
        RecordingPlots.Voltage(recording, marks, Path.Combine(directory, $"{recording.Name}-voltage.png"));
        RecordingPlots.Nyquist(recording, Path.Combine(directory, $"{recording.Name}-nyquist.png"));
        RecordingPlots.Resistances(recording, fits, Path.Combine(directory, $"{recording.Name}-resistances.png"), marks);
    }
}
