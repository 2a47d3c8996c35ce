using System.Collections.Immutable;

namespace CycleRig.Storage.Journals;

/// <summary>Reads a journal, with or without a host that writes it, in short transactions.</summary>
public sealed class JournalReader : IDisposable
{
    private const int Page = 2000;

    private readonly string _directory;
    private readonly Dictionary<string, JournalVolume> _open = [];

    private JournalReader(string directory) => _directory = directory;

    /// <summary>Highest sequence number on disk.</summary>
    public long LastSeq => Volumes().Select(volume => volume.LastSeq).DefaultIfEmpty(0).Max();

    internal int LastEpoch => Volumes().Select(volume => volume.LastEpoch).DefaultIfEmpty(0).Max();

    /// <summary>Opens a folder for reading.</summary>
    /// <exception cref="JournalException">The folder holds no journal.</exception>
    public static JournalReader Open(string directory) => JournalVolume.In(directory).Length > 0
        ? new(directory)
        : throw new JournalException($"{directory} holds no journal; give the --data folder of a host");

    /// <summary>The next rows behind a sequence number, oldest first.</summary>
    /// <param name="seqExclusive">The last one that is known.</param>
    /// <param name="max">Most rows.</param>
    public List<JournalRow> ReadFrom(long seqExclusive, int max)
    {
        var rows = new List<JournalRow>();
        foreach (var volume in Volumes())
        {
            if (rows.Count < max && volume.LastSeq > seqExclusive)
                rows.AddRange(volume.ReadWhere("seq > $after", false, max - rows.Count, p => p.AddWithValue("$after", seqExclusive)));
        }

        return rows;
    }

    /// <summary>Rows of a run of some kind, oldest first, streamed.</summary>
    public IEnumerable<JournalRow> OfRun(Guid run, RecordKind kind)
    {
        foreach (var volume in Volumes().ToList())
        {
            long after = 0;
            List<JournalRow> rows;
            do
            {
                rows = volume.ReadWhere("run = $run AND kind = $kind AND seq > $after", false, Page, p =>
                {
                    p.AddWithValue("$run", run.ToByteArray(bigEndian: true));
                    p.AddWithValue("$kind", kind.Name());
                    p.AddWithValue("$after", after);
                });
                foreach (var row in rows)
                    yield return row;
                after = rows.Count > 0 ? rows[^1].Seq : after;
            }
            while (rows.Count == Page);
        }
    }

    /// <summary>The newest checkpoint of a channel, or null.</summary>
    public JournalRow? LatestCheckpoint(string channel) => Volumes().Reverse()
        .Select(volume => volume.ReadWhere("kind = 'checkpoint' AND channel = $channel", true, 1, p => p.AddWithValue("$channel", channel)).FirstOrDefault())
        .FirstOrDefault(row => row is not null);

    /// <summary>Rows of a channel behind a sequence number, telemetry left out, oldest first.</summary>
    public List<JournalRow> EventsAfter(string channel, long seq) => [.. Volumes().SelectMany(volume => volume.ReadWhere(
        "channel = $channel AND seq > $after AND kind NOT IN ('sample', 'spectrum', 'fit')", false, int.MaxValue, p =>
        {
            p.AddWithValue("$channel", channel);
            p.AddWithValue("$after", seq);
        }))];

    /// <summary>All runs, oldest first.</summary>
    public ImmutableArray<RunEntry> Runs()
    {
        var runs = new Dictionary<Guid, RunEntry>();
        foreach (var row in Volumes().SelectMany(volume => volume.ReadWhere("kind IN ('run_started', 'run_ended')", false, int.MaxValue, _ => { })))
        {
            var (record, id) = (row.Record, row.Record.Run ?? Guid.Empty);
            var json = record.DecodeJson();
            if (record.Kind == RecordKind.RunStarted)
                runs[id] = new(id, record.Channel, json["cell"]?.GetValue<string>() ?? "", record.Utc, row.Seq, null, null, null);
            else if (runs.TryGetValue(id, out var run))
                runs[id] = run with { EndSeconds = record.TimeSeconds, EndSeq = row.Seq, EndReason = json["reason"]?.GetValue<string>() };
        }

        return [.. runs.Values.OrderBy(run => run.StartSeq)];
    }

    public void Dispose()
    {
        foreach (var volume in _open.Values)
            volume.Dispose();
    }

    private IEnumerable<JournalVolume> Volumes()
    {
        foreach (var path in JournalVolume.In(_directory))
        {
            if (!_open.TryGetValue(path, out var volume))
                _open[path] = volume = JournalVolume.Open(path, writable: false, null);
            yield return volume;
        }
    }
}
