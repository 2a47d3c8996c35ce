using CycleRig.Core.Evidence;

namespace CycleRig.Storage.Journals;

/// <summary>What readers ask of a journal about its runs. Streams: rows are read a page at a time.</summary>
public static class RunHistory
{
    private const int Page = 256;

    /// <summary>All runs, oldest first. Those whose start stands in a closed volume that cannot be read are left out.</summary>
    public static IReadOnlyList<RunEntry> Runs(this JournalReader reader)
    {
        var runs = new Dictionary<Guid, RunEntry>();
        foreach (var (volume, before) in reader.Volumes())
        {
            if (!reader.TryWith(volume, before, connection => VolumeReader.RunMarks(connection, before), out var marks))
                continue;
            foreach (var row in marks!)
            {
                if (row.Record is { Kind: RecordKind.RunStarted, Run: { } started } start)
                {
                    var cell = start.DecodeJson()["cell"]?.GetValue<string>() ?? "";
                    runs[started] = new(started, start.Channel, cell, start.Utc, row.Seq, null, null, null);
                }
                else if (row.Record is { Kind: RecordKind.RunEnded, Run: { } ended } end && runs.TryGetValue(ended, out var entry))
                {
                    var reason = end.DecodeJson()["reason"]?.GetValue<string>();
                    runs[ended] = entry with { EndSeconds = end.TimeSeconds, EndSeq = row.Seq, EndReason = reason };
                }
            }
        }

        return [.. runs.Values.OrderBy(run => run.StartSeq)];
    }

    /// <summary>Samples of a run from one time to another, s on its clock, both inclusive, in order.</summary>
    public static IEnumerable<Sample> Samples(
        this JournalReader reader, Guid run, double fromSeconds = double.NegativeInfinity, double toSeconds = double.PositiveInfinity)
    {
        foreach (var row in reader.OfRun(run, RecordKind.Sample, fromSeconds))
        {
            foreach (var sample in row.Record.DecodeSamples())
            {
                if (sample.TimeSeconds > toSeconds)
                    yield break;
                if (sample.TimeSeconds >= fromSeconds)
                    yield return sample;
            }
        }
    }

    /// <summary>Sweeps of a run, in order.</summary>
    public static IEnumerable<Spectrum> Spectra(this JournalReader reader, Guid run) =>
        reader.OfRun(run, RecordKind.Spectrum).Select(row => row.Record.DecodeSpectrum());

    /// <summary>Rows of one kind of a run whose checksums hold, in order.</summary>
    public static IEnumerable<JournalRow> OfRun(
        this JournalReader reader, Guid run, RecordKind kind, double timeSecondsMin = double.NegativeInfinity)
    {
        var after = 0L;
        while (true)
        {
            var page = reader.ReadRun(run, kind, after, Page, timeSecondsMin);
            foreach (var row in page.Where(row => row.Record.Kind == kind))
                yield return row;
            if (page.Count < Page)
                yield break;
            after = page[^1].Seq;
        }
    }
}
