using System.Text.Json.Nodes;
using CycleRig.Storage.Journals;

namespace CycleRig.Storage.Recordings;

/// <summary>A run of the journal as a recording.</summary>
public static class RecordingExport
{
    /// <exception cref="RecordingException">The journal knows no such run, or not its cell; or the folder is not empty.</exception>
    public static void Export(JournalReader reader, Guid run, string directory, bool force = false)
    {
        var start = reader.ReadRun(run, RecordKind.RunStarted, max: 1) is [var row]
            ? row.Record
            : throw new RecordingException($"The journal has no run {run}. Nothing was written. `cyclerig status` lists the runs.");
        if (start.DecodeJson()["facts"] is not JsonObject facts)
            throw new RecordingException($"Run {run} was journalled without its cell's facts. Nothing was written.");
        using var writer = RecordingWriter.Create(directory, CellFactsJson.Read(facts, run.ToString()).Cell, force);
        foreach (var sample in reader.Samples(run))
            writer.Add(sample);
        foreach (var spectrum in reader.Spectra(run))
            writer.Add(spectrum);
        var events = reader.Events(run)
            .Concat(reader.Rows(run, RecordKind.Decision))
            .Concat(reader.Rows(run, RecordKind.RunStarted))
            .Concat(reader.Rows(run, RecordKind.RunEnded))
            .OrderBy(entry => entry.Seq);
        foreach (var entry in events)
            writer.AddEvent(entry.Record.TimeSeconds, Line(entry));
    }

    private static JsonObject Line(JournalRow entry)
    {
        var line = entry.Record.DecodeJson();
        line.Remove("facts"); // They are cell.json.
        line["record"] = entry.Record.Kind.Name();
        line["seq"] = entry.Seq;
        return line;
    }
}
