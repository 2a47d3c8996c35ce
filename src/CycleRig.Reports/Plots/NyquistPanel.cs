using System.Numerics;
using ScottPlot;

namespace CycleRig.Reports.Plots;

/// <summary>Nyquist plot with equal axes.</summary>
internal static class NyquistPanel
{
    private static readonly (string Unit, double Ohms)[] Units = [("MΩ", 1e6), ("kΩ", 1e3), ("Ω", 1), ("mΩ", 1e-3), ("µΩ", 1e-6)];

    public static void Draw(Plot plot, ShownSpectrum shown, string title)
    {
        var largest = shown.Used.Max(point => point.Ohms.Magnitude);
        var (unit, ohms) = Units.FirstOrDefault(unit => largest >= unit.Ohms, Units[^1]);
        Drawing.Name(plot, title, $"Re Z / {unit}", $"−Im Z / {unit}");
        if (shown.Fitted.Length > 0)
        {
            var line = plot.Add.ScatterLine(Reals(shown.Fitted), Imaginaries(shown.Fitted));
            (line.Color, line.LineWidth, line.LegendText) = (Drawing.Orange, 1.5f, "fit");
        }

        Points(plot, shown.Used, MarkerShape.OpenCircle, Drawing.Blue, "data");
        if (shown.LeftOut.Length > 0)
            Points(plot, shown.LeftOut, MarkerShape.Cross, Colors.Gray, "left out");
        plot.ShowLegend(Edge.Right); // Beside the data: an arc may be anywhere.
        plot.Axes.Margins(0.06, 0.08);
        plot.Axes.SquareUnits();

        double[] Reals(IEnumerable<(double, Complex Ohms)> points) => [.. points.Select(point => point.Ohms.Real / ohms)];
        double[] Imaginaries(IEnumerable<(double, Complex Ohms)> points) => [.. points.Select(point => -point.Ohms.Imaginary / ohms)];
        void Points(Plot into, IReadOnlyCollection<(double, Complex Ohms)> points, MarkerShape shape, Color colour, string text)
        {
            var markers = into.Add.ScatterPoints(Reals(points), Imaginaries(points));
            (markers.MarkerShape, markers.Color, markers.MarkerSize, markers.LegendText) = (shape, colour, 6, text);
        }
    }
}
