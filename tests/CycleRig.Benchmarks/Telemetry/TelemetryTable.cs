using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using CycleRig.Core.Evidence;
using CycleRig.Core.Telemetry;
using CycleRig.Storage.Journals;
using CycleRig.Telemetry;
using CycleRig.Telemetry.Databases;
using CycleRig.Telemetry.Historians;
using CycleRig.Telemetry.Lines;
using CycleRig.Telemetry.Publishing;
using CycleRig.Testing;
using CycleRig.Testing.Services;

namespace CycleRig.Benchmarks.Telemetry;

/// <summary>What telemetry must reach, measured in one run with real services: journal, line protocol, the whole way to the database, a backlog.</summary>
internal static class TelemetryTable
{
    private const int Batch = 1000;
    private const int Channels = 8;
    private static readonly Guid[] Runs = [.. Enumerable.Range(0, Channels).Select(_ => Guid.CreateVersion7())];
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static double Seconds(long since) => TimeProvider.System.GetElapsedTime(since).TotalSeconds;

    public static async Task<bool> PrintAsync(TextWriter output)
    {
        using var folder = new TemporaryFolder();
        var met = true;
        void Row(string what, double must, double measured, string unit, bool atMost = false)
        {
            var good = atMost ? measured <= must : measured >= must;
            met &= good;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {(atMost ? "<=" : ">=")} {must:G6} {unit} | {measured:G4} {unit} | {(good ? "met" : "MISSED")} |"));
        }

        output.WriteLine("| what | must | measured | |\n|---|---|---|---|");
        Row("journal appends, durable, batches of 1,000 samples", 60_000, Appends(folder), "samples/s");
        Row("append to durable, one batch of 8 channels, 99 %", 20, Latency(folder), "ms", atMost: true);
        Row("line protocol, 5 doubles a point, one core", 1e6, LinePoints(), "points/s");
        using var mosquitto = Mosquitto.Open(folder.Path);
        using var influx = new InfluxDb(folder.Path);
        await mosquitto.StartAsync();
        await influx.StartAsync();
        var bare = await Bare(influx);
        var way = await Way(folder, mosquitto.Port, influx);
        Row("journal -> mosquitto -> historian -> influxdb, sustained, nothing lost", 50_000, way, "points/s");
        Row($"share of what a bare HTTP loop writes there ({bare:F0} points/s)", 25, 100 * way / bare, "%");
        var (well, stalled) = await StallBenchmark.MeasureAsync(Path.Combine(folder.Path, "stall"), mosquitto, influx);
        Row($"guard's loop, 99 % late while broker, database and disk stall ({well:F2} ms without)", well * 1.1, stalled, "ms", atMost: true);
        var (open, drained) = await BacklogBenchmark.MeasureAsync(Path.Combine(folder.Path, "backlog"), mosquitto.Port, influx);
        Row("start with a backlog of 10 M rows", 10, open, "s", atMost: true);
        Row("its drain, against 8 channels at 10 rows/s", 5 * Channels * 10, drained, "rows/s");
        return met;
    }

    private static Sample At(long n) => new(n * 0.1, -1.57e-5 + (n % 97 * 1.234567e-10), -0.123456789 - (n % 89 * 1.1e-7), 30.001 + (n % 13 * 0.0013), 5.0003 + (n % 7 * 0.0007), n * -1.57e-6);

    private static double Appends(TemporaryFolder folder)
    {
        using var journal = Journal.Open(Path.Combine(folder.Path, "appends"));
        var batch = Enumerable.Range(0, Batch).Select(n => At(n)).ToArray();
        var began = Stopwatch.GetTimestamp();
        var count = 0L;
        while (Seconds(began) < 5)
        {
            journal.Append(JournalRecord.Samples("ch-1", Runs[0], Begin, batch));
            journal.Flush();
            count += Batch;
        }

        return count / Seconds(began);
    }

    private static double Latency(TemporaryFolder folder)
    {
        using var journal = Journal.Open(Path.Combine(folder.Path, "latency"));
        var batch = Enumerable.Range(0, 10).Select(n => At(n)).ToArray();
        var took = new List<double>();
        for (var i = 0; i < 1000; i++)
        {
            var began = Stopwatch.GetTimestamp();
            for (var channel = 0; channel < Channels; channel++)
                journal.Append(JournalRecord.Samples($"ch-{channel + 1}", Runs[channel], Begin, batch));
            journal.Flush();
            took.Add(Seconds(began) * 1000);
        }

        took.Sort();
        return took[(int)(took.Count * 0.99)];
    }

