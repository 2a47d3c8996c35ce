using System.Collections.Concurrent;
using CycleRig.Core.Telemetry;
using CycleRig.Storage.Journals;
using CycleRig.Telemetry;
using CycleRig.Telemetry.Databases;
using CycleRig.Telemetry.Historians;
using CycleRig.Telemetry.Publishing;
using CycleRig.Testing;

namespace CycleRig.EndToEnd.Brokers;

/// <summary>A journal, its publisher and, where there is a database, a historian: the way of rows from one end to the other.</summary>
internal sealed class TelemetryLine : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<Trouble> _told = new();
    private readonly Journal _journal;
    private readonly JournalPublisher _publisher;
    private readonly InfluxWriter? _writer;
    private readonly Historian? _historian;
    private int _count;

    /// <param name="host">How the host reaches the broker.</param>
    /// <param name="historian">How the historian does, or null for none.</param>
    /// <param name="database">Where the historian writes.</param>
    /// <param name="rig">Name of the rig.</param>
    public TelemetryLine(BrokerSettings host, BrokerSettings? historian = null, DatabaseSettings? database = null, string rig = "bench")
    {
        Troubles = new(_told.Enqueue);
        _journal = Journal.Open(_folder.Path, JournalOptions.Default);
        _publisher = JournalPublisher.Start(rig, _journal, host, historian is not null, new(), Troubles);
        if (historian is null)
            return;
        _writer = new(database!, Troubles);
        _historian = Historian.Start(historian, null, _writer, new(DeadLetters, TimeProvider.System), Troubles);
    }

    public static Guid Run { get; } = new("019b76da-a800-77bd-bf8e-e610398f9334");

    public TroubleBoard Troubles { get; }

    public string DeadLetters => Path.Combine(_folder.Path, "dead-letters.jsonl");

    /// <summary>What was told, in order.</summary>
    public IReadOnlyCollection<Trouble> Told => _told;

    /// <summary>Whether everything is published and, with a historian, in the database.</summary>
    public bool IsDone => _publisher.IsDone;

    public async ValueTask DisposeAsync()
    {
        await _publisher.DisposeAsync();
        if (_historian is not null)
            await _historian.DisposeAsync();
        _writer?.Dispose();
        _journal.Dispose();
        _folder.Dispose();
    }

    /// <summary>Appends samples and waits for the disk.</summary>
    /// <param name="count">How many.</param>
    /// <param name="utc">Time of the first; one a second.</param>
    public void Append(int count, DateTimeOffset utc)
    {
        for (var i = 0; i < count; i++, _count++)
            _journal.Append(JournalRecord.Samples("ch-1", Run, utc.AddSeconds(_count), [new(_count, -1e-5, -0.1, 30, 5, -1e-5 * _count)]));
        _journal.Flush();
    }

    /// <summary>Appends one record and waits for the disk.</summary>
    public void Append(JournalRecord record)
    {
        _journal.Append(record);
        _journal.Flush();
    }

    /// <summary>Waits until everything has arrived.</summary>
    public Task Arrives() => LiveRig.Until(() => Task.FromResult(IsDone), "rows to arrive", () => string.Join("; ", _told));

    /// <summary>Waits until a trouble that says this is open.</summary>
    public Task Tells(string words) => LiveRig.Until(
        () => Task.FromResult(Troubles.Open.Any(trouble => trouble.Text.Contains(words, StringComparison.Ordinal))), $"`{words}`", () => string.Join("; ", _told));

    /// <summary>Waits until nothing is wrong.</summary>
    public Task IsQuiet() => LiveRig.Until(() => Task.FromResult(Troubles.Open.Count == 0), "troubles to end", () => string.Join("; ", _told));
}
