using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;

namespace CycleRig.Storage.Recordings;

/// <summary>Writes a recording as any tool reads it: cell.json, samples.csv, spectra.csv, events.jsonl.</summary>
public sealed class RecordingWriter : IDisposable
{
    public const string SignConvention = "positive current is oxidation at the working electrode";

    private const double ChargeResolution = 1e10; // 1e-10 Ah
    private const double SecondsPerHour = 3600;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly StreamWriter _samples;
    private readonly StreamWriter _spectra;
    private readonly StreamWriter _events;
    private int _sweeps;

    /// <summary>Makes the folder and its files.</summary>
    /// <param name="directory">Folder; made when absent.</param>
    /// <param name="cell">Content of cell.json, without the sign convention.</param>
    /// <exception cref="RecordingException">The folder is not empty.</exception>
    public RecordingWriter(string directory, JsonObject cell)
    {
        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
            throw new RecordingException($"{directory} is not empty; give another folder or --force");
        Directory.CreateDirectory(directory);
        var facts = (JsonObject)cell.DeepClone();
        facts["format"] = 1;
        facts["sign_convention"] = SignConvention;
        File.WriteAllText(Path.Combine(directory, "cell.json"), facts.ToJsonString(new() { WriteIndented = true }) + "\n");
        (_samples, _spectra, _events) = (Create("samples.csv"), Create("spectra.csv"), Create("events.jsonl"));
        _samples.Write("time_s,current_A,voltage_V,temperature_C,pressure_MPa,charge_Ah\n");
        _spectra.Write("spectrum,start_s,time_s,frequency_Hz,zre_ohm,zim_ohm,current_A,temperature_C,pressure_MPa\n");

        StreamWriter Create(string name) => new(Path.Combine(directory, name)) { NewLine = "\n" };
    }

    public void Write(in Sample sample)
    {
        var ampereHours = (Math.Round(sample.ChargeCoulombs / SecondsPerHour * ChargeResolution) / ChargeResolution) + 0.0;
        _samples.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{sample.TimeSeconds:F3},{sample.CurrentAmperes:G9},{sample.Volts:G9},{sample.TemperatureCelsius:F4},{sample.PressureMegapascals:F4},{ampereHours:F10}\n"));
    }

    public void Write(Spectrum spectrum)
    {
        foreach (var p in spectrum.Points)
        {
            _spectra.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{_sweeps},{spectrum.StartSeconds:F3},{p.TimeSeconds:F3},{p.FrequencyHz:G9},{p.RealOhms:G9},{p.ImaginaryOhms:G9},{p.CurrentAmperes:G9},{p.TemperatureCelsius:F4},{p.PressureMegapascals:F4}\n"));
        }

        _sweeps++;
    }

    /// <summary>Writes one line of events.jsonl.</summary>
    public void Write(JsonNode happened) => _events.Write(happened.ToJsonString(Readable) + "\n");

    public void Dispose()
    {
        _samples.Dispose();
        _spectra.Dispose();
        _events.Dispose();
    }
}
