using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Storage.Journals;

namespace CycleRig.Telemetry.Lines;

/// <summary>Journal rows as line protocol: measurements sample, spectrum, fit, event; tags rig, channel, run; nanoseconds; docs/influxdb.md.</summary>
/// <param name="rig">Name of the rig.</param>
public sealed class RowLines(string rig)
{
    /// <summary>InfluxDB refuses texts above 64 KiB.</summary>
    private const int BodyBytesMax = 60_000;
    private const double NanosecondsPerSecond = 1e9;

    private readonly Dictionary<(string Channel, Guid? Run, string Measurement), byte[]> _heads = [];

    /// <summary>Writes the points of a row; none for a row that is no telemetry.</summary>
    /// <param name="row">The row.</param>
    /// <param name="lines">Where to.</param>
    /// <returns>Number of points.</returns>
    public int Write(JournalRow row, LineBuffer lines)
    {
        var head = Topic(row.Record.Kind) is { } topic ? Head(row, Measurement(topic)) : [];
        switch (row.Record.Kind)
        {
            case RecordKind.Sample:
                return Samples(row, head, lines);
            case RecordKind.Spectrum:
                return Spectrum(row, head, lines);
            case RecordKind.Fit:
                lines.Begin(head);
                Fit(row.Record.DecodeJson(), lines);
                End(row, lines);
                return 1;
            case var kind when kind.IsEvent():
                lines.Begin(head);
                Event(row, row.Record.DecodeJson(), lines);
                End(row, lines);
                return 1;
            default:
                return 0;
        }
    }

    /// <summary>Topic of a row's kind, or null for what stays in the journal.</summary>
    /// <param name="kind">The kind.</param>
    public static string? Topic(RecordKind kind) => kind switch
    {
        RecordKind.Sample => "samples",
        RecordKind.Spectrum => "spectra",
        RecordKind.Fit => "fits",
        RecordKind.Checkpoint or RecordKind.Configuration => null,
        _ => "events",
    };

    /// <summary>Measurement of a topic's points, or null for another topic.</summary>
    /// <param name="topic">Last part of the topic.</param>
    public static string? Measurement(string topic) => topic switch
    {
        "samples" => "sample",
        "spectra" => "spectrum",
        "fits" => "fit",
        "events" => "event",
        _ => null,
    };

    private byte[] Head(JournalRow row, string? measurement)
    {
        var key = (row.Record.Channel, row.Record.Run, measurement ?? "");
        if (!_heads.TryGetValue(key, out var head))
        {
            if (_heads.Count > 1000)
                _heads.Clear();
            _heads[key] = head = LineHead.Of(key.Item3, ("rig", rig), ("channel", row.Record.Channel), ("run", row.Record.Run?.ToString() ?? ""));
        }

        return head;
    }

    private static int Samples(JournalRow row, byte[] head, LineBuffer lines)
    {
        var clock = new PointClock(row);
        var samples = row.Record.DecodeSamples();
        foreach (ref readonly var sample in samples.AsSpan())
        {
            lines.Begin(head);
            lines.Field("current_A"u8, sample.CurrentAmperes);
            lines.Field("voltage_V"u8, sample.Volts);
            lines.Field("temperature_C"u8, sample.TemperatureCelsius);
            lines.Field("pressure_MPa"u8, sample.PressureMegapascals);
            lines.Field("charge_C"u8, sample.ChargeCoulombs);
            lines.Field("time_s"u8, sample.TimeSeconds);
            Identity(row, lines);
            lines.End(clock.Nanoseconds(sample.TimeSeconds));
        }

        return samples.Length;
    }

