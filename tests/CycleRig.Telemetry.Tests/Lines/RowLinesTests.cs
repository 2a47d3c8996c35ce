using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using CycleRig.Core.Evidence;
using CycleRig.Storage.Journals;
using CycleRig.Telemetry.Lines;
using Xunit;

namespace CycleRig.Telemetry.Tests.Lines;

/// <summary>Lines are read back here by a parser of their own, written from the grammar of line protocol.</summary>
public sealed class RowLinesTests
{
    private static readonly Guid Run = new("019b76da-a800-77bd-bf8e-e610398f9334");
    private static readonly DateTimeOffset Utc = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<double> Value = Gen.OneOf(
        Gen.Double, Gen.Double[-1, 1], Gen.Const(double.NaN), Gen.Const(double.PositiveInfinity), Gen.Const(double.NegativeInfinity),
        Gen.Const(-0.0), Gen.Const(double.Epsilon), Gen.Const(double.MaxValue));

    private static readonly Gen<string> Detail = Gen.OneOf(
        Gen.String, Gen.Char["\"\\,= \n\rΩµ²\u2028\ta"].Array[0, 12].Select(letters => new string(letters)));

    [Fact]
    public void Samples_read_back_to_the_bit_and_what_is_no_number_is_absent() =>
        Gen.Select(Value.Array[5].Array[1, 20], Gen.Double[1e-3, 10].Array[20], Gen.Double[0, 1e6]).Sample((values, gaps, start) =>
        {
            var time = start;
            var samples = values.Select((v, i) => new Sample(time += gaps[i], v[0], v[1], v[2], v[3], v[4])).ToArray();
            var lines = Parse(Written(Row(JournalRecord.Samples("ch-1", Run, Utc, samples))));
            Assert.Equal(samples.Length, lines.Count);
            for (var i = 0; i < samples.Length; i++)
            {
                Assert.Equal($"sample,rig=rig,channel=ch-1,run={Run}", lines[i].Head);
                Assert.Equal("42i", lines[i].Fields["seq"]);
                string[] names = ["current_A", "voltage_V", "temperature_C", "pressure_MPa", "charge_C"];
                for (var k = 0; k < names.Length; k++)
                    AssertSame(values[i][k], lines[i].Fields, names[k]);
                AssertSame(samples[i].TimeSeconds, lines[i].Fields, "time_s");
                Assert.Equal(Nanoseconds(Utc) - (long)Math.Round((time - samples[i].TimeSeconds) * 1e9), lines[i].Nanoseconds);
                Assert.True(i == 0 || lines[i].Nanoseconds > lines[i - 1].Nanoseconds);
            }
        });

    [Fact]
    public void Points_of_a_sweep_read_back_to_the_bit_and_what_is_no_number_is_absent() =>
        Gen.Select(Value.Array[3].Array[1, 40], Gen.Int[0, 500]).Sample((values, index) =>
        {
            ImmutableArray<SpectrumPoint> points = [.. values.Select((v, i) => new SpectrumPoint(v[0], v[1], v[2], 100 + (0.5 * i), -1e-5, 30, 5))];
            var lines = Parse(Written(Row(JournalRecord.OfSpectrum("ch-1", Run, Utc, new(index, 100, points)))));
            Assert.Equal(points.Length, lines.Count);
            for (var i = 0; i < points.Length; i++)
            {
                AssertSame(values[i][0], lines[i].Fields, "frequency");
                AssertSame(values[i][1], lines[i].Fields, "zre");
                AssertSame(values[i][2], lines[i].Fields, "zim");
                Assert.Equal(($"{i}i", $"{index}i"), (lines[i].Fields["index"], lines[i].Fields["sweep"]));
                Assert.Equal(Nanoseconds(Utc) - (500_000_000L * (points.Length - 1 - i)), lines[i].Nanoseconds);
            }
        });

    [Fact]
    public void A_line_without_any_number_still_carries_its_sequence_number()
    {
        var line = Assert.Single(Parse(Written(Row(JournalRecord.Samples("ch-1", Run, Utc, [new(1, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN)])))));
        Assert.Equal(["time_s", "epoch", "seq"], line.Fields.Keys);
        Assert.Equal(Nanoseconds(Utc), line.Nanoseconds);
    }

    [Fact]
    public void A_text_reads_back_on_one_line_whatever_stands_in_it() => Detail.Sample(detail =>
    {
        var json = new JsonObject { ["event"] = new JsonObject { ["type"] = "cause_found", ["cause"] = new JsonObject { ["detail"] = detail } }, ["state"] = "halted" };
        var record = JournalRecord.Json(RecordKind.Decision, "ch-1", Run, 5, Utc, json);
        var stored = record.DecodeJson()["event"]!["cause"]!["detail"]!.GetValue<string>(); // Lone surrogates do not survive UTF-8.
        var line = Assert.Single(Parse(Written(Row(record))));
        Assert.Equal(("cause_found", "halted"), (Unquoted(line.Fields["type"]), Unquoted(line.Fields["state"])));
        Assert.Equal(stored.ReplaceLineEndings(" "), Unquoted(line.Fields["detail"]));
        Assert.Equal(Encoding.UTF8.GetString(record.Payload.Span), Unquoted(line.Fields["body"])); // All of it, to the byte.
    });

