using CycleRig.Core.Evidence;
using CycleRig.Impedance;
using ScottPlot;

namespace CycleRig.Reports.Plots;

/// <summary>A curve of voltage against areal capacity.</summary>
/// <param name="Label">In the legend.</param>
/// <param name="Capacities">mAh/cm².</param>
/// <param name="Volts">V, as many.</param>
public sealed record PaperCurve(string Label, double[] Capacities, double[] Volts);

/// <summary>A spectrum at an areal capacity, mAh/cm².</summary>
public sealed record PaperSpectrum(double Capacity, Spectrum Spectrum);

/// <summary>
/// The quantities of the reference paper's figures 1a, 1b and 4b (doi 10.1039/d3ee03916a), drawn from simulated cells: voltage with
/// the spectra marked, those spectra, and the voltage at three current densities.
/// </summary>
public static class PaperPlots
{
    private const int Width = 900;
    private const int Height = 560;

    /// <summary>Magnitude of the voltage against capacity, the spectra of <see cref="Nyquist"/> marked with their colours.</summary>
    public static void Voltage(PaperCurve curve, IReadOnlyList<PaperSpectrum> spectra, string path)
    {
        using var plot = New($"Plating at {curve.Label}: voltage, with the spectra of the next figure", "areal capacity / mAh/cm²", "|voltage| / V");
        var line = plot.Add.ScatterLine(curve.Capacities, curve.Volts);
        (line.Color, line.LineWidth) = (Drawing.Blue, 1.2f);
        foreach (var (index, spectrum) in spectra.Index())
        {
            var at = Array.BinarySearch(curve.Capacities, spectrum.Capacity);
            var mark = plot.Add.Marker(spectrum.Capacity, curve.Volts[Math.Min(at < 0 ? ~at : at, curve.Volts.Length - 1)], MarkerShape.FilledCircle, 11, Colour(index, spectra.Count));
            mark.LegendText = Label(spectrum);
        }

        plot.ShowLegend(Alignment.UpperRight);
        plot.Axes.Margins(0.02, 0.06);
        plot.SavePng(path, Width, Height);
    }

    /// <summary>The marked spectra, in Ω cm², with equal axes.</summary>
    public static void Nyquist(IReadOnlyList<PaperSpectrum> spectra, double areaSquareCentimetres, string path)
    {
        using var plot = New("Impedance while plating", "Re Z / Ω cm²", "−Im Z / Ω cm²");
        foreach (var (index, shown) in spectra.Index())
        {
            var points = shown.Spectrum.Points.Where(ImpedanceData.IsUsable).OrderByDescending(point => point.FrequencyHz).ToList();
            var line = plot.Add.Scatter(
                points.Select(point => point.RealOhms * areaSquareCentimetres).ToArray(), points.Select(point => -point.ImaginaryOhms * areaSquareCentimetres).ToArray());
            (line.Color, line.LineWidth, line.MarkerSize, line.LegendText) = (Colour(index, spectra.Count), 1, 4, Label(shown));
        }

        plot.ShowLegend(Alignment.UpperLeft);
        plot.Axes.Margins(0.04, 0.2);
        plot.Axes.SquareUnits();
        plot.SavePng(path, Width, Height);
    }

    /// <summary>Voltage of acid-treated cells at several densities.</summary>
    public static void Densities(IReadOnlyList<PaperCurve> curves, string path)
    {
        using var plot = New("Acid-treated cells: voltage at three current densities", "areal capacity / mAh/cm²", "|voltage| / V");
        foreach (var (index, curve) in curves.Index())
        {
            var line = plot.Add.ScatterLine(curve.Capacities, curve.Volts);
            (line.Color, line.LineWidth, line.LegendText) = (Colour(index, curves.Count), 1.2f, curve.Label);
        }

        plot.ShowLegend(Edge.Right);
        plot.Axes.Margins(0.02, 0.1);
        plot.SavePng(path, Width, Height);
    }

    private static Plot New(string title, string x, string y)
    {
        var plot = new Plot();
        Drawing.Name(plot, title, x, y);
        Drawing.PlainNumbers(plot.Axes.Bottom);
        plot.Legend.FontName = PlotFont.Name;
        return plot;
    }

    /// <summary>The last of the colour map is too bright on white.</summary>
    private static Color Colour(int index, int count) => new ScottPlot.Colormaps.Viridis().GetColor(count > 1 ? 0.9 * index / (count - 1) : 0);

    private static string Label(PaperSpectrum spectrum) => FormattableString.Invariant($"{spectrum.Capacity:F2} mAh/cm²");
}
