using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;

namespace CycleRig.Storage.Recordings;

/// <summary>Reads a recording whatever wrote it: columns by name, both sign conventions, flaws tolerated and remarked on.</summary>
public static class RecordingReader
{
    private const int RowsThatTellTheSign = 10;

    /// <exception cref="RecordingException">The folder cannot be read; the message names file and line.</exception>
    public static Recording Read(string directory)
    {
        try
        {
            var remarks = new RecordingRemarks();
            var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
            var (cell, platingIsPositive) = Cell(Path.Combine(directory, "cell.json"), name);
            var sign = platingIsPositive ? -1 : 1;
            var samples = Samples(Path.Combine(directory, "samples.csv"), sign, remarks);
            var spectra = Spectra(Path.Combine(directory, "spectra.csv"), sign, remarks);
            return new(name, cell, samples, spectra, remarks.ToImmutable());
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException($"{directory}:1: {missing.Message}", missing);
        }
    }

    private static (CellFacts Cell, bool PlatingIsPositive) Cell(string path, string name)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path)) is JsonObject document
                ? CellFactsJson.Read(document, name)
                : throw new RecordingException($"{path}:1: no JSON object; write one");
        }
        catch (JsonException unreadable)
        {
            throw new RecordingException($"{path}:{(unreadable.LineNumber ?? 0) + 1}: {unreadable.Message}", unreadable);
        }
        catch (Exception unreadable) when (unreadable is FormatException or ArgumentException)
        {
            throw new RecordingException($"{path}:1: {unreadable.Message}", unreadable);
        }
    }

    private static List<Sample> Samples(string path, int sign, RecordingRemarks remarks)
    {
        var table = RecordingTable.Read(path, remarks, "time_s", "current_A", "voltage_V");
        var rows = new List<(int Line, Sample Sample)>();
        var newest = double.NegativeInfinity;
        foreach (var (line, row) in table.Rows)
        {
            var time = table.Value(row, "time_s");
            if (!double.IsFinite(time))
            {
                remarks.Add(path, line, "rows without a time are left out");
                continue;
            }

            if (time < newest)
                remarks.Add(path, line, "times are out of order, or the clock jumped back");
            newest = Math.Max(newest, time);
            rows.Add((line, new(
                time,
                sign * table.Value(row, "current_A"),
                table.Value(row, "voltage_V"),
                table.Value(row, "temperature_C"),
                table.Value(row, "pressure_MPa"),
                sign * table.Value(row, "charge_Ah") * RecordingWriter.CoulombsPerAmpereHour)));
        }

        var samples = new List<Sample>(rows.Count);
        foreach (var (line, sample) in rows.OrderBy(row => row.Sample.TimeSeconds))
        {
            if (samples.Count > 0 && sample.TimeSeconds <= samples[^1].TimeSeconds)
                remarks.Add(path, line, "rows with the time of an earlier one are left out");
            else
                samples.Add(sample);
        }

        return sign < 0 && AgainstCurrent(samples) ? [.. samples.Select(sample => sample with { Volts = -sample.Volts })] : samples;
    }

    /// <summary>
    /// A cell takes up power: voltage and current have one sign. Files that count plating as positive mostly turn the voltage round with
    /// the current; the first rows under current tell.
    /// </summary>
    private static bool AgainstCurrent(List<Sample> samples) =>
        samples.Where(sample => sample.CurrentAmperes * sample.Volts is not (0 or double.NaN))
            .Take(RowsThatTellTheSign)
            .Sum(sample => Math.Sign(sample.CurrentAmperes * sample.Volts)) < 0;

    private static List<Spectrum> Spectra(string path, int sign, RecordingRemarks remarks)
    {
        if (!File.Exists(path))
        {
            remarks.Add(path, 1, "there is no such file: no spectra");
            return [];
        }

        var table = RecordingTable.Read(path, remarks, "spectrum", "time_s", "frequency_Hz", "zre_ohm", "zim_ohm");
        var sweeps = new SortedDictionary<int, (double Start, List<SpectrumPoint> Points)>();
        foreach (var (line, row) in table.Rows)
        {
            var index = table.Value(row, "spectrum");
            var point = new SpectrumPoint(
                table.Value(row, "frequency_Hz"),
                table.Value(row, "zre_ohm"),
                table.Value(row, "zim_ohm"),
                table.Value(row, "time_s"),
                sign * table.Value(row, "current_A"),
                table.Value(row, "temperature_C"),
                table.Value(row, "pressure_MPa"));
            if (!(index is >= 0 and <= int.MaxValue && point.FrequencyHz > 0 && double.IsFinite(point.FrequencyHz)
                && double.IsFinite(point.RealOhms) && double.IsFinite(point.ImaginaryOhms) && double.IsFinite(point.TimeSeconds)))
            {
                remarks.Add(path, line, "points without number, time, frequency or impedance are left out");
                continue;
            }

            if (!sweeps.TryGetValue((int)index, out var sweep))
                sweeps.Add((int)index, sweep = (table.Value(row, "start_s"), []));
            if (sweep.Points.Count > 0 && point.TimeSeconds < sweep.Points[^1].TimeSeconds)
                remarks.Add(path, line, "points are out of order, or the clock jumped back");
            sweep.Points.Add(point);
        }

        return [.. sweeps.Select(sweep => Sweep(sweep.Key, sweep.Value.Start, sweep.Value.Points)).OrderBy(sweep => sweep.StartSeconds)];
    }

    private static Spectrum Sweep(int index, double start, List<SpectrumPoint> points)
    {
        var ordered = points.OrderBy(point => point.TimeSeconds).ToImmutableArray();
        return new(index, double.IsFinite(start) ? start : ordered[0].TimeSeconds, ordered);
    }
}
