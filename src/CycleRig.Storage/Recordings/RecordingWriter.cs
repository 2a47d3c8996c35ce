using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;
using CycleRig.Storage.Journals;

namespace CycleRig.Storage.Recordings;

/// <summary>Writes a recording as it comes: cell.json, samples.csv, spectra.csv, events.jsonl. The same calls give the same bytes.</summary>
public sealed class RecordingWriter : IDisposable
{
    internal const string SampleHeader = "time_s,current_A,voltage_V,temperature_C,pressure_MPa,charge_Ah";
    internal const string SpectrumHeader = "spectrum,start_s,time_s,frequency_Hz,zre_ohm,zim_ohm,current_A,temperature_C,pressure_MPa";
    internal const double CoulombsPerAmpereHour = 3600;
    private const int ChargeDecimals = 10;

    private readonly StreamWriter _samples;
    private readonly StreamWriter _spectra;
    private readonly StreamWriter _events;

    private RecordingWriter(string directory, CellFacts cell)
    {
        var json = CellFactsJson.Write(cell).ToJsonString(new JsonSerializerOptions
        {
            WriteIndented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
        File.WriteAllText(Path.Combine(directory, "cell.json"), json + "\n");
        _samples = Text(directory, "samples.csv");
        _spectra = Text(directory, "spectra.csv");
        _events = Text(directory, "events.jsonl");
        _samples.WriteLine(SampleHeader);
        _spectra.WriteLine(SpectrumHeader);
    }

    /// <summary>Begins a recording in a new or empty folder.</summary>
    /// <exception cref="RecordingException">The folder is not empty and <paramref name="force"/> was not given.</exception>
    public static RecordingWriter Create(string directory, CellFacts cell, bool force = false)
    {
        if (!force && Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
            throw new RecordingException($"{directory} is not empty. Nothing was written. Give another folder, or --force.");
        Directory.CreateDirectory(directory);
        return new(directory, cell);
    }

    public void Add(in Sample sample) => Row(
        _samples,
        sample.TimeSeconds,
        sample.CurrentAmperes,
        sample.Volts,
        sample.TemperatureCelsius,
        sample.PressureMegapascals,
        Math.Round(sample.ChargeCoulombs / CoulombsPerAmpereHour, ChargeDecimals) + 0.0); // + 0.0: no "-0".

    public void Add(Spectrum spectrum)
    {
        foreach (var point in spectrum.Points)
        {
            _spectra.Write(spectrum.Index.ToString(CultureInfo.InvariantCulture));
            _spectra.Write(',');
            Row(
                _spectra,
                spectrum.StartSeconds,
                point.TimeSeconds,
                point.FrequencyHz,
                point.RealOhms,
                point.ImaginaryOhms,
                point.CurrentAmperes,
                point.TemperatureCelsius,
                point.PressureMegapascals);
        }
    }

    /// <summary>One line of events.jsonl: `time_s` first in meaning, keys in ordinal order.</summary>
    public void AddEvent(double timeSeconds, JsonObject body)
    {
        var line = (JsonObject)body.DeepClone();
        line["time_s"] = timeSeconds;
        _events.WriteLine(Encoding.UTF8.GetString(CanonicalJson.Bytes(line)));
    }

    public void Dispose()
    {
        _samples.Dispose();
        _spectra.Dispose();
        _events.Dispose();
    }

    private static StreamWriter Text(string directory, string name) =>
        new(Path.Combine(directory, name), append: false, new UTF8Encoding(false)) { NewLine = "\n" };

    private static void Row(StreamWriter writer, params ReadOnlySpan<double> values)
    {
        for (var column = 0; column < values.Length; column++)
        {
            if (column > 0)
                writer.Write(',');
            writer.Write(values[column].ToString("R", CultureInfo.InvariantCulture));
        }

        writer.WriteLine();
    }
}
