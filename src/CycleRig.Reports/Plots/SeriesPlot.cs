using CycleRig.Impedance.Circuits;
using CycleRig.Reports.Fits;
using ScottPlot;

namespace CycleRig.Reports.Plots;

/// <summary>Resistances along a series, one plot each, with standard errors: against time where all spectra share a clock, else by number.</summary>
public static class SeriesPlot
{
    private const int Width = 900;
    private const int RowHeight = 240;
    private const int FrameHeight = 40;
    private const int RowsMax = 8;
    private const double SecondsPerHour = 3600;

    private static readonly PixelPadding Frame = new(95, 25, 48, 44);

    /// <summary>Writes PATH.png and PATH.svg.</summary>
    public static void Save(IReadOnlyList<SpectrumAnalysis> series, string path)
    {
        var circuit = series[0].Circuit!;
        int[] shown = [.. Enumerable.Range(0, circuit.Parameters.Length).Where(k => circuit.Parameters[k].Role == ParameterRole.Resistance).Take(RowsMax)];
        if (shown.Length == 0)
            shown = [0];
        var (axis, places) = Places(series);
        var figure = new Multiplot();
        figure.AddPlots(shown.Length);
        for (var row = 0; row < shown.Length; row++)
        {
            var plot = figure.GetPlot(row);
            var (name, unit) = (circuit.ParameterNames[shown[row]], circuit.Parameters[shown[row]].Unit);
            Drawing.Name(plot, row == 0 ? $"{circuit.Text}: {series.Count} spectra" : "", row == shown.Length - 1 ? axis : "", $"{name} / {unit}");
            Draw(plot, series, places, shown[row]);
            plot.Layout.Fixed(Frame);
        }

        PlotFile.Save(figure, path, Width, (shown.Length * RowHeight) + FrameHeight);
    }

    private static void Draw(Plot plot, IReadOnlyList<SpectrumAnalysis> series, double[] places, int parameter)
    {
        int[] found = [.. Enumerable.Range(0, series.Count).Where(i => series[i].Fit!.Converged)];
        double[] x = [.. found.Select(i => places[i])];
        double[] y = [.. found.Select(i => series[i].Fit!.Values[parameter])];
        double[] errors = [.. found.Select(i => series[i].Fit!.StandardErrors[parameter] is var error && double.IsFinite(error) ? error : 0)];
        var line = plot.Add.Scatter(x, y);
        (line.Color, line.MarkerSize, line.LineWidth) = (Drawing.Blue, 5, 1);
        plot.Add.ErrorBar(x, y, errors).Color = Drawing.Blue;
        plot.Axes.Margins(0.03, 0.1);
        plot.Axes.AutoScale();
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { LabelFormatter = value => SiText.Plain(value, 6) };
        if (series.Count > 1)
            plot.Axes.SetLimitsX(places[0] - (0.03 * (places[^1] - places[0])), places[^1] + (0.03 * (places[^1] - places[0])));
    }

    /// <summary>Starts of the sweeps where they rise, in h; else the numbers.</summary>
    private static (string Axis, double[] Places) Places(IReadOnlyList<SpectrumAnalysis> series)
    {
        double[] starts = [.. series.Select(one => one.Data.TimesSeconds.IsEmpty ? double.NaN : one.Data.TimesSeconds.Min())];
        return series.Count > 1 && Enumerable.Range(1, starts.Length - 1).All(i => starts[i] > starts[i - 1])
            ? ("time / h", [.. starts.Select(start => start / SecondsPerHour)])
            : ("number of the spectrum", [.. Enumerable.Range(1, series.Count).Select(i => (double)i)]);
    }
}
