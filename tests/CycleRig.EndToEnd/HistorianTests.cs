using CycleRig.Core.Evidence;
using CycleRig.Core.Telemetry;
using CycleRig.Storage.Journals;
using CycleRig.Telemetry;
using CycleRig.Telemetry.Databases;
using CycleRig.Telemetry.Historians;
using CycleRig.Telemetry.Publishing;
using CycleRig.Testing;
using CycleRig.Testing.Services;
using Xunit;

namespace CycleRig.EndToEnd;

/// <summary>Historians between a real mosquitto and a real influxd.</summary>
public sealed class HistorianTests : IAsyncLifetime
{
    private const int Samples = 20_000;
    private static readonly Guid Run = new("019b76da-a800-77bd-bf8e-e610398f9334");
    private static readonly DateTimeOffset Utc = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly TroubleBoard _troubles = new(_ => { });
    private ServiceProcess _mosquitto = null!;
    private InfluxDb _influx = null!;
    private Journal _journal = null!;

    private BrokerSettings Broker => new("127.0.0.1", _mosquitto.Port, false, "host-bench", null, null, null, null);

    private string Dead => Path.Combine(_folder.Path, "dead.jsonl");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(ServiceProcess.Find("mosquitto") is null || ServiceProcess.Find("influxd") is null, "mosquitto or influxdb is not installed");
        _mosquitto = Mosquitto.Open(_folder.Path);
        _influx = new(_folder.Path);
        await _mosquitto.StartAsync();
        await _influx.StartAsync();
        _journal = Journal.Open(Path.Combine(_folder.Path, "data"));
    }

    public ValueTask DisposeAsync()
    {
        _journal?.Dispose();
        _mosquitto?.Dispose();
        _influx?.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Two_of_a_group_share_the_rows_and_write_none_twice()
    {
        using var writer = Writer();
        await using var first = Historian.Start(Broker with { User = "historian" }, "lab", writer, new(Dead, TimeProvider.System), _troubles);
        await using var second = Historian.Start(Broker with { User = "historian" }, "lab", writer, new(Dead, TimeProvider.System), _troubles);
        await LiveRig.Until(() => Task.FromResult(first.IsReady && second.IsReady), "both historians to hear");
        await using var publisher = Publish();
        Fill(0);
        await LiveRig.Until(() => Task.FromResult(publisher.IsDone), "everything to be durable", Said);
        Assert.Equal(Samples, await _influx.Count("sample"));
        Assert.Equal(Samples, first.PointsWritten + second.PointsWritten);
        Assert.True(first.PointsWritten > 0 && second.PointsWritten > 0, "one of them did nothing");
    }

    [Fact]
    public async Task What_one_of_a_group_takes_to_its_grave_is_written_by_the_other()
    {
        var hangs = new HangingWriter();
        using var writer = Writer();
        var first = Historian.Start(Broker with { User = "historian" }, "lab", hangs, new(Dead, TimeProvider.System), _troubles);
        await using var second = Historian.Start(Broker with { User = "historian" }, "lab", writer, new(Dead, TimeProvider.System), _troubles);
        await LiveRig.Until(() => Task.FromResult(first.IsReady && second.IsReady), "both historians to hear");
        await using var publisher = Publish();
        Fill(0);
        await LiveRig.Until(() => Task.FromResult(hangs.HasTaken), "the first to take something", Said);
        await first.DisposeAsync();
        await LiveRig.Until(() => Task.FromResult(publisher.IsDone), "everything to be durable", Said);
        Assert.Equal(Samples, await _influx.Count("sample"));
    }

    /// <summary>A field that the database knows as another type: it refuses those points, whatever is done.</summary>
    [Fact]
    public async Task A_refused_point_goes_to_the_dead_letters_with_the_reason_and_blocks_nothing()
    {
        using (var http = new HttpClient())
        {
            using var body = new StringContent("sample,rig=bench,channel=odd charge_C=\"text\" 1767225600000000000");
            (await http.PostAsync(new Uri($"{_influx.Address}write?db={InfluxDb.Database}"), body, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        }

        using var writer = Writer();
        await using var historian = Historian.Start(Broker with { User = "historian" }, null, writer, new(Dead, TimeProvider.System), _troubles);
        await using var publisher = Publish();
        for (var n = 1; n <= 200; n++)
            _journal.Append(JournalRecord.Samples("ch-1", Run, Utc.AddSeconds(n), [new(n, -1e-5, -0.1, 30, 5, n % 50 == 0 ? 1e-5 : double.NaN)]));
        _journal.Flush();
        await LiveRig.Until(() => Task.FromResult(publisher.IsDone), "everything to be handled", Said);
        Assert.Equal(196, await _influx.Count("sample"));
        var letters = await File.ReadAllLinesAsync(Dead, TestContext.Current.CancellationToken);
        Assert.Equal(4, letters.Length);
        Assert.All(letters, letter => Assert.Contains("field type conflict", letter, StringComparison.Ordinal));
        Assert.Contains(_troubles.Open, trouble => trouble.Kind == "dead letters");
    }

    [Fact]
    public async Task A_backlog_waits_for_the_historian_and_what_comes_now_goes_first()
    {
        Fill(0);
        await using var publisher = Publish();
        using var writer = Writer();
        await using var historian = Historian.Start(Broker with { User = "historian" }, null, writer, new(Dead, TimeProvider.System), _troubles);
        await LiveRig.Until(async () => await _influx.Count("sample") > 0, "the first of the backlog", Said);
        Fill(Samples);
        await LiveRig.Until(() => Task.FromResult(publisher.IsDone), "everything to be durable", Said);
        Assert.Equal(2 * Samples, await _influx.Count("sample"));
        await LiveRig.Until(() => Task.FromResult(_journal.GetCursor(JournalPublisher.Reader, CursorKind.Durable) == _journal.DurableSeq), "the cursor on the disk", Said);
    }

    private string Said() => string.Join("; ", _troubles.Open);

    private InfluxWriter Writer() => new(new(_influx.Address, true, InfluxDb.Database, null, null, null), _troubles);

    private JournalPublisher Publish() => JournalPublisher.Start("bench", _journal, Broker, true, new(), _troubles);

    private void Fill(int from)
    {
        for (var n = from + 1; n <= from + Samples; n += 5)
        {
            var samples = Enumerable.Range(n, 5).Select(i => new Sample(i, -1e-5, -0.1, 30, 5, i * 1e-6)).ToArray();
            _journal.Append(JournalRecord.Samples($"ch-{(n % 3) + 1}", Run, Utc.AddSeconds(samples[^1].TimeSeconds), samples));
        }

        _journal.Flush();
    }

    /// <summary>A database that takes what it is given and never answers.</summary>
    private sealed class HangingWriter : IPointWriter
    {
        private volatile bool _hasTaken;

        public bool HasTaken => _hasTaken;

        public async Task<WriteAnswer> Write(ReadOnlyMemory<byte> lines, CancellationToken cancellation)
        {
            _hasTaken = true;
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            return WriteAnswer.Written;
        }
    }
}
