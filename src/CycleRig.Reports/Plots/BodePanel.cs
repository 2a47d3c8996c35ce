using System.Numerics;
using ScottPlot;

namespace CycleRig.Reports.Plots;

/// <summary>Modulus and phase against frequency.</summary>
internal static class BodePanel
{
    /// <summary>|Z| in Ω, both axes logarithmic.</summary>
    public static void Modulus(Plot plot, ShownSpectrum shown)
    {
        Draw(plot, shown, "modulus", "|Z| / Ω", z => Math.Log10(z.Magnitude));
        var limits = plot.Axes.GetLimits();
        Decades.Use(plot.Axes.Left, limits.Bottom, limits.Top);
    }

    /// <summary>Phase in degrees, negative for capacitive.</summary>
    public static void Phase(Plot plot, ShownSpectrum shown) => Draw(plot, shown, "phase", "phase of Z / °", z => z.Phase * 180 / Math.PI);

    private static void Draw(Plot plot, ShownSpectrum shown, string title, string axis, Func<Complex, double> value)
    {
        Drawing.Name(plot, title, "frequency / Hz", axis);
        if (shown.Fitted.Length > 0)
        {
            var line = plot.Add.ScatterLine(Logarithms(shown.Fitted), Values(shown.Fitted));
            (line.Color, line.LineWidth) = (Drawing.Orange, 1.5f);
        }

        Points(shown.Used, MarkerShape.OpenCircle, Drawing.Blue);
        if (shown.LeftOut.Length > 0)
            Points(shown.LeftOut, MarkerShape.Cross, Colors.Gray);
        plot.Axes.Margins(0.04, 0.08);
        plot.Axes.AutoScale();
        var limits = plot.Axes.GetLimits();
        Decades.Use(plot.Axes.Bottom, limits.Left, limits.Right);

        double[] Logarithms(IEnumerable<(double FrequencyHz, Complex)> points) => [.. points.Select(point => Math.Log10(point.FrequencyHz))];
        double[] Values(IEnumerable<(double, Complex Ohms)> points) => [.. points.Select(point => value(point.Ohms))];
        void Points(IReadOnlyCollection<(double, Complex)> points, MarkerShape shape, Color colour)
        {
            var markers = plot.Add.ScatterPoints(Logarithms(points), Values(points));
            (markers.MarkerShape, markers.Color, markers.MarkerSize) = (shape, colour, 6);
        }
    }
}
