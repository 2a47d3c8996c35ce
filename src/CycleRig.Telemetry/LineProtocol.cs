using System.Globalization;
using System.Text;
using CycleRig.Storage.Journals;

namespace CycleRig.Telemetry;

/// <summary>Journal rows as InfluxDB line protocol: measurements sample, spectrum, fit, event; tags rig, channel, run; nanoseconds.</summary>
internal static class LineProtocol
{
    /// <summary>Lines of one row, or "" for a row that is no telemetry.</summary>
    /// <param name="rig">Name of the rig.</param>
    /// <param name="row">The row.</param>
    public static string Of(string rig, JournalRow row) => row.Record.Kind switch
    {
        RecordKind.Sample => Samples(rig, row),
        RecordKind.Spectrum => Spectrum(rig, row),
        RecordKind.Fit => Fit(rig, row),
        RecordKind.Decision => Event(rig, row),
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
            Head(text, "sample", rig, row).Append(CultureInfo.InvariantCulture, $"current_A={Number(sample.CurrentAmperes)},voltage_V={Number(sample.Volts)},temperature_C={Number(sample.TemperatureCelsius)},pressure_MPa={Number(sample.PressureMegapascals)},charge_C={Number(sample.ChargeCoulombs)}");
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
            Head(text, "spectrum", rig, row).Append(CultureInfo.InvariantCulture, $"frequency={Number(point.FrequencyHz)},zre={Number(point.RealOhms)},zim={Number(point.ImaginaryOhms)},index={i}i,sweep={spectrum.Index}i");
            Tail(text, row, point.TimeSeconds);
        }

        return text.ToString();
    }

    private static string Fit(string rig, JournalRow row)
    {
        var json = row.Record.DecodeJson();
        var text = new StringBuilder();
        Head(text, "fit", rig, row).Append(CultureInfo.InvariantCulture, $"level=\"{json["level"]}\",valid={(json["valid"]?.GetValue<bool>() == true ? "true" : "false")}");
        if (json["r_bulk_ohm"]?.GetValue<double>() is { } bulk)
            text.Append(CultureInfo.InvariantCulture, $",r_bulk_ohm={Number(bulk)}");
        if (json["r_int_ohm"]?.GetValue<double>() is { } inner)
            text.Append(CultureInfo.InvariantCulture, $",r_int_ohm={Number(inner)}");
        Tail(text, row, row.Record.TimeSeconds);
        return text.ToString();
    }

    private static string Event(string rig, JournalRow row)
    {
        var json = row.Record.DecodeJson();
        var text = new StringBuilder();
        Head(text, "event", rig, row).Append(CultureInfo.InvariantCulture, $"type=\"{Escaped(json["event"]?["type"]?.ToString() ?? "")}\",state=\"{Escaped(json["state"]?.ToString() ?? "")}\",detail=\"{Escaped(json["event"]?["detail"]?.ToString() ?? json["event"]?["cause"]?["detail"]?.ToString() ?? "")}\"");
        Tail(text, row, row.Record.TimeSeconds);
        return text.ToString();
    }

    /// <summary>Names of rigs, channels and runs need no escaping: [a-z0-9-].</summary>
    private static StringBuilder Head(StringBuilder text, string measurement, string rig, JournalRow row)
    {
        text.Append(measurement).Append(",rig=").Append(rig).Append(",channel=").Append(row.Record.Channel);
        if (row.Record.Run is { } run)
            text.Append(",run=").Append(run);
        return text.Append(' ');
    }

    /// <summary>A row's UTC belongs to its last instant; earlier ones of a batch lie before it by the instrument's clock.</summary>
    private static void Tail(StringBuilder text, JournalRow row, double seconds)
    {
        var ticks = row.Record.Utc.UtcTicks - DateTimeOffset.UnixEpoch.Ticks - (long)((row.Record.TimeSeconds - seconds) * TimeSpan.TicksPerSecond);
        text.Append(CultureInfo.InvariantCulture, $",seq={row.Seq}i {ticks * 100}\n");
    }

    /// <summary>The shortest text that reads back to the same bits; line protocol has no NaN, so a missing value is 0 of nothing: the field is left at 0.</summary>
    private static string Number(double value) => (double.IsFinite(value) ? value : 0).ToString("R", CultureInfo.InvariantCulture);

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