    /// <summary>The database keeps one point of two that share measurement, tags and time.</summary>
    [Fact]
    public void Points_of_one_row_never_share_a_nanosecond() => Gen.Double[0, 1e-9].Array[2, 20].Sample(gaps =>
    {
        var time = 5.0;
        var samples = gaps.Select(gap => new Sample(time += gap, 1, 2, 3, 4, 5)).ToArray();
        var lines = Parse(Written(Row(JournalRecord.Samples("ch-1", Run, Utc, samples))));
        Assert.Equal(lines.Count, lines.Select(line => line.Nanoseconds).Distinct().Count());
    });

    /// <summary>A full disk's gap and the decision behind it have the same tick: found by LossProof, seed 658413.</summary>
    [Fact]
    public void A_gap_and_the_decision_at_its_end_are_two_points()
    {
        var gap = Assert.Single(Parse(Written(Row(JournalRecord.Json(RecordKind.Gap, "ch-1", Run, 5, Utc, new JsonObject { ["cause"] = "disk_full" })))));
        var decision = Assert.Single(Parse(Written(Row(JournalRecord.Json(RecordKind.Decision, "ch-1", Run, 5, Utc, new JsonObject { ["state"] = "halted" })))));
        Assert.Equal(gap.Head, decision.Head);
        Assert.True(gap.Nanoseconds < decision.Nanoseconds);
    }

    [Theory]
    [InlineData("""{"level":"healthy","valid":true,"r_bulk_ohm":2460.25,"r_int_ohm":16000}""", "healthy", "true", 2460.25, 16000)]
    [InlineData("""{"level":"watch","valid":false,"r_bulk_ohm":null,"r_int_ohm":null}""", "watch", "false", double.NaN, double.NaN)]
    [InlineData("""{"level":"watch","valid":true,"r_bulk_ohm":2460.25,"r_int_ohm":"NaN"}""", "watch", "true", 2460.25, double.NaN)]
    public void A_fit_says_what_it_knows(string json, string level, string valid, double bulk, double inner)
    {
        var line = Assert.Single(Parse(Written(Row(JournalRecord.Json(RecordKind.Fit, "ch-1", Run, 5, Utc, JsonNode.Parse(json))))));
        Assert.Equal((level, valid), (Unquoted(line.Fields["level"]), line.Fields["valid"]));
        AssertSame(bulk, line.Fields, "r_bulk_ohm");
        AssertSame(inner, line.Fields, "r_int_ohm");
    }

    private static void AssertSame(double expected, Dictionary<string, string> fields, string name)
    {
        if (!double.IsFinite(expected))
            Assert.DoesNotContain(name, fields.Keys);
        else
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(double.Parse(fields[name], CultureInfo.InvariantCulture)));
    }

    private static string Written(JournalRow row)
    {
        var lines = new LineBuffer();
        var points = new RowLines("rig").Write(row, lines);
        var text = Encoding.UTF8.GetString(lines.Written.Span);
        Assert.Equal(points, text.Count(letter => letter == '\n'));
        return text;
    }

    private static JournalRow Row(JournalRecord record) => new(42, 1, record);

    private static long Nanoseconds(DateTimeOffset utc) => (utc - DateTimeOffset.UnixEpoch).Ticks * 100;

    /// <summary>measurement,tags fields time: a quote opens a text, a backslash in it takes the next letter.</summary>
    private static List<(string Head, Dictionary<string, string> Fields, long Nanoseconds)> Parse(string lines)
    {
        Assert.EndsWith("\n", lines, StringComparison.Ordinal);
        return [.. lines[..^1].Split('\n').Select(line =>
        {
            var parts = Split(line, ' ');
            Assert.Equal(3, parts.Count);
            var fields = Split(parts[1], ',').Select(field => field.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
            return (parts[0], fields, long.Parse(parts[2], CultureInfo.InvariantCulture));
        })];
    }

    private static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var quoted = false;
        var from = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (quoted && text[i] == '\\')
                i++;
            else if (text[i] == '"')
                quoted = !quoted;
            else if (!quoted && text[i] == separator)
            {
                parts.Add(text[from..i]);
                from = i + 1;
            }
        }

        return [.. parts, text[from..]];
    }

    private static string Unquoted(string field)
    {
        Assert.True(field.Length >= 2 && field[0] == '"' && field[^1] == '"', field);
        var text = new StringBuilder();
        for (var i = 1; i < field.Length - 1; i++)
            text.Append(field[i] == '\\' ? field[++i] : field[i]);
        return text.ToString();
    }
}