    private static double LinePoints()
    {
        var lines = new LineBuffer();
        var head = LineHead.Of("sample", ("rig", "demo"), ("channel", "ch-1"), ("run", Runs[0].ToString()));
        var samples = Enumerable.Range(0, Batch).Select(n => At(n)).ToArray();
        var began = Stopwatch.GetTimestamp();
        var count = 0L;
        while (Seconds(began) < 3)
        {
            lines.Clear();
            foreach (ref readonly var sample in samples.AsSpan())
            {
                lines.Begin(head);
                lines.Field("current_A"u8, sample.CurrentAmperes);
                lines.Field("voltage_V"u8, sample.Volts);
                lines.Field("temperature_C"u8, sample.TemperatureCelsius);
                lines.Field("pressure_MPa"u8, sample.PressureMegapascals);
                lines.Field("charge_C"u8, sample.ChargeCoulombs);
                lines.End(1_767_225_600_000_000_000 + count++);
            }
        }

        return count / Seconds(began);
    }

    /// <summary>The same lines by a loop that does nothing but send them: 2 senders, gzip, bodies of 2 MiB.</summary>
    private static async Task<double> Bare(InfluxDb influx)
    {
        var bodies = new List<(byte[] Body, int Points)>();
        for (var body = 0; body < 40; body++)
        {
            var lines = new LineBuffer();
            var points = 0;
            for (var row = 0; row < 8; row++)
                points += new RowLines("bare").Write(Row((body * 8) + row + 1, row, 0), lines);
            using var buffer = new MemoryStream();
            using (var zip = new GZipStream(buffer, CompressionLevel.Fastest))
                zip.Write(lines.Written.Span);
            bodies.Add((buffer.ToArray(), points));
        }

        using var http = new HttpClient();
        var began = Stopwatch.GetTimestamp();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var at && at < bodies.Count)
            {
                using var content = new ByteArrayContent(bodies[at].Body);
                content.Headers.ContentEncoding.Add("gzip");
                using var answer = await http.PostAsync(new Uri($"{influx.Address}write?db={InfluxDb.Database}&precision=ns"), content);
                answer.EnsureSuccessStatusCode();
            }
        })));
        return bodies.Sum(body => body.Points) / Seconds(began);
    }

    private static JournalRow Row(long seq, int channel, int run) => new(seq, 1, Record(seq, channel, run));

    private static JournalRecord Record(long seq, int channel, int run)
    {
        var samples = Enumerable.Range(0, Batch).Select(n => At((seq * Batch) + n)).ToArray();
        return JournalRecord.Samples($"ch-{channel + 1}", Runs[channel], Begin.AddDays(run).AddSeconds(samples[^1].TimeSeconds), samples);
    }

    /// <summary>The journal is written as fast as it goes out, for 20 s; the time runs until the database has the last point.</summary>
    private static async Task<double> Way(TemporaryFolder folder, int port, InfluxDb influx)
    {
        var broker = new BrokerSettings("127.0.0.1", port, false, "host-bench", null, null, null, null);
        var troubles = new TroubleBoard(Console.Error.WriteLine);
        using var journal = Journal.Open(Path.Combine(folder.Path, "way"));
        using var writer = new InfluxWriter(new(influx.Address, true, InfluxDb.Database, null, null, null), troubles);
        await using var historian = Historian.Start(broker with { User = "historian" }, null, writer, new(Path.Combine(folder.Path, "dead"), TimeProvider.System), troubles);
        await using var publisher = JournalPublisher.Start("bench", journal, broker, true, new(), troubles);
        var began = Stopwatch.GetTimestamp();
        var rows = 0L;
        while (Seconds(began) < 20)
        {
            for (var channel = 0; channel < Channels; channel++)
                journal.Append(Record(++rows, channel, 1));
            journal.Flush();
            // As much as goes out: what is not in the database yet is less than half a second of it.
            while (rows * Batch - historian.PointsWritten > 200_000 && Seconds(began) < 60)
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        while (!publisher.IsDone && Seconds(began) < 90)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        var rate = rows * Batch / Seconds(began);
        var stored = (await influx.Rows("SELECT count(seq) FROM sample WHERE rig = 'bench'"))[0]["count"]!.GetValue<long>();
        return stored == rows * Batch && publisher.IsDone ? rate : throw new InvalidOperationException($"{stored} of {rows * Batch} points arrived; done: {publisher.IsDone}");
    }
}
