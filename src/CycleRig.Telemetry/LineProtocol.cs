using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Storage.Journals;

namespace CycleRig.Telemetry;

/// <summary>Journal rows as InfluxDB line protocol: measurements sample, spectrum, fit, event; tags rig, channel, run; nanoseconds.</summary>
internal static class LineProtocol
{
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>Lines of one row, or "" for a row that is no telemetry.</summary>
    /// <param name="rig">Name of the rig.</param>
    /// <param name="row">The row.</param>
    public static string Of(string rig, JournalRow row) => row.Record.Kind switch
    {
        RecordKind.Sample => Samples(rig, row),
        RecordKind.Spectrum => Spectrum(rig, row),
        RecordKind.Fit => Fit(rig, row),
        RecordKind.Decision => Decision(rig, row),
        RecordKind.RunStarted or RecordKind.RunEnded or RecordKind.Event or RecordKind.Gap => Mark(rig, row),
        _ => "",
    };

    /// <summary>Topic part of a row's kind.</summary>
    public static string Topic(RecordKind kind) => kind switch
    {
        RecordKind.Sample => "samples",
        RecordKind.Spectrum => "spectra",
        RecordKind.Fit => "fits",
        _ => "events",
    };

    private static string Samples(string rig, JournalRow row)
    {
        var text = new StringBuilder();
        foreach (var sample in row.Record.DecodeSamples())
        {
            Head(text, "sample", rig, row);
            Number(text, "current_A", sample.CurrentAmperes);
            Number(text, "voltage_V", sample.Volts);
            Number(text, "temperature_C", sample.TemperatureCelsius);
            Number(text, "pressure_MPa", sample.PressureMegapascals);
            Number(text, "charge_C", sample.ChargeCoulombs);
            Tail(text, row, sample.TimeSeconds);
        }

        return text.ToString();
    }

    private static string Spectrum(string rig, JournalRow row)
    {
        var text = new StringBuilder();
        var spectrum = row.Record.DecodeSpectrum();
        for (var i = 0; i < spectrum.Points.Length; i++)
        {
            var point = spectrum.Points[i];
            Head(text, "spectrum", rig, row);
            Number(text, "frequency", point.FrequencyHz);
            Number(text, "zre", point.RealOhms);
            Number(text, "zim", point.ImaginaryOhms);
            text.Append(CultureInfo.InvariantCulture, $"index={i}i,sweep={spectrum.Index}i,");
            Tail(text, row, point.TimeSeconds);
        }

        return text.ToString();
    }

    private static string Fit(string rig, JournalRow row)
    {
        var json = row.Record.DecodeJson();
        var text = new StringBuilder();
        Head(text, "fit", rig, row);
        Text(text, "level", json["level"]);
        text.Append(json["valid"]?.GetValue<bool>() == true ? "valid=true," : "valid=false,");
        Number(text, "r_bulk_ohm", Value(json["r_bulk_ohm"]));
        Number(text, "r_int_ohm", Value(json["r_int_ohm"]));
        Tail(text, row, row.Record.TimeSeconds);
        return text.ToString();
    }

    private static string Decision(string rig, JournalRow row)
    {
        var json = row.Record.DecodeJson();
        var happened = json["event"];
        var text = new StringBuilder();
        Head(text, "event", rig, row);
        Text(text, "type", happened?["type"]);
        Text(text, "state", json["state"]);
        Text(text, "reason", happened?["reason"] ?? happened?["cause"]?["reason"]);
        Text(text, "detail", happened?["detail"] ?? happened?["cause"]?["detail"]);
        Tail(text, row, row.Record.TimeSeconds);
        return text.ToString();
    }

    /// <summary>Start and end of a run, an operator's act on a device, a gap: an event of that type.</summary>
    private static string Mark(string rig, JournalRow row)
    {
        var json = row.Record.DecodeJson();
        var text = new StringBuilder();
        Head(text, "event", rig, row);
        Text(text, "type", json["type"] ?? row.Record.Kind.Name());
        Text(text, "reason", json["reason"] ?? json["cause"]);
        Text(text, "detail", json["detail"] ?? json["cell"] ?? json["tripped"]);
        Tail(text, row, row.Record.TimeSeconds);
        return text.ToString();
    }

    /// <summary>Names of rigs, channels and runs need no escaping: [a-z0-9-].</summary>
    private static void Head(StringBuilder text, string measurement, string rig, JournalRow row)
    {
        text.Append(measurement).Append(",rig=").Append(rig).Append(",channel=").Append(row.Record.Channel);
        if (row.Record.Run is { } run)
            text.Append(",run=").Append(run);
        text.Append(' ');
    }

    /// <summary>A row's UTC belongs to its last instant; earlier ones of a batch lie before it by the instrument's clock.</summary>
    private static void Tail(StringBuilder text, JournalRow row, double seconds)
    {
        var before = double.IsFinite(seconds) ? row.Record.TimeSeconds - seconds : 0;
        var nanoseconds = ((row.Record.Utc.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick) - (long)Math.Round(before * NanosecondsPerSecond);
        text.Append(CultureInfo.InvariantCulture, $"seq={row.Seq}i {nanoseconds}\n");
    }

    /// <summary>The shortest text that reads back to the same bits. Line protocol has no NaN: a value that is none is left out.</summary>
    private static void Number(StringBuilder text, string name, double value)
    {
        if (double.IsFinite(value))
            text.Append(CultureInfo.InvariantCulture, $"{name}={value:R},");
    }

    /// <summary>A text between quotes, on one line.</summary>
    private static void Text(StringBuilder text, string name, JsonNode? value) => text.Append(name).Append("=\"")
        .Append((value?.ToString() ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings(" "))
        .Append("\",");

    /// <summary>The journal writes NaN and infinities as text, and nothing where there was no valid spectrum.</summary>
    private static double Value(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number ? node.GetValue<double>() : double.NaN;
}
