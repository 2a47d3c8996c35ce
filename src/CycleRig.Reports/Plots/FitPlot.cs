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

    /// <summary>Room for title, axes and legend: the same for both plots, so that they stand exactly above each other.</summary>
    private static readonly PixelPadding Frame = new(75, 110, 55, 45);

    /// <summary>Writes a PNG: Nyquist plot with equal axes above, relative residuals against frequency below.</summary>
    public static void Save(Circuit circuit, ImpedanceData data, FitResult fit, string path)
    {
        var both = new Multiplot();
        both.AddPlots(2);
        var order = Enumerable.Range(0, data.Count).OrderByDescending(i => data.FrequenciesHz[i]).ToArray();
        var model = order.Select(i => circuit.Impedance(data.FrequenciesHz[i], fit.Values.AsSpan())).ToArray();
        Nyquist(both.GetPlot(0), data, order, model);
        Residuals(both.GetPlot(1), data, order, model);
        foreach (var plot in both.GetPlots())
            plot.Layout.Fixed(Frame);
        both.SavePng(path, Width, Height);
    }

    private static void Nyquist(Plot plot, ImpedanceData data, int[] order, System.Numerics.Complex[] model)
    {
        Drawing.Name(plot, "data and fit", "Re Z / Ω", "−Im Z / Ω");
        var points = plot.Add.ScatterPoints(order.Select(i => data.RealOhms[i]).ToArray(), order.Select(i => -data.ImaginaryOhms[i]).ToArray());
        points.Color = Drawing.Blue;
        points.MarkerShape = MarkerShape.OpenCircle;
        points.LegendText = "data";
        var line = plot.Add.ScatterLine(model.Select(z => z.Real).ToArray(), model.Select(z => -z.Imaginary).ToArray());
        line.Color = Drawing.Orange;
        line.LegendText = "fit";
        plot.ShowLegend(Edge.Right); // Beside the data: an arc may be anywhere.
        plot.Axes.SquareUnits();
    }

    private static void Residuals(Plot plot, ImpedanceData data, int[] order, System.Numerics.Complex[] model)
    {
        Drawing.Name(plot, "residuals", "frequency / Hz", "(data − fit) / |Z| in %");
        double[] logarithms = [.. order.Select(i => Math.Log10(data.FrequenciesHz[i]))];
        plot.Add.HorizontalLine(0, 1, Colors.Gray);
        var real = plot.Add.Scatter(logarithms, order.Select((i, k) => 100 * (data.RealOhms[i] - model[k].Real) / data.Modulus(i)).ToArray());
        real.LegendText = "Re";
        real.Color = Drawing.Blue;
        var imaginary = plot.Add.Scatter(logarithms, order.Select((i, k) => 100 * (data.ImaginaryOhms[i] - model[k].Imaginary) / data.Modulus(i)).ToArray());
        imaginary.LegendText = "Im";
        imaginary.Color = Drawing.Orange;
        imaginary.MarkerShape = MarkerShape.OpenSquare;
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true, LabelFormatter = Decade };
        plot.ShowLegend(Edge.Right);
    }

    /// <summary>A power of ten in Hz: 0.1, 10, 100k, 1M.</summary>
    private static string Decade(double exponent) => exponent switch
    {
        >= 6 => $"{Math.Pow(10, exponent - 6):G3}M",
        >= 3 => $"{Math.Pow(10, exponent - 3):G3}k",
        _ => $"{Math.Pow(10, exponent):G3}",
    };
}
