using CycleRig.Impedance;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;
using ScottPlot;

namespace CycleRig.Reports.Plots;

/// <summary>Data, fit and residuals of one spectrum.</summary>
public static class FitPlot
{
    private const int Width = 900;
    private const int Height = 900;

    /// <summary>Writes a PNG: Nyquist plot with equal axes above, relative residuals against frequency below.</summary>
    public static void Save(Circuit circuit, ImpedanceData data, FitResult fit, string path)
    {
        var both = new Multiplot();
        both.AddPlots(2);
        var order = Enumerable.Range(0, data.Count).OrderByDescending(i => data.FrequenciesHz[i]).ToArray();
        var model = order.Select(i => circuit.Impedance(data.FrequenciesHz[i], fit.Values.AsSpan())).ToArray();
        Nyquist(both.GetPlot(0), data, order, model);
        Residuals(both.GetPlot(1), data, order, model);
        both.SavePng(path, Width, Height);
    }

    private static void Nyquist(Plot plot, ImpedanceData data, int[] order, System.Numerics.Complex[] model)
    {
        Named(plot, "data and fit", "Re Z / Ω", "−Im Z / Ω");
        var points = plot.Add.ScatterPoints(order.Select(i => data.RealOhms[i]).ToArray(), order.Select(i => -data.ImaginaryOhms[i]).ToArray());
        points.Color = Color.FromHex("#1f4e79");
        points.MarkerShape = MarkerShape.OpenCircle;
        points.LegendText = "data";
        var line = plot.Add.ScatterLine(model.Select(z => z.Real).ToArray(), model.Select(z => -z.Imaginary).ToArray());
        line.Color = Color.FromHex("#c55a11");
        line.LegendText = "fit";
        plot.ShowLegend(Alignment.UpperRight);
        plot.Axes.SquareUnits();
    }

    private static void Residuals(Plot plot, ImpedanceData data, int[] order, System.Numerics.Complex[] model)
    {
        Named(plot, "residuals", "log10(frequency / Hz)", "(data − fit) / |Z| in %");
        double[] logarithms = [.. order.Select(i => Math.Log10(data.FrequenciesHz[i]))];
        var real = plot.Add.Scatter(logarithms, order.Select((i, k) => 100 * (data.RealOhms[i] - model[k].Real) / data.Modulus(i)).ToArray());
        real.LegendText = "Re";
        real.Color = Color.FromHex("#1f4e79");
        var imaginary = plot.Add.Scatter(logarithms, order.Select((i, k) => 100 * (data.ImaginaryOhms[i] - model[k].Imaginary) / data.Modulus(i)).ToArray());
        imaginary.LegendText = "Im";
        imaginary.Color = Color.FromHex("#c55a11");
        imaginary.MarkerShape = MarkerShape.OpenSquare;
        plot.Add.HorizontalLine(0, 1, Colors.Gray);
        plot.ShowLegend(Alignment.UpperRight);
    }

    private static void Named(Plot plot, string title, string x, string y)
    {
        plot.Font.Set("DejaVu Sans");
        plot.Title(title);
        plot.XLabel(x);
        plot.YLabel(y);
    }
}
