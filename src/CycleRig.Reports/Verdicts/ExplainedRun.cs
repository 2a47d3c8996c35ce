using System.Text.Json.Nodes;
using CycleRig.Storage.Journals;

namespace CycleRig.Reports.Verdicts;

/// <summary>Which run of a channel is explained, and the run at rest that followed its halt.</summary>
/// <param name="Run">The newest run; where that is an `after-halt` run of a cell, the run of the cell before it.</param>
/// <param name="After">The newest `after-halt` run of the same cell behind it, on whatever channel; null without one.</param>
public sealed record ExplainedRun(RunEntry Run, RunEntry? After)
{
    private const string AfterHalt = "after-halt";

    /// <summary>Chooses; null where the journal knows no run of the channel.</summary>
    /// <param name="reader">The journal.</param>
    /// <param name="channel">Name of the channel.</param>
    public static ExplainedRun? Of(JournalReader reader, string channel)
    {
        var runs = reader.Runs();
        if (runs.LastOrDefault(run => run.Channel == channel) is not { } newest)
            return null;
        var ofCell = runs.Where(run => run.Cell.Length > 0 && run.Cell == newest.Cell).ToList();
        var run = IsAfterHalt(reader, newest) ? ofCell.LastOrDefault(other => other.StartSeq < newest.StartSeq && !IsAfterHalt(reader, other)) ?? newest : newest;
        return new(run, ofCell.LastOrDefault(other => other.StartSeq > run.StartSeq && IsAfterHalt(reader, other)));
    }

    private static bool IsAfterHalt(JournalReader reader, RunEntry run) =>
        reader.OfRun(run.Run, RecordKind.RunStarted).FirstOrDefault()?.Record.DecodeJson()["facts"]?["protocol"] is JsonObject protocol
        && protocol["name"]?.ToString() == AfterHalt;
}
