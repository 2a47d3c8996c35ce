using System.Collections.Immutable;
using ScottPlot;

namespace CycleRig.Reports.Plots;

/// <summary>Residuals relative to |Z| against frequency.</summary>
internal static class ResidualsPanel
{
    /// <summary>Draws both parts.</summary>
    /// <param name="plot">Into which.</param>
    /// <param name="title">What they are residuals of.</param>
    /// <param name="model">What was taken off, for the axis.</param>
    /// <param name="residuals">Parts of |Z|.</param>
    public static void Draw(Plot plot, string title, string model, ImmutableArray<(double FrequencyHz, double Real, double Imaginary)> residuals)
    {
        Drawing.Name(plot, title, "frequency / Hz", $"(data − {model}) / |Z| in %");
        plot.Add.HorizontalLine(0, 1, Colors.Gray);
        var sorted = residuals.Sort((a, b) => b.FrequencyHz.CompareTo(a.FrequencyHz));
        Part("Re", Drawing.Blue, MarkerShape.FilledCircle, residual => residual.Real);
        Part("Im", Drawing.Orange, MarkerShape.OpenSquare, residual => residual.Imaginary);
        plot.Axes.Margins(0.04, 0.08);
        plot.Axes.AutoScale();
        var limits = plot.Axes.GetLimits();
        Decades.Use(plot.Axes.Bottom, limits.Left, limits.Right);
        plot.ShowLegend(Edge.Right);

        void Part(string name, Color colour, MarkerShape shape, Func<(double FrequencyHz, double Real, double Imaginary), double> part)
        {
            var line = plot.Add.Scatter(sorted.Select(residual => Math.Log10(residual.FrequencyHz)).ToArray(), sorted.Select(residual => 100 * part(residual)).ToArray());
            (line.Color, line.MarkerShape, line.MarkerSize, line.LineWidth, line.LegendText) = (colour, shape, 5, 1, name);
        }
    }
}
