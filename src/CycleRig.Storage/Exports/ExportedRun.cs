using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.Core.Protocols;
using CycleRig.Storage.Journals;

namespace CycleRig.Storage.Exports;

/// <summary>
/// A run of the journal as exports read it: what was in the journal when the export began, in order, a page at a time. Times that it hands out are
/// those of the journal; <see cref="RunSeconds"/> makes them the run's own.
/// </summary>
internal sealed class ExportedRun
{
    private const int Page = 256;
    private const int OrderWithin = 100; // The order to start is the first decision of a run; some room for others.
    private const int ClockDigits = 7; // The journal's clocks count ticks of 1e-7 s: what a subtraction adds behind them is no time.

    private readonly JournalReader _reader;
    private readonly HashSet<long> _lost = [];
    private readonly DateTimeOffset _startedUtc;
    private readonly CancellationToken _cancellation;

    /// <exception cref="JournalException">The journal does not have the run's start.</exception>
    public ExportedRun(JournalReader reader, RunEntry entry, CancellationToken cancellation)
    {
        (_reader, _cancellation, Entry, UpToSeq) = (reader, cancellation, entry, reader.NewestSeq());
        var started = Rows(RecordKind.RunStarted).FirstOrDefault()?.Record
            ?? throw new JournalException($"the start of run {entry.Run} cannot be read from the journal; without it nothing is exported");
        (OriginSeconds, _startedUtc) = (started.TimeSeconds, started.Utc);
        Facts = started.DecodeJson()["facts"] as JsonObject ?? [];
        if (Rows(RecordKind.Configuration).FirstOrDefault()?.Record is { } configuration)
        {
            Configuration = configuration.DecodeJson();
            ConfigurationSha256 = Convert.ToHexStringLower(SHA256.HashData(configuration.Payload.Span));
        }

        Operator = Rows(RecordKind.Decision).Take(OrderWithin).Select(row => row.Record.DecodeJson()["event"] as JsonObject)
            .FirstOrDefault(happened => happened?["type"]?.ToString() == "start_ordered")?["operator"]?.ToString();
    }

    public RunEntry Entry { get; }

    /// <summary>Time zero of the run on the journal's clock, s.</summary>
    public double OriginSeconds { get; }

    /// <summary>What cell.json of a recording of this run says.</summary>
    public JsonObject Facts { get; }

    /// <summary>The configuration as the journal has it, with the hash that was written beside it; null where there is none.</summary>
    public JsonObject? Configuration { get; }

    /// <summary>SHA-256 of the journal's canonical JSON of the configuration, in hex.</summary>
    public string? ConfigurationSha256 { get; }

    /// <summary>Who ordered the start, or null where the journal does not say.</summary>
    public string? Operator { get; }

    /// <summary>Newest row of the journal when the export began: an open run goes on, its export does not.</summary>
    public long UpToSeq { get; }

    /// <summary>When the run ended, s on its own clock, or null while it is open.</summary>
    public double? EndSeconds => Entry.EndSeconds is { } end ? RunSeconds(end) : null;

    /// <summary>Rows of the run, met so far, whose checksum does not hold, or volumes that cannot be read.</summary>
    public int RowsDamaged => _lost.Count;

    /// <summary>Time of the run, s.</summary>
    public double RunSeconds(double journalSeconds) => Math.Round(journalSeconds - OriginSeconds, ClockDigits);

    public DateTimeOffset Utc(double journalSeconds) => _startedUtc.AddSeconds(journalSeconds - OriginSeconds);

    /// <summary>Rows of one kind, in order.</summary>
    public IEnumerable<JournalRow> Rows(RecordKind kind)
    {
        var after = 0L;
        while (true)
        {
            _cancellation.ThrowIfCancellationRequested();
            var page = _reader.ReadRun(Entry.Run, kind, after, Page);
            foreach (var row in page.TakeWhile(row => row.Seq <= UpToSeq))
            {
                if (row.Record.Kind == kind)
                    yield return row;
                else
                    _lost.Add(row.Seq);
            }

            if (page.Count < Page || page[^1].Seq >= UpToSeq)
                yield break;
            after = page[^1].Seq;
        }
    }

    public IEnumerable<Sample> Samples() => Rows(RecordKind.Sample).SelectMany(row => row.Record.DecodeSamples());

    public IEnumerable<Spectrum> Spectra() => Rows(RecordKind.Spectrum).Select(row => row.Record.DecodeSpectrum());

    /// <summary>The protocol, or null where the journal has none that this build reads.</summary>
    public Protocol? Protocol()
    {
        try
        {
            return Configuration?["protocol"] is JsonObject protocol ? protocol.Deserialize<Protocol>(MessageJson.Options) : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            return null; // Of another version: the samples are worth exporting without the names of their steps.
        }
    }
}
