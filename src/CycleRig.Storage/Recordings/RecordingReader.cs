using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;

namespace CycleRig.Storage.Recordings;

/// <summary>Reads recordings, ours and others': columns by name, both sign conventions, what is missing stays missing.</summary>
public static class RecordingReader
{
    private const double SecondsPerHour = 3600;
    private const double NominalActivation = 0.39;

    /// <summary>Reads one folder.</summary>
    /// <exception cref="RecordingException">A file is missing or cannot be read.</exception>
    public static Recording Read(string directory)
    {
        var cell = ReadCell(directory);
        var sign = cell.OxidationIsPositive ? 1 : -1;
        // With the other convention plating is positive current; its voltage has the same sign as its current.
        var samples = Table.Read(Path.Combine(directory, "samples.csv"), "time_s", "current_A", "voltage_V").Rows.Select(row => new Sample(
            row["time_s"], sign * row["current_A"], sign * row["voltage_V"], row["temperature_C"], row["pressure_MPa"],
            sign * row["charge_Ah"] * SecondsPerHour)).ToList();
        var spectra = File.Exists(Path.Combine(directory, "spectra.csv"))
            ? Spectra(Table.Read(Path.Combine(directory, "spectra.csv"), "spectrum", "time_s", "frequency_Hz", "zre_ohm", "zim_ohm"), sign)
            : [];
        return new(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory))), cell, samples, spectra)
        {
            Halt = Halt(Path.Combine(directory, "events.jsonl")),
        };
    }

    /// <summary>Lines of others' making are passed over: the file is ours alone.</summary>
    private static RecordedHalt? Halt(string path)
    {
        foreach (var text in File.Exists(path) ? File.ReadLines(path) : [])
        {
            if (!text.Contains("\"halted\"", StringComparison.Ordinal) || Line(text) is not { } line || line["state"]?.ToString() != "halted")
                continue;
            var alarm = (line["commands"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(command => command["type"]?.ToString() == "raise_alarm");
            return new(Number(line["time_s"]), alarm?["reason"]?.ToString() ?? "", alarm?["text"]?.ToString() ?? "");
        }

        return null;
    }

    private static JsonObject? Line(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<Spectrum> Spectra(Table table, int sign) => [.. table.Rows
        .Where(row => double.IsFinite(row["spectrum"]) && double.IsFinite(row["time_s"]))
        .GroupBy(row => (int)row["spectrum"])
        .Select(group =>
        {
            var points = group.Select(row => new SpectrumPoint(
                row["frequency_Hz"], row["zre_ohm"], row["zim_ohm"], row["time_s"], sign * row["current_A"], row["temperature_C"], row["pressure_MPa"]))
                .OrderBy(point => point.TimeSeconds).ToImmutableArray();
            var start = group.First()["start_s"];
            return new Spectrum(group.Key, double.IsFinite(start) ? start : points[0].TimeSeconds, points);
        })
        .OrderBy(spectrum => spectrum.EndSeconds)];

    /// <summary>Reads the cell.json of one folder alone.</summary>
    /// <exception cref="RecordingException">The file is missing or cannot be read.</exception>
    public static CellFacts ReadCell(string directory)
    {
        var path = Path.Combine(directory, "cell.json");
        if (!File.Exists(path))
            throw new RecordingException($"{path}: no such file; a recording is a folder with cell.json, samples.csv and spectra.csv");
        try
        {
            var json = JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new RecordingException($"{path}:1:1: no JSON object");
            var area = Number(json["area_cm2"]);
            if (!(area > 0))
                throw new RecordingException($"{path}: area_cm2 is {area}; write the electrode area in cm², above 0");
            var convention = json["sign_convention"]?.GetValue<string>() ?? "";
            var amplitude = Number((json["geis"] as JsonObject)?["amplitude_mA_cm2"]);
            var activation = Number(json["activation_energy_nominal_eV"]);
            return new(
                json["id"]?.ToString() ?? "", area, Number(json["thickness_mm"]), Number(json["diameter_mm"]), double.IsFinite(activation) ? activation : NominalActivation,
                Number(json["pressure_setpoint_MPa"]), !convention.Contains("plates", StringComparison.OrdinalIgnoreCase),
                double.IsFinite(amplitude) ? amplitude * Peak(json) * 1e-3 * area : 0,
                json["chamber"]?.ToString(), json["press"]?.ToString(), Steps(json), json);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or FormatException)
        {
            throw new RecordingException($"{path}: {unreadable.Message}", unreadable);
        }
    }

    private static ImmutableArray<PlannedStep> Steps(JsonObject json) =>
        (json["protocol"] as JsonObject)?["steps"] is JsonArray steps
            ? [.. steps.OfType<JsonObject>().Select(step => new PlannedStep(
                Number(step["duration_s"]), Math.Abs(Number(step["current_density_mA_cm2"])), step["kind"]?.ToString() ?? "rest"))]
            : [];

    private static double Peak(JsonObject json) => ((json["geis"] as JsonObject)?["amplitude_unit"]?.ToString()) switch
    {
        "rms" => Math.Sqrt(2),
        "peak-to-peak" => 0.5,
        _ => 1,
    };

    private static double Number(JsonNode? node) => node is JsonValue value
        ? value.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>()
            : double.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var parsed) ? parsed : double.NaN
        : double.NaN;
}
