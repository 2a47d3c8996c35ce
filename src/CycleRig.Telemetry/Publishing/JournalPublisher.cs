using System.Buffers;
using System.Collections.Concurrent;
using CycleRig.Core.Telemetry;
using CycleRig.Storage.Journals;
using CycleRig.Telemetry.Lines;
using CycleRig.Telemetry.Mqtt;
using MQTTnet;
using MQTTnet.Exceptions;

namespace CycleRig.Telemetry.Publishing;

/// <summary>
/// A reader of the journal: publishes its rows over MQTT 5, QoS 1. What comes now goes first, what an outage left behind follows in
/// order. It slows nobody. Where a historian is expected, the durable cursor follows what it acknowledges.
/// </summary>
public sealed class JournalPublisher : IAsyncDisposable
{
    private const int Page = 500;
    private const int MessageBytesMax = 200 * 1024;

    /// <summary>Backlog waits while this much was published and is not acknowledged, bytes: the broker's queue is no store.</summary>
    private const long OutstandingBytesMax = 16L << 20;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan NoteEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastWordsWithin = TimeSpan.FromSeconds(5);

    private readonly string _rig;
    private readonly Journal _journal;
    private readonly bool _hasHistorian;
    private readonly StatusBook _status;
    private readonly TroubleBoard _troubles;
    private readonly RowLines _rows;
    private readonly LineBuffer _lines = new();
    private readonly ConcurrentQueue<(string Channel, bool IsAck, MessageRange.Answer Answer)> _said = new();
    private readonly Dictionary<CursorKind, long> _cursors = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly DurableLedger _ledger;
    private readonly SendQueue _queue;
    private readonly BrokerConnection _connection;
    private readonly Task _work;
    private volatile bool _isConnectedAnew;
    private TimeSpan _noted;
    private long _published;
    private long _durable;

    private JournalPublisher(string rig, Journal journal, BrokerSettings broker, bool hasHistorian, StatusBook status, TroubleBoard troubles)
    {
        (_rig, _journal, _hasHistorian, _status, _troubles, _rows) = (rig, journal, hasHistorian, status, troubles, new(rig));
        var start = journal.GetCursor(Reader, hasHistorian ? CursorKind.Durable : CursorKind.Publish);
        (_ledger, _queue) = (new(start), new(start));
        if (hasHistorian)
            Note(CursorKind.Durable, start); // From now on volumes wait for what it says.
        status.Set(StatusBook.Rig, ("online", true));
        string[] said = hasHistorian ? [Topics.Of(rig, "+", "ack"), Topics.Of(rig, "+", "resend")] : [];
        _connection = BrokerConnection.Start(
            broker,
            new($"{broker.User ?? $"host-{rig}"}-rows", [.. said], (Topics.Status(rig), StatusBook.Offline), 0, 100) { Connected = Connected, Received = Received },
            troubles);
        _work = Task.Run(() => Run(_stop.Token));
    }

    /// <summary>Name of its cursors in the journal.</summary>
    public const string Reader = "mqtt";

    /// <summary>Starts to publish a journal.</summary>
    /// <param name="rig">Name of the rig.</param>
    /// <param name="journal">Open for as long as this publishes.</param>
    /// <param name="broker">Where to.</param>
    /// <param name="hasHistorian">Whether a historian acknowledges what is in the database.</param>
    /// <param name="status">What stands on the status topics.</param>
    /// <param name="troubles">Told of what keeps it from going on.</param>
    public static JournalPublisher Start(string rig, Journal journal, BrokerSettings broker, bool hasHistorian, StatusBook status, TroubleBoard troubles) =>
        new(rig, journal, broker, hasHistorian, status, troubles);

    /// <summary>Whether all that the journal has is published and, where a historian is expected, in the database.</summary>
    public bool IsDone => (_hasHistorian ? Interlocked.Read(ref _durable) : Interlocked.Read(ref _published)) >= _journal.DurableSeq;

