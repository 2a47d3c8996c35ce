using System.Diagnostics;
using CycleRig.Core.Evidence;
using CycleRig.Core.Telemetry;
using CycleRig.Storage.Journals;
using CycleRig.Telemetry;
using CycleRig.Telemetry.Databases;
using CycleRig.Telemetry.Historians;
using CycleRig.Telemetry.Publishing;
using CycleRig.Testing.Services;

namespace CycleRig.Benchmarks.Telemetry;

/// <summary>A journal of ten million rows that nobody has read yet: how long it takes to open, and how fast it drains.</summary>
internal static class BacklogBenchmark
{
    private const int Rows = 10_000_000;
    private const int Flush = 20_000;
    private const int Channels = 8;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(20);
    private static readonly Guid[] Runs = [.. Enumerable.Range(0, Channels).Select(_ => Guid.CreateVersion7())];
    private static readonly DateTimeOffset Begin = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Seconds to open it, and rows a second into the database.</summary>
    public static async Task<(double OpenSeconds, double RowsPerSecond)> MeasureAsync(string folder, int port, InfluxDb influx)
    {
        using (var filled = Journal.Open(folder))
        {
            for (var n = 1; n <= Rows; n++)
            {
                filled.Append(JournalRecord.Samples($"ch-{(n % Channels) + 1}", Runs[n % Channels], Begin.AddSeconds(n * 0.0125), [new Sample(n * 0.0125, -1.57e-5, -0.1234, 30, 5, n * 1e-7)]));
                if (n % Flush == 0)
                    filled.Flush();
            }
        }

        var began = Stopwatch.GetTimestamp();
        using var journal = Journal.Open(folder);
        var open = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var broker = new BrokerSettings("127.0.0.1", port, false, "host-backlog", null, null, null, null);
        var troubles = new TroubleBoard(Console.Error.WriteLine);
        using var writer = new InfluxWriter(new(influx.Address, true, InfluxDb.Database, null, null, null), troubles);
        await using var historian = Historian.Start(broker with { User = "historian" }, null, writer, new(Path.Combine(folder, "dead"), TimeProvider.System), troubles);
        await using var publisher = JournalPublisher.Start("backlog", journal, broker, true, new(), troubles);
        began = Stopwatch.GetTimestamp();
        await Task.Delay(Watched, TimeProvider.System);
        return (open, historian.PointsWritten / Stopwatch.GetElapsedTime(began).TotalSeconds);
    }
}
