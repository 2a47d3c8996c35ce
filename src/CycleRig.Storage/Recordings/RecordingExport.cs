using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;
using CycleRig.Storage.Exports;
using CycleRig.Storage.Journals;

namespace CycleRig.Storage.Recordings;

/// <summary>From a run of the journal to a recording whose clock begins with the run.</summary>
public static class RecordingExport
{
    /// <summary>
    /// What of the journal becomes a line of events.jsonl: what was decided, and what a reader needs to judge that. Verdicts with their evidence,
    /// checkpoints and the configuration stay in the journal.
    /// </summary>
    private static readonly RecordKind[] Events = [RecordKind.RunStarted, RecordKind.Decision, RecordKind.Gap, RecordKind.RunEnded];

    /// <summary>Writes the recording of a run.</summary>
    /// <exception cref="RecordingException">The folder is not empty.</exception>
    /// <exception cref="JournalException">The journal does not know the run.</exception>
    public static void Export(JournalReader journal, Guid run, string directory)
    {
        var entry = journal.Runs().FirstOrDefault(known => known.Run == run)
            ?? throw new JournalException($"the journal has no run {run}; `cyclerig status` lists runs");
        Export(new(journal, entry, CancellationToken.None), directory, new(), new(null, null));
    }

    /// <summary>Writes the recording of a run, a row at a time.</summary>
    internal static void Export(ExportedRun run, string directory, ExportCounts counts, RowProgress progress)
    {
        using var writer = new RecordingWriter(directory, run.Facts);
        foreach (var sample in run.Samples())
        {
            writer.Write(sample with { TimeSeconds = sample.TimeSeconds - run.OriginSeconds });
            counts.Samples++;
            progress.Wrote(sample.TimeSeconds - run.OriginSeconds);
        }

        foreach (var spectrum in run.Spectra())
        {
            writer.Write(Shifted(spectrum, run.OriginSeconds));
            counts.Spectra++;
            counts.Points += spectrum.Points.Length;
        }

        foreach (var row in InOrder(run))
            writer.Write(Line(row.Record, run.OriginSeconds));
    }

    /// <summary>Rows of several kinds in the order of the journal, which is that in which things were known; times of another clock may step back.</summary>
    private static IEnumerable<JournalRow> InOrder(ExportedRun run)
    {
        List<IEnumerator<JournalRow>> open = [.. Events.Select(kind => run.Rows(kind).GetEnumerator())];
        try
        {
            open.RemoveAll(rows => !rows.MoveNext());
            while (open.MinBy(rows => rows.Current.Seq) is { } first)
            {
                yield return first.Current;
                if (!first.MoveNext())
                    open.Remove(first);
            }
        }
        finally
        {
            open.ForEach(rows => rows.Dispose());
        }
    }

    private static Spectrum Shifted(Spectrum spectrum, double origin) => spectrum with
    {
        StartSeconds = spectrum.StartSeconds - origin,
        Points = [.. spectrum.Points.Select(point => point with { TimeSeconds = point.TimeSeconds - origin })],
    };

    /// <summary>A decision stands as it was; other lines name their kind. The facts of a start are cell.json already.</summary>
    private static JsonObject Line(JournalRecord record, double origin)
    {
        var line = new JsonObject { ["time_s"] = Math.Round(record.TimeSeconds - origin, 3) };
        if (record.Kind != RecordKind.Decision)
            (line["kind"], line["utc"]) = (record.Kind.Name(), ExportMetadata.Utc(record.Utc));
        foreach (var (key, value) in record.DecodeJson().Where(member => member.Key != "facts"))
            line[key] = value?.DeepClone();
        return line;
    }
}
