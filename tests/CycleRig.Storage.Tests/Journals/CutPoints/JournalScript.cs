using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;
using CycleRig.Storage.Journals;
using Microsoft.Data.Sqlite;

namespace CycleRig.Storage.Tests.Journals.CutPoints;

/// <summary>
/// Two hosts, one after the other, on one folder: all kinds of records, flushes, a full buffer, new volumes, cursors, retirement. It goes on
/// after errors as a host does, ends when the machine stops, and remembers what it was promised.
/// </summary>
/// <param name="disk">Where.</param>
/// <param name="seed">Decides what is appended.</param>
/// <param name="batchRows">Samples in a batch: some thousands fill the write-ahead log until SQLite folds it by itself.</param>
internal sealed class JournalScript(PowerCutDisk disk, int seed, int batchRows)
{
    public static readonly DateTimeOffset Utc = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private const int Hosts = 2;
    private const int Rounds = 6;

    private readonly Random _random = new(seed);

    /// <summary>What was appended, by the number that came back.</summary>
    public Dictionary<long, JournalRecord> Appended { get; } = [];

    /// <summary>Highest number that a flush returned.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Cursor of kind durable that was set last without an error.</summary>
    public long Cursor { get; private set; }

    /// <summary>Number up to which whole volumes may have been retired.</summary>
    public long RetiredUpTo { get; private set; }

    public int Errors { get; private set; }

    /// <summary>Damage that an opening of the second host reported.</summary>
    public string? Damage { get; private set; }

    public JournalOptions Options { get; } = new()
    {
        VolumeBytesMax = 40_000 + 300L * batchRows,
        BufferBytesMax = 30_000 + 100L * batchRows,
        KeepAtLeast = TimeSpan.FromDays(1),
        ReserveBytes = seed % 2 << 16,
        Readers = ["mqtt"],
    };

    /// <summary>Plays it.</summary>
    /// <param name="isCutAtEnd">Whether the power goes before the last host closes its files.</param>
    public void Play(bool isCutAtEnd = false)
    {
        for (var host = 0; host < Hosts && !disk.Stopped; host++)
        {
            if (host > 0)
                Try(Visit);
            Journal? journal = null;
            for (var attempt = 0; attempt < 3 && journal is null && !disk.Stopped; attempt++)
                Try(() => journal = Journal.Open(disk.Folder, Options));
            if (journal is null)
                return;
            Damage ??= journal.OpenReport.Damage;
            Host(journal, host);
            if (isCutAtEnd && host == Hosts - 1)
                disk.Stop();
            Try(journal.Dispose, alsoStopped: true);
        }
    }

    /// <summary>A reader comes and goes while no host runs.</summary>
    private void Visit()
    {
        using var reader = JournalReader.Open(disk.Folder);
        reader.ReadFrom(0, 10);
    }

    private void Host(Journal journal, int host)
    {
        var run = new Guid(host + 1, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1);
        Append(journal, JournalRecord.RunStarted("ch-1", run, 0, Utc, "cell-1"));
        for (var round = 0; round < Rounds && !disk.Stopped; round++)
        {
            for (var record = _random.Next(4, 12); record > 0; record--)
                Append(journal, Record(run, round));
            if (round == 3)
            {
                for (var record = 0; record < 12; record++)
                    Append(journal, Samples(run, round, Math.Max(60, batchRows))); // More than the buffer holds.
            }

            Flush(journal);
            if (round % 2 == 1)
                SetCursors(journal);
        }

        Append(journal, JournalRecord.RunEnded("ch-1", run, 9, Utc, "completed"));
        Flush(journal);
        SetCursors(journal);
        Try(() =>
        {
            RetiredUpTo = Acknowledged; // Retirement that fails half-way has removed something, too.
            journal.Retire(Utc + TimeSpan.FromDays(9));
        });
        Append(journal, Record(null, Rounds)); // The flush of the end writes it, and promises nothing.
    }

    private void Append(Journal journal, JournalRecord record) => Appended[journal.Append(record)] = record; // The number of a record that never became durable is given again.

    private void Flush(Journal journal) => Try(() =>
    {
        try
        {
            Acknowledged = journal.Flush();
        }
        catch (JournalFullException full)
        {
            Acknowledged = full.DurableSeq;
            throw;
        }
    });

    private void SetCursors(Journal journal) => Try(() =>
    {
        var seq = Acknowledged;
        journal.SetCursor("mqtt", CursorKind.Publish, seq);
        journal.SetCursor("mqtt", CursorKind.Durable, seq);
        Cursor = seq;
    });

    private void Try(Action action, bool alsoStopped = false)
    {
        if (disk.Stopped && !alsoStopped)
            return;
        try
        {
            action();
        }
        catch (Exception failure) when (failure is JournalException or SqliteException or IOException)
        {
            Errors++;
        }
    }

    private JournalRecord Record(Guid? run, int round) => _random.Next(9) switch
    {
        0 or 1 or 2 when run is { } known => Samples(known, round, _random.Next(1, batchRows)),
        3 when run is { } known => JournalRecord.OfSpectrum("ch-1", known, Utc, new(round, round,
            [.. Enumerable.Range(0, 40).Select(n => new SpectrumPoint(1e6 / (n + 1), _random.NextDouble(), -_random.NextDouble(), n, 0, 30, 5))])),
        4 => Json(RecordKind.Fit, run, round),
        5 => Json(RecordKind.Decision, run, round),
        6 => Json(RecordKind.Checkpoint, run, round),
        7 => Json(RecordKind.Configuration, run, round),
        _ => Json(RecordKind.Event, run, round),
    };

    private JournalRecord Samples(Guid run, int round, int rows) =>
        JournalRecord.Samples("ch-1", run, Utc, [.. Enumerable.Range(0, rows).Select(n => new Sample(round + n, 0, _random.NextDouble(), 30, 5, 0))]);

    private JournalRecord Json(RecordKind kind, Guid? run, int round) => JournalRecord.Json(
        kind, "ch-1", run, round, Utc, new JsonObject { ["type"] = "test", ["n"] = _random.Next(), ["text"] = new string('x', _random.Next(2000)) });
}
