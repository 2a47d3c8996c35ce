using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;
using CycleRig.Storage.Journals;

namespace CycleRig.Storage.Recordings;

/// <summary>From a run of the journal to a recording whose clock begins with the run.</summary>
public static class RecordingExport
{
    /// <summary>Writes the recording of a run.</summary>
    /// <exception cref="RecordingException">The folder is not empty.</exception>
    /// <exception cref="JournalException">The journal does not know the run.</exception>
    public static void Export(JournalReader journal, Guid run, string directory)
    {
        var started = journal.OfRun(run, RecordKind.RunStarted).FirstOrDefault()?.Record
            ?? throw new JournalException($"the journal has no run {run}; `cyclerig status` lists runs");
        var origin = started.TimeSeconds;
        using var writer = new RecordingWriter(directory, started.DecodeJson()["facts"] as JsonObject ?? []);
        foreach (var row in journal.OfRun(run, RecordKind.Sample))
        {
            foreach (var sample in row.Record.DecodeSamples())
                writer.Write(sample with { TimeSeconds = sample.TimeSeconds - origin });
        }

        foreach (var row in journal.OfRun(run, RecordKind.Spectrum))
            writer.Write(Shifted(row.Record.DecodeSpectrum(), origin));
        foreach (var kind in (ReadOnlySpan<RecordKind>)[RecordKind.Decision])
        {
            foreach (var row in journal.OfRun(run, kind))
                writer.Write(Shifted(row.Record, origin));
        }
    }

    private static Spectrum Shifted(Spectrum spectrum, double origin) => spectrum with
    {
        StartSeconds = spectrum.StartSeconds - origin,
        Points = [.. spectrum.Points.Select(point => point with { TimeSeconds = point.TimeSeconds - origin })],
    };

    private static JsonObject Shifted(JournalRecord record, double origin)
    {
        var json = record.DecodeJson();
        var line = new JsonObject { ["time_s"] = Math.Round(record.TimeSeconds - origin, 3) };
        foreach (var (key, value) in json)
            line[key] = value?.DeepClone();
        return line;
    }
}
