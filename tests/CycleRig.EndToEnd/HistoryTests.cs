using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;
using CycleRig.Storage.History;
using CycleRig.Storage.Journals;
using CycleRig.Telemetry;
using CycleRig.Telemetry.Databases;
using CycleRig.Telemetry.Lines;
using CycleRig.Testing;
using CycleRig.Testing.Services;
using Xunit;

namespace CycleRig.EndToEnd;

/// <summary>The journal and a real influxd give the same answers, to the bit.</summary>
public sealed class HistoryTests
{
    private static readonly DateTimeOffset Utc = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly (double From, double To)[] Ranges = [(double.NegativeInfinity, double.PositiveInfinity), (12.34, 512.5), (700.1, 700.2), (1e6, 2e6)];
    private static readonly Guid[] Runs = [.. Enumerable.Range(1, 3).Select(n => new Guid($"019b76da-a800-77bd-bf8e-00000000000{n}"))];

    [Fact]
    public async Task Journal_and_database_give_the_same_answers_to_the_bit()
    {
        Assert.SkipWhen(ServiceProcess.Find("influxd") is null, "influxdb is not installed");
        using var folder = new TemporaryFolder();
        using var influx = new InfluxDb(folder.Path);
        await influx.StartAsync();
        using var journal = Journal.Open(Path.Combine(folder.Path, "data"));
        Fill(journal);
        var lines = new LineBuffer();
        var rows = new RowLines("bench");
        foreach (var row in journal.ReadFrom(0, int.MaxValue))
            rows.Write(row, lines);
        var database = new Core.Telemetry.DatabaseSettings(influx.Address, true, InfluxDb.Database, null, null, null);
        using var writer = new InfluxWriter(database, new TroubleBoard(trouble => Assert.Fail(trouble.ToString())));
        Assert.Null((await writer.Write(lines.Written, TestContext.Current.CancellationToken)).Refusal);
        var near = new JournalHistory(journal.Reader);
        using var far = new InfluxHistory(database);
        var cancellation = TestContext.Current.CancellationToken;
        var runs = await near.Runs(cancellation);
        Assert.Equal([("ch-1", "completed"), ("ch-2", "dendrite_onset"), ("ch-1", null)], runs.Select(run => (run.Channel, run.EndReason)));
        Assert.Equal(runs, await far.Runs(cancellation));
        foreach (var run in Runs.Append(Guid.NewGuid()))
        {
            foreach (var (from, to) in Ranges)
                Assert.Equal(await Text(near.Samples(run, from, to, cancellation)), await Text(far.Samples(run, from, to, cancellation)));
            Assert.Equal(await Text(near.Spectra(run, cancellation)), await Text(far.Spectra(run, cancellation)));
            Assert.Equal(await Text(near.Fits(run, cancellation)), await Text(far.Fits(run, cancellation)));
            Assert.Equal(await Text(near.Events(run, cancellation)), await Text(far.Events(run, cancellation)));
        }

        Assert.Equal(12_000, (await Text(near.Samples(Runs[0], double.NegativeInfinity, double.PositiveInfinity, cancellation))).Count); // More than a page of either.
    }

    private static void Fill(Journal journal)
    {
        for (var r = 0; r < Runs.Length; r++)
        {
            var (channel, start) = (r == 1 ? "ch-2" : "ch-1", Utc.AddDays(r));
            journal.Append(JournalRecord.RunStarted(channel, Runs[r], 0.25, start, $"cell-{r + 1}"));
            for (var n = 0; n < (r == 0 ? 12_000 : 300); n += 20)
            {
                var samples = Enumerable.Range(n, 20).Select(i => new Sample(
                    1 + (i * 0.1), -1.57e-5 / (i + 1), i % 7 == 0 ? double.NaN : -0.1 * Math.Sqrt(i), 30 + (i * 1e-13), i % 2 == 0 ? -0.0 : double.Epsilon, i * -1e-7)).ToArray();
                journal.Append(JournalRecord.Samples(channel, Runs[r], start.AddSeconds(samples[^1].TimeSeconds), samples));
            }

            for (var sweep = 0; sweep < 3; sweep++)
            {
                ImmutableArray<SpectrumPoint> points = [.. Enumerable.Range(0, 70).Select(i => new SpectrumPoint(
                    7e6 / Math.Pow(1.2, i), 2460 / (i + 1.0), -1600.125 * i, 2000 + (sweep * 100) + (i * 0.3), -1e-5, i == 5 ? double.NaN : 30, 5))];
                var spectrum = new Spectrum(sweep, 1999.5 + (sweep * 100), points);
                journal.Append(JournalRecord.OfSpectrum(channel, Runs[r], start.AddSeconds(spectrum.EndSeconds), spectrum));
                journal.Append(JournalRecord.Json(RecordKind.Fit, channel, Runs[r], spectrum.EndSeconds, start.AddSeconds(spectrum.EndSeconds), new JsonObject
                {
                    ["level"] = "healthy", ["valid"] = true, ["r_bulk_ohm"] = 2460.25, ["text"] = "quotes \" and \\ and\nlines, Ω µ",
                }));
            }

            journal.Append(JournalRecord.Json(RecordKind.Gap, channel, Runs[r], 2500, start.AddSeconds(2500), new JsonObject { ["cause"] = "not_received", ["from_s"] = 1, ["to_s"] = 2 }));
            journal.Append(JournalRecord.Json(RecordKind.Decision, channel, Runs[r], 2600, start.AddSeconds(2600), new JsonObject { ["state"] = "halted", ["event"] = new JsonObject { ["type"] = "cause_found" } }));
            if (r < 2)
                journal.Append(JournalRecord.RunEnded(channel, Runs[r], 2700.125, start.AddSeconds(2700.125), r == 0 ? "completed" : "dendrite_onset"));
        }

        journal.Flush();
    }

    /// <summary>Each record as text that tells every bit of its numbers.</summary>
    private static async Task<List<string>> Text<T>(IAsyncEnumerable<T> records)
    {
        var texts = new List<string>();
        await foreach (var record in records)
            texts.Add(record is Spectrum spectrum ? $"{spectrum.Index} {spectrum.StartSeconds:R} {string.Join(';', spectrum.Points.Select(point => point.ToString()))}" : record!.ToString()!);
        return texts;
    }
}
