using CycleRig.Impedance.Circuits;
using CycleRig.Reports.Plots;

namespace CycleRig.Reports.Fits;

/// <summary>The files that a fit leaves in a folder.</summary>
/// <param name="path">An existing folder.</param>
public sealed class FitFolder(string path)
{
    /// <summary>Writes NAME.json, NAME.csv, NAME.png, NAME.svg, and NAME-circuit.svg where a circuit was fitted.</summary>
    public void Write(SpectrumAnalysis analysis)
    {
        var name = Path.Combine(path, analysis.Spectrum.Name);
        File.WriteAllText($"{name}.json", FitJson.One(analysis));
        File.WriteAllText($"{name}.csv", FitCsv.Points(analysis));
        SpectrumPlot.Save(analysis, name);
        if (analysis.Circuit is { } circuit)
            File.WriteAllText($"{name}-circuit.svg", CircuitDrawing.ToSvg(circuit, Values(analysis, circuit)));
    }

    /// <summary>Writes fits.csv, one row for each spectrum.</summary>
    public void WriteAll(IReadOnlyList<SpectrumAnalysis> analyses) => File.WriteAllText(Path.Combine(path, "fits.csv"), FitCsv.Fits(analyses));

    /// <summary>Writes series.csv, series.png and series.svg.</summary>
    public void WriteSeries(IReadOnlyList<SpectrumAnalysis> series)
    {
        File.WriteAllText(Path.Combine(path, "series.csv"), FitCsv.Series(series));
        SeriesPlot.Save(series, Path.Combine(path, "series"));
    }

    /// <summary>Text for each element: its values, in the order of its parameters.</summary>
    private static Dictionary<string, string> Values(SpectrumAnalysis analysis, Circuit circuit) => analysis.Fit is not { Converged: true } fit ? [] :
        Enumerable.Range(0, fit.Names.Length).Where(k => circuit.Parameters[k].Role != ParameterRole.Drift).GroupBy(k => fit.Names[k].Split('_')[0])
            .ToDictionary(element => element.Key, element => string.Join(", ", element.Select(k => Value(circuit.Parameters[k], fit.Values[k], fit.StandardErrors[k]))));

    private static string Value(ParameterKind kind, double value, double error) =>
        kind.Role == ParameterRole.Exponent ? $"{kind.Name} {SiText.WithError(value, error, "")}" : SiText.Of(value, kind.Unit, 3);
}
