using System.Threading.Channels;
using CycleRig.Core.Telemetry;
using CycleRig.Telemetry.Databases;
using CycleRig.Telemetry.Mqtt;
using MQTTnet;
using MQTTnet.Exceptions;

namespace CycleRig.Telemetry.Historians;

/// <summary>
/// Brings rows from a broker to a database and says what is written: only then does a journal's durable cursor move. What is missing it
/// asks for. It takes no more than it can write: what waits, waits at the broker and in the journal.
/// </summary>
public sealed class Historian : IAsyncDisposable
{
    private const int WritersCount = 2;
    private const int WaitingMax = 128;
    private const int WriteBytesMax = 2 << 20;
    private const uint SessionSeconds = 3600;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private readonly IPointWriter _database;
    private readonly DeadLetters _dead;
    private readonly TroubleBoard _troubles;
    private readonly ArrivalCheck _check;
    private readonly bool _isAlone;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Rig, string Channel), ChannelCoverage> _coverage = [];
    private readonly Channel<Arrival> _waiting = System.Threading.Channels.Channel.CreateBounded<Arrival>(WaitingMax);
    private readonly CancellationTokenSource _stop = new();
    private readonly BrokerConnection _connection;
    private readonly Task[] _work;
    private long _pointsWritten;

    private Historian(BrokerSettings broker, string? group, IPointWriter database, DeadLetters dead, TroubleBoard troubles)
    {
        (_database, _dead, _troubles, _isAlone, _check) = (database, dead, troubles, group is null, new(dead, troubles));
        var shared = group is null ? "" : $"$share/{group}/";
        var user = broker.User ?? "historian";
        var id = group is null ? $"{user}-historian" : $"{user}-historian-{Guid.CreateVersion7():N}";
        _connection = BrokerConnection.Start(
            broker,
            new(id, [.. ((string[])["samples", "spectra", "fits", "events"]).Select(last => shared + Topics.Of("+", "+", last))], null, group is null ? SessionSeconds : 0, 64) { Received = Received },
            troubles);
        _work = [.. Enumerable.Range(0, WritersCount).Select(_ => Task.Run(() => Run(Write))), Task.Run(() => Run(Ask))];
    }

    /// <summary>Whether it is connected and subscribed.</summary>
    public bool IsReady => _connection.IsReady;

    /// <summary>Number of points written.</summary>
    public long PointsWritten => Interlocked.Read(ref _pointsWritten);

    /// <summary>Starts a historian.</summary>
    /// <param name="broker">Where rows come from.</param>
    /// <param name="group">Name that several historians share, so that each row goes to one of them; null for one alone.</param>
    /// <param name="database">Where they go.</param>
    /// <param name="dead">Takes what cannot be written.</param>
    /// <param name="troubles">Told of what keeps it from going on.</param>
    public static Historian Start(BrokerSettings broker, string? group, IPointWriter database, DeadLetters dead, TroubleBoard troubles) =>
        new(broker, group, database, dead, troubles);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_work);
        await _connection.DisposeAsync();
        _stop.Dispose();
    }

    private static TimeSpan Now => TimeProvider.System.GetElapsedTime(0);

    private async Task Run(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Asked to end: what was not acknowledged is sent again.
        }
    }

    private async Task Received(BrokerConnection connection, MqttApplicationMessage message)
    {
        if (_check.Check(message, Now) is not { } arrival)
            return;
        var (_, rig, channel, range, lines) = arrival;
        bool isNew;
        lock (_gate)
        {
            var coverage = Of(rig, channel);
            isNew = coverage.Received(range.Epoch, range.After, range.Through, range.Durable, Now);
            if (isNew && lines.IsEmpty)
                coverage.Written(range.After, range.Through);
        }

        try
        {
            if (isNew && !lines.IsEmpty)
                await _waiting.Writer.WriteAsync(arrival, _stop.Token); // Full: the broker waits for its acknowledgement.
            else
                await Acknowledge(connection, [(rig, channel)], _stop.Token);
            if (!_isAlone && range.After == range.Through)
                await Request(connection, rig, channel, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Ending.
        }
    }

    private async Task Write(CancellationToken cancellation)
    {
        using var lines = new MemoryStream();
        while (await _waiting.Reader.WaitToReadAsync(cancellation))
        {
            var taken = new List<Arrival>();
            lines.SetLength(0);
            while (lines.Length < WriteBytesMax && _waiting.Reader.TryRead(out var arrival))
            {
                taken.Add(arrival);
                lines.Write(arrival.Lines.Span);
            }

            if (taken.Count == 0)
                continue;
            await RowsIn(lines.GetBuffer().AsMemory(0, (int)lines.Length), taken, cancellation);
            lock (_gate)
            {
                foreach (var arrival in taken)
                    Of(arrival.Rig, arrival.Channel).Written(arrival.Range.After, arrival.Range.Through);
            }

            await Acknowledge(_connection, taken.Select(arrival => (arrival.Rig, arrival.Channel)).Distinct(), cancellation);
        }
    }

    /// <summary>Writes what can be written: what the database refuses is halved until the points that it will not have stand alone.</summary>
    private async Task RowsIn(ReadOnlyMemory<byte> lines, List<Arrival> from, CancellationToken cancellation)
    {
        var answer = await _database.Write(lines, cancellation);
        if (answer.Refusal is not { } refusal)
        {
            Interlocked.Add(ref _pointsWritten, lines.Span.Count((byte)'\n'));
            return;
        }

        if (LineHalves.Of(lines) is var (first, second))
        {
            await RowsIn(first, from, cancellation);
            await RowsIn(second, from, cancellation);
            return;
        }

        var topic = from.FirstOrDefault(arrival => arrival.Lines.Span.IndexOf(lines.Span) >= 0)?.Topic ?? "";
        _dead.Add(topic, refusal, lines.Span.TrimEnd((byte)'\n'), isRow: true);
        _troubles.Raise("dead letters", $"the database refused a point of {topic} ({refusal}). It is in {_dead.Path}; the rest was written.");
    }

    private async Task Acknowledge(BrokerConnection connection, IEnumerable<(string Rig, string Channel)> channels, CancellationToken cancellation)
    {
        var alarm = _troubles.Open.FirstOrDefault(trouble => trouble.Kind is "dead letters")?.Text;
        foreach (var (rig, channel) in channels)
        {
            byte[] payload;
            lock (_gate)
            {
                var coverage = Of(rig, channel);
                if (coverage.Acknowledgements() is not { Count: > 0 } ranges)
                    continue;
                payload = MessageRange.Ranges(coverage.Epoch, ranges, alarm);
            }

            await Say(connection, Topics.Of(rig, channel, "ack"), payload, cancellation);
        }
    }

    /// <summary>Among several historians a hole is the others' share; only the host's question, after long silence, shows that it is a loss.</summary>
    private async Task Request(BrokerConnection connection, string rig, string channel, CancellationToken cancellation)
    {
        byte[] payload;
        lock (_gate)
            payload = MessageRange.Ranges(Of(rig, channel).Epoch, Of(rig, channel).Lacking);
        await Say(connection, Topics.Of(rig, channel, "resend"), payload, cancellation);
    }

    private async Task Ask(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Period);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            _check.Settle(Now);
            List<(string Topic, byte[] Payload)> asked = [];
            lock (_gate)
            {
                foreach (var ((rig, channel), coverage) in _isAlone ? _coverage : [])
                {
                    if (coverage.Requests(Now) is { Count: > 0 } lacking)
                        asked.Add((Topics.Of(rig, channel, "resend"), MessageRange.Ranges(coverage.Epoch, lacking)));
                }
            }

            foreach (var (topic, payload) in asked)
                await Say(_connection, topic, payload, cancellation);
        }
    }

    /// <summary>An answer that is lost is asked for again by the host, so it is tried once.</summary>
    private static async Task Say(BrokerConnection connection, string topic, byte[] payload, CancellationToken cancellation)
    {
        try
        {
            await connection.Publish(topic, payload, retain: false, [], cancellation);
        }
        catch (Exception lost) when (lost is MqttCommunicationException or TelemetryException)
        {
            // The connection says so itself.
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Lost in mid-message.
        }
    }

    private ChannelCoverage Of(string rig, string channel)
    {
        const int channelsMax = 100_000;
        if (!_coverage.TryGetValue((rig, channel), out var coverage))
        {
            if (_coverage.Count >= channelsMax)
                _coverage.Clear(); // Garbage under ever new names; what is forgotten is sent again.
            _coverage[(rig, channel)] = coverage = new();
        }

        return coverage;
    }
}
