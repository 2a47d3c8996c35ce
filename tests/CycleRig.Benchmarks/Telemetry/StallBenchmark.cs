using CycleRig.Core.Evidence;
using CycleRig.Core.Telemetry;
using CycleRig.Devices.Time;
using CycleRig.Storage.Journals;
using CycleRig.Telemetry;
using CycleRig.Telemetry.Databases;
using CycleRig.Telemetry.Historians;
using CycleRig.Telemetry.Publishing;
using CycleRig.Testing.Services;
using Microsoft.Data.Sqlite;

namespace CycleRig.Benchmarks.Telemetry;

/// <summary>
/// How late the loop that runs guards is, in the process that also publishes (a device host of its own has none of this in it): with
/// everything well, and with broker, database and disk standing still.
/// </summary>
internal static class StallBenchmark
{
    private const double PeriodMilliseconds = 10;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(15);

    /// <summary>Lateness at 99 %, ms: without and with the stalls.</summary>
    public static async Task<(double Well, double Stalled)> MeasureAsync(string folder, ServiceProcess mosquitto, InfluxDb influx)
    {
        using var time = new RealRigTime(TimeProvider.System, fault => Console.Error.WriteLine(fault));
        var late = new List<double>();
        void Again()
        {
            var due = time.Now.TotalMilliseconds + PeriodMilliseconds;
            time.After(TimeSpan.FromMilliseconds(PeriodMilliseconds), () =>
            {
                late.Add(time.Now.TotalMilliseconds - due);
                Again();
            });
        }

        time.Post(Again);
        var broker = new BrokerSettings("127.0.0.1", mosquitto.Port, false, "host-stall", null, null, null, null);
        var troubles = new TroubleBoard(_ => { });
        using var journal = Journal.Open(folder);
        using var writer = new InfluxWriter(new(influx.Address, true, InfluxDb.Database, null, null, null), troubles);
        await using var historian = Historian.Start(broker with { User = "historian" }, null, writer, new(Path.Combine(folder, "dead"), TimeProvider.System), troubles);
        await using var publisher = JournalPublisher.Start("stall", journal, broker, true, new(), troubles);
        using var stop = new CancellationTokenSource();
        var work = Task.Run(() => Write(journal, stop.Token));
        var well = await Percentile(time, late);
        using (var lockOut = new SqliteConnection($"Data Source={Directory.GetFiles(folder, "journal-*.sqlite")[^1]};Pooling=False"))
        {
            lockOut.Open();
            using var hold = lockOut.CreateCommand();
            hold.CommandText = "BEGIN IMMEDIATE";
            hold.ExecuteNonQuery();
            mosquitto.Signal("STOP");
            influx.Signal("STOP");
            var stalled = await Percentile(time, late);
            mosquitto.Signal("CONT");
            influx.Signal("CONT");
            await stop.CancelAsync();
            lockOut.Close();
            await work;
            return (well, stalled);
        }
    }

    /// <summary>Eight channels at ten samples a second.</summary>
    private static async Task Write(Journal journal, CancellationToken stop)
    {
        var run = Guid.CreateVersion7();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var n = 1; !stop.IsCancellationRequested; n++)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            for (var channel = 1; channel <= 8; channel++)
                journal.Append(JournalRecord.Samples($"ch-{channel}", run, DateTimeOffset.UnixEpoch.AddDays(20_000).AddSeconds(n * 0.1), [new Sample(n * 0.1, -1.57e-5, -0.1, 30, 5, 0)]));
            try
            {
                journal.Flush();
            }
            catch (JournalWriteException)
            {
                // The disk stands still: what is wanted.
            }
        }
    }

    private static async Task<double> Percentile(RigTime time, List<double> late)
    {
        time.Post(late.Clear);
        await Task.Delay(Watched, TimeProvider.System);
        var seen = new TaskCompletionSource<double[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        time.Post(() => seen.SetResult([.. late.Order()]));
        var sorted = await seen.Task;
        return sorted[(int)(sorted.Length * 0.99)];
    }
}