    /// <summary>Publishes what is left, if the broker is there, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        using var patience = new CancellationTokenSource(LastWordsWithin);
        if (_connection.IsReady)
            await Tried(LastWords, patience.Token);
        Settle(atOnce: true);
        await _connection.DisposeAsync();
        _stop.Dispose();
    }

    private static TimeSpan Now => TimeProvider.System.GetElapsedTime(0);

    private async Task Run(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Period);
        try
        {
            do
            {
                if (_connection.IsReady)
                    await Tried(Work, cancellation);
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException)
        {
            // Asked to end: what is left is published by the one who asked.
        }
    }

    /// <summary>What cannot be read or sent now is tried again with the next period; a reader slows and stops nobody.</summary>
    private async Task Tried(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        try
        {
            await work(cancellation);
            _troubles.Clear("publishing");
        }
        catch (MqttCommunicationException)
        {
            // The connection says so itself, and comes back.
        }
        catch (OperationCanceledException) when (!_connection.IsReady && !cancellation.IsCancellationRequested)
        {
            // The connection was lost in mid-message.
        }
        catch (Exception passing) when (passing is TelemetryException or JournalException or FormatException or IOException or Microsoft.Data.Sqlite.SqliteException)
        {
            _troubles.Raise("publishing", passing.Message);
        }
    }

    /// <summary>Sends until nothing is left: all that is live, then a page of the backlog, and again.</summary>
    private async Task Work(CancellationToken cancellation)
    {
        if (_isConnectedAnew)
        {
            _isConnectedAnew = false;
            _queue.CatchUp(_journal.DurableSeq);
        }

        while (true)
        {
            Heard();
            if (_journal.DurableSeq > _queue.Live.Position)
                await Send(_queue.Live, isLive: true, cancellation);
            else if (_queue.Behind is { } behind && (!_hasHistorian || _ledger.OutstandingBytes < OutstandingBytesMax))
                await Send(behind, isLive: false, cancellation);
            else
                break;
            await End(cancellation);
        }

        Settle();
        if (!_hasHistorian)
            return;
        foreach (var probe in _ledger.Probes(Now))
            await Publish(probe, cancellation);
    }

    /// <summary>Sends the next page of a lane.</summary>
    private async Task Send(Lane lane, bool isLive, CancellationToken cancellation)
    {
        var durable = _journal.DurableSeq;
        var rows = _journal.ReadFrom(lane.Position, Page);
        if (rows.Count > 0 && rows[^1].Seq > durable)
            rows = [.. rows.Where(row => row.Seq <= durable)];
        var to = rows.Count == Page ? rows[^1].Seq : Math.Min(durable, lane.End);
        var batches = lane.Batches(rows, to, row => (4 * row.Record.Payload.Length) + 400, MessageBytesMax);
        await Task.WhenAll(batches.Select(batch => Publish(batch, cancellation)));
        lane.Advance(batches, to);
        if (isLive)
            await PublishStatus(rows, cancellation);
        Settle();
    }

    /// <summary>Says of lanes that have ended what they cover.</summary>
    private async Task End(CancellationToken cancellation)
    {
        if (!_hasHistorian)
            return;
        foreach (var lane in _queue.Ended())
            await Task.WhenAll(lane.Covers([.. _ledger.Channels]).Select(cover => Publish(cover, cancellation)));
        Settle();
    }

    /// <summary>Cursors are on the disk a second later at the latest: what a crash makes of it is sent twice, and is the same points.</summary>
    private void Settle(bool atOnce = false)
    {
        _ledger.Reached(_queue.SentTo);
        Interlocked.Exchange(ref _published, _ledger.PublishedTo);
        Interlocked.Exchange(ref _durable, _ledger.Durable);
        if (!atOnce && Now - _noted < NoteEvery)
            return;
        _noted = Now;
        Note(CursorKind.Publish, _ledger.PublishedTo);
        if (_hasHistorian)
            Note(CursorKind.Durable, _ledger.Durable);
    }

    private void Note(CursorKind kind, long to)
    {
        if (_cursors.GetValueOrDefault(kind, -1) == to)
            return;
        _journal.SetCursor(Reader, kind, to);
        _cursors[kind] = to;
    }

    private void Heard()
    {
        var any = false;
        while (_said.TryDequeue(out var said))
        {
            if (said.Answer.Epoch != _journal.Epoch)
                continue; // It has not yet seen that numbers began anew.
            any = true;
            if (said.IsAck)
                _ledger.Acknowledged(said.Channel, said.Answer.Ranges, Now);
            else
                _ledger.Lost(said.Channel);
            foreach (var (after, to) in said.IsAck ? [] : said.Answer.Ranges)
                _queue.Resend(after, to);
        }

        if (any)
            Settle();
    }

    private async Task Publish(Batch batch, CancellationToken cancellation)
    {
        _lines.Clear();
        foreach (var row in batch.Rows)
            _rows.Write(row, _lines);
        var payload = _lines.Written.ToArray();
        if (payload.Length == 0 && !_hasHistorian)
            return; // Only a historian asks what a message without rows covers.
        // Noted before it is sent: the answer may be faster than the broker's.
        _ledger.Published(batch, payload.Length, Now);
        var range = new MessageRange(
            batch.Rows is [.., var newest] ? newest.Epoch : _journal.Epoch, batch.Rows is [var first, ..] ? first.Seq : 0, batch.Rows is [.., var last] ? last.Seq : 0,
            batch.After, batch.Through, _ledger.DurableOf(batch.Channel));
        var topic = Topics.Of(_rig, batch.Channel, batch.Rows.Select(row => RowLines.Topic(row.Record.Kind)).FirstOrDefault(known => known is not null) ?? "events");
        await _connection.Publish(topic, payload, retain: false, range.Properties(), cancellation);
    }

    private async Task PublishStatus(IReadOnlyList<JournalRow> rows, CancellationToken cancellation)
    {
        foreach (var decision in rows.Where(row => row.Record.Kind == RecordKind.Decision).GroupBy(row => row.Record.Channel).Select(channel => channel.Last()))
        {
            var payload = _status.Set(
                decision.Record.Channel, ("state", decision.Record.DecodeJson()["state"]?.ToString()), ("run", decision.Record.Run?.ToString()),
                ("seq", decision.Seq), ("utc", decision.Record.Utc.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture)));
            await _connection.Publish(Topics.Of(_rig, decision.Record.Channel, "status"), payload, retain: true, [], cancellation);
        }
    }

    private async Task Connected(BrokerConnection connection, CancellationToken cancellation)
    {
        foreach (var (channel, payload) in _status.All())
        {
            var topic = channel.Length == 0 ? Topics.Status(_rig) : Topics.Of(_rig, channel, "status");
            await connection.Publish(topic, payload, retain: true, [], cancellation);
        }

        _isConnectedAnew = true;
    }

    private Task Received(BrokerConnection connection, MqttApplicationMessage message)
    {
        if (message.Retain)
            return Task.CompletedTask; // An answer of long ago.
        if (Topics.Parse(message.Topic) is { Last: "ack" or "resend" } topic && topic.Rig == _rig
            && MessageRange.ReadRanges(message.Payload.ToArray()) is { } answer)
        {
            _said.Enqueue((topic.Channel, topic.Last == "ack", answer));
            if (answer.Alarm is { } alarm)
                _troubles.Raise("historian", alarm);
            else if (topic.Last == "ack")
                _troubles.Clear("historian");
        }
        else
        {
            _troubles.Raise("garbage", $"a message on {message.Topic} is none that a historian sends; it was ignored. Check who may publish there.");
        }

        return Task.CompletedTask;
    }

    private async Task LastWords(CancellationToken cancellation)
    {
        while (_journal.DurableSeq > _queue.Live.Position)
            await Send(_queue.Live, isLive: true, cancellation);
        await _connection.Publish(Topics.Status(_rig), System.Text.Encoding.UTF8.GetBytes(StatusBook.Offline), retain: true, [], cancellation);
    }
}