    private static int Spectrum(JournalRow row, byte[] head, LineBuffer lines)
    {
        var clock = new PointClock(row);
        var spectrum = row.Record.DecodeSpectrum();
        for (var i = 0; i < spectrum.Points.Length; i++)
        {
            var point = spectrum.Points[i];
            lines.Begin(head);
            lines.Field("frequency"u8, point.FrequencyHz);
            lines.Field("zre"u8, point.RealOhms);
            lines.Field("zim"u8, point.ImaginaryOhms);
            lines.Field("current_A"u8, point.CurrentAmperes);
            lines.Field("temperature_C"u8, point.TemperatureCelsius);
            lines.Field("pressure_MPa"u8, point.PressureMegapascals);
            lines.Field("time_s"u8, point.TimeSeconds);
            lines.Field("start_s"u8, spectrum.StartSeconds);
            lines.Field("index"u8, (long)i);
            lines.Field("sweep"u8, (long)spectrum.Index);
            Identity(row, lines);
            lines.End(clock.Nanoseconds(point.TimeSeconds));
        }

        return spectrum.Points.Length;
    }

    private static void Fit(JsonObject json, LineBuffer lines)
    {
        lines.Text("level"u8, json["level"]?.ToString() ?? "");
        lines.Field("valid"u8, json["valid"]?.GetValue<bool>() == true);
        lines.Field("r_bulk_ohm"u8, Number(json["r_bulk_ohm"]));
        lines.Field("r_int_ohm"u8, Number(json["r_int_ohm"]));
    }

    /// <summary>A decision, a start or end of a run, an operator's act on a device, a gap.</summary>
    private static void Event(JournalRow row, JsonObject json, LineBuffer lines)
    {
        var happened = json["event"] as JsonObject;
        var cause = happened?["cause"] as JsonObject;
        lines.Text("type"u8, Said(happened?["type"] ?? json["type"]) ?? row.Record.Kind.Name());
        lines.Text("kind"u8, row.Record.Kind.Name());
        lines.Text("state"u8, Said(json["state"]) ?? "");
        lines.Text("reason"u8, Said(happened?["reason"]) ?? Said(cause?["reason"]) ?? Said(json["reason"]) ?? Said(json["cause"]) ?? "");
        lines.Text("detail"u8, (Said(happened?["detail"]) ?? Said(cause?["detail"]) ?? Said(json["detail"]) ?? Said(json["cell"]) ?? Said(json["tripped"]) ?? "").ReplaceLineEndings(" "));
    }

    /// <summary>What a row of JSON says is kept whole beside its fields; one too long for the database stays in the journal alone.</summary>
    private static void End(JournalRow row, LineBuffer lines)
    {
        if (row.Record.Payload.Length <= BodyBytesMax)
            lines.Text("body"u8, row.Record.Payload.Span);
        lines.Field("time_s"u8, row.Record.TimeSeconds);
        Identity(row, lines);
        // A gap ends where what comes next begins, often at the same tick: it stands a nanosecond before it.
        var after = row.Record.Kind is RecordKind.Gap ? 0 : 1;
        lines.End(new PointClock(row).Nanoseconds(row.Record.TimeSeconds) + after);
    }

    private static void Identity(JournalRow row, LineBuffer lines)
    {
        lines.Field("epoch"u8, (long)row.Epoch);
        lines.Field("seq"u8, row.Seq);
    }

    private static string? Said(JsonNode? node) => node is JsonValue ? node.ToString() : null;

    /// <summary>The journal writes NaN and infinities as text, and nothing where there was no valid spectrum.</summary>
    private static double Number(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number ? node.GetValue<double>() : double.NaN;

    /// <summary>
    /// A row's UTC belongs to its last instant; earlier ones lie before it by the instrument's clock. Two points of a row never share a
    /// nanosecond: the database would keep one of them.
    /// </summary>
    private struct PointClock(JournalRow row)
    {
        private readonly long _rowNanoseconds = (row.Record.Utc.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;
        private long _last = long.MinValue;

        public long Nanoseconds(double seconds)
        {
            var before = double.IsFinite(seconds) ? row.Record.TimeSeconds - seconds : 0;
            _last = Math.Max(_last + 1, _rowNanoseconds - (long)Math.Round(before * NanosecondsPerSecond));
            return _last;
        }
    }
}
