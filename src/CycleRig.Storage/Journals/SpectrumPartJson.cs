using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;

namespace CycleRig.Storage.Journals;

/// <summary>The points of a sweep that a halt has cut, within the record of its verdict: columns as arrays of N, in the order of measurement.</summary>
public static class SpectrumPartJson
{
    private static readonly (string Key, Func<SpectrumPoint, double> Value)[] Columns =
    [
        ("frequency_hz", point => point.FrequencyHz), ("zre_ohm", point => point.RealOhms), ("zim_ohm", point => point.ImaginaryOhms),
        ("time_s", point => point.TimeSeconds), ("current_a", point => point.CurrentAmperes), ("temperature_c", point => point.TemperatureCelsius),
        ("pressure_mpa", point => point.PressureMegapascals),
    ];

    /// <summary>Writes the points.</summary>
    public static JsonObject Of(Spectrum part)
    {
        var json = new JsonObject { ["start_s"] = part.StartSeconds };
        foreach (var (key, value) in Columns)
            json[key] = JsonNode.Parse(CanonicalJson.Bytes(part.Points.Select(value).ToArray()));
        return json;
    }

    /// <summary>Reads them.</summary>
    /// <param name="json">As written by <see cref="Of"/>.</param>
    /// <param name="index">Number of the sweep in its run.</param>
    /// <exception cref="FormatException">A column is missing or of another length.</exception>
    public static Spectrum Read(JsonObject json, int index)
    {
        double[][] columns = [.. Columns.Select(column => json[column.Key]?.Deserialize<double[]>(CanonicalJson.Options)
            ?? throw new FormatException($"The part of sweep {index} has no column `{column.Key}`."))];
        if (columns.Any(column => column.Length != columns[0].Length))
            throw new FormatException($"The part of sweep {index} has columns of different lengths.");
        ImmutableArray<SpectrumPoint> points = [.. Enumerable.Range(0, columns[0].Length).Select(i => new SpectrumPoint(
            columns[0][i], columns[1][i], columns[2][i], columns[3][i], columns[4][i], columns[5][i], columns[6][i]))];
        return new(index, json["start_s"]?.GetValue<double>() ?? double.NaN, points);
    }
}
