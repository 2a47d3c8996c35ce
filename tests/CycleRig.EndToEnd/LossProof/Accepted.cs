using System.Text;
using System.Text.Json.Nodes;
using CycleRig.Storage.Journals;
using CycleRig.Testing.Services;
using Xunit;

namespace CycleRig.EndToEnd.LossProof;

/// <summary>What a journal has accepted, held against a database: every point once, in order, to the bit; and every gap with its record.</summary>
internal static class Accepted
{
    /// <summary>A session sends a sample a second at least; what is further apart was lost or never read.</summary>
    private const double GapSecondsMax = 2.5;

    private static readonly string[] Numbers = ["current_A", "voltage_V", "temperature_C", "pressure_MPa", "charge_C", "time_s"];
    private static readonly string[] PointNumbers = ["frequency", "zre", "zim", "current_A", "temperature_C", "pressure_MPa", "time_s"];

    /// <summary>Number of points of each measurement that the rows make.</summary>
    public static async Task<bool> AllArrivedAsync(string data, InfluxDb influx)
    {
        var rows = Rows(data);
        var expected = new Dictionary<string, long>
        {
            ["sample"] = rows.Where(row => row.Record.Kind == RecordKind.Sample).Sum(row => row.Record.DecodeSamples().Length),
            ["spectrum"] = rows.Where(row => row.Record.Kind == RecordKind.Spectrum).Sum(row => row.Record.DecodeSpectrum().Points.Length),
            ["fit"] = rows.Count(row => row.Record.Kind == RecordKind.Fit),
            ["event"] = rows.Count(row => row.Record.Kind.IsEvent()),
        };
        foreach (var (measurement, count) in expected)
        {
            if (await influx.Count(measurement) < count)
                return false;
        }

        return true;
    }

    /// <summary>Asserts it; returns the number of points.</summary>
    public static async Task<int> AssertSameAsync(string data, InfluxDb influx)
    {
        var rows = Rows(data);
        Assert.Equal(rows.Count, rows.Select(row => (row.Epoch, row.Seq)).Distinct().Count());
        var counts = new List<int>();
        foreach (var channel in rows.GroupBy(row => row.Record.Channel))
        {
            var samples = channel.Where(row => row.Record.Kind == RecordKind.Sample).SelectMany(row => row.Record.DecodeSamples()
                .Select(s => Key(row, s.CurrentAmperes, s.Volts, s.TemperatureCelsius, s.PressureMegapascals, s.ChargeCoulombs, s.TimeSeconds)));
            var points = channel.Where(row => row.Record.Kind == RecordKind.Spectrum).SelectMany(row => row.Record.DecodeSpectrum().Points
                .Select(p => Key(row, p.FrequencyHz, p.RealOhms, p.ImaginaryOhms, p.CurrentAmperes, p.TemperatureCelsius, p.PressureMegapascals, p.TimeSeconds)));
            counts.Add(Same(samples, await Stored(influx, "sample", channel.Key, row => Numbers.Select(name => row[name])), $"samples of {channel.Key}"));
            counts.Add(Same(points, await Stored(influx, "spectrum", channel.Key, row => PointNumbers.Select(name => row[name])), $"points of {channel.Key}"));
            counts.Add(Same(Bodies(channel.Where(row => row.Record.Kind == RecordKind.Fit)), await Stored(influx, "fit", channel.Key, row => [row["body"]]), $"fits of {channel.Key}"));
            counts.Add(Same(Bodies(channel.Where(row => row.Record.Kind.IsEvent())), await Stored(influx, "event", channel.Key, row => [row["body"]]), $"events of {channel.Key}"));
            AssertGapsAreRecorded(channel.Key, rows);
        }

        return counts.Sum();
    }

    private static List<JournalRow> Rows(string data)
    {
        using var reader = JournalReader.Open(data);
        return [.. reader.ReadFrom(0, int.MaxValue)];
    }

    private static IEnumerable<string> Bodies(IEnumerable<JournalRow> rows) => rows.Select(row => $"{row.Epoch} {row.Seq} {Encoding.UTF8.GetString(row.Record.Payload.Span)}");

    private static string Key(JournalRow row, params double[] values) =>
        $"{row.Epoch} {row.Seq} {string.Join(' ', values.Select(value => double.IsFinite(value) ? BitConverter.DoubleToInt64Bits(value).ToString("x16", null) : "-"))}";

    /// <summary>What the database has, in the order of its time stamps, so that order is compared too.</summary>
    private static async Task<List<string>> Stored(InfluxDb influx, string measurement, string channel, Func<Dictionary<string, JsonNode?>, IEnumerable<JsonNode?>> values)
    {
        var rows = await influx.Rows($"SELECT * FROM {measurement} WHERE channel = '{channel}' ORDER BY time");
        return [.. rows.Select(row => $"{row["epoch"]} {row["seq"]} {string.Join(' ', values(row).Select(Text))}")];
    }

    private static string Text(JsonNode? value) => value is null ? "-"
        : value.GetValueKind() == System.Text.Json.JsonValueKind.String ? value.GetValue<string>()
        : BitConverter.DoubleToInt64Bits(value.GetValue<double>()).ToString("x16", null);

    private static int Same(IEnumerable<string> accepted, List<string> stored, string what)
    {
        List<string> expected = [.. accepted];
        var at = Enumerable.Range(0, Math.Min(expected.Count, stored.Count)).FirstOrDefault(i => expected[i] != stored[i], -1);
        Assert.True(
            at < 0 && expected.Count == stored.Count,
            $"{what}: {expected.Count} accepted, {stored.Count} stored; first difference at {at}: {(at < 0 ? "" : $"{expected[at]} | {stored[at]}")}");
        return stored.Count;
    }

    /// <summary>A gap record stands in the order of the journal; one of a full disk or buffer names all channels that it cost something.</summary>
    private static void AssertGapsAreRecorded(string channel, List<JournalRow> rows)
    {
        var last = new Dictionary<Guid, double>();
        var gaps = 0;
        foreach (var row in rows)
        {
            if (row.Record.Kind == RecordKind.Gap && (row.Record.Channel == channel || row.Record.DecodeJson()["channels"]?[channel] is not null))
                gaps++;
            if (row.Record is not { Kind: RecordKind.Sample, Run: { } run } || row.Record.Channel != channel)
                continue;
            foreach (var sample in row.Record.DecodeSamples())
            {
                var from = last.GetValueOrDefault(run, sample.TimeSeconds);
                Assert.True(sample.TimeSeconds >= from, $"{channel}: {sample.TimeSeconds} s after {from} s");
                Assert.True(sample.TimeSeconds - from < GapSecondsMax || gaps > 0, $"{channel}: nothing between {from} and {sample.TimeSeconds} s, and no gap record before row {row.Seq}");
                (last[run], gaps) = (sample.TimeSeconds, 0);
            }
        }
    }
}
