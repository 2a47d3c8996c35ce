using System.Collections.Immutable;
using CycleRig.Reports.Fits;
using CycleRig.Reports.Protocols;
using ScottPlot;

namespace CycleRig.Reports.Plots;

/// <summary>The figure of a report or a score: its charts one above the other.</summary>
public static class ReportPlot
{
    private const int Width = 920;
    private const int PanelHeight = 380;
    private const int LabelDigits = 6;
    private const double Room = 0.06;

    /// <summary>Legends stand beside the data, which may be anywhere; all panels have one frame, so that equal axes stand above each other.</summary>
    private static readonly PixelPadding Frame = new(95, 25, 55, 42), FrameWithLegend = new(95, 195, 55, 42);

    private static readonly Color[] Colours = [Drawing.Blue, Drawing.Orange, Color.FromHex("#2e7d32"), Color.FromHex("#6a4c93"), Colors.Gray];

    private static readonly MarkerShape[] Shapes =
        [MarkerShape.FilledCircle, MarkerShape.OpenSquare, MarkerShape.FilledDiamond, MarkerShape.OpenTriangleUp, MarkerShape.Cross];

    /// <summary>Writes a PNG.</summary>
    /// <param name="title">Above the first panel.</param>
    /// <param name="charts">Panels, one above the other.</param>
    /// <param name="path">With its extension.</param>
    public static void Save(string title, ImmutableArray<ReportChart> charts, string path)
    {
        var figure = new Multiplot();
        figure.AddPlots(charts.Length);
        var frame = charts.Any(HasLegend) ? FrameWithLegend : Frame;
        for (var i = 0; i < charts.Length; i++)
        {
            Draw(figure.GetPlot(i), charts[i], i == 0 ? title : "", Across(charts, charts[i]));
            figure.GetPlot(i).Layout.Fixed(frame);
        }

        figure.SavePng(path, Width, PanelHeight * charts.Length);
    }

    /// <summary>Panels with the same horizontal axis show the same stretch of it.</summary>
    private static (double Left, double Right) Across(ImmutableArray<ReportChart> charts, ReportChart chart) => Span(charts
        .Where(other => other.X == chart.X && other.LogX == chart.LogX)
        .SelectMany(other => other.Series.SelectMany(series => Shown.Of(series, other).X).Concat(Places(other).Select(mark => mark.X))));

    private static IEnumerable<(double X, string Text)> Places(ReportChart chart) => chart.Marks.Select(mark => (chart.LogX ? Math.Log10(mark.X) : mark.X, mark.Text));

    private static void Draw(Plot plot, ReportChart chart, string title, (double Left, double Right) across)
    {
        Drawing.Name(plot, title, chart.X, chart.Y);
        var shown = chart.Series.Select(series => Shown.Of(series, chart)).ToList();
        for (var k = 0; k < shown.Count; k++)
            Add(plot, shown[k], chart.Series[k], Colours[k % Colours.Length], Shapes[k % Shapes.Length]);
        Limit(plot, chart, shown, across);
        if (HasLegend(chart))
            plot.ShowLegend(Edge.Right);
    }

    private static bool HasLegend(ReportChart chart) => chart.Series.Any(series => series.Name.Length > 0);

    private static void Add(Plot plot, Shown shown, ChartSeries series, Color colour, MarkerShape shape)
    {
        var scatter = plot.Add.Scatter(shown.X, shown.Y);
        (scatter.Color, scatter.LegendText) = (colour, series.Name);
        (scatter.MarkerShape, scatter.MarkerSize) = series.Style is ChartStyle.Line or ChartStyle.Steps ? (MarkerShape.None, 0) : (shape, 7);
        scatter.LineWidth = series.Style switch { ChartStyle.Points => 0, ChartStyle.Both => 1, _ => 1.6f };
        if (series.Style == ChartStyle.Steps)
            scatter.ConnectStyle = ConnectStyle.StepHorizontal;
        for (var i = 0; i < shown.Low.Length; i++)
        {
            var bar = plot.Add.Line(shown.X[i], shown.Low[i], shown.X[i], shown.High[i]);
            (bar.Color, bar.LineWidth) = (colour, 1);
        }
    }

    private static void Limit(Plot plot, ReportChart chart, List<Shown> shown, (double Left, double Right) across)
    {
        var ((left, right), marks) = (across, Places(chart).ToList());
        var (bottom, top) = Span(shown.SelectMany(one => one.Y.Concat(one.Low).Concat(one.High)));
        if (marks.Count > 0)
            top += Drawing.Room(marks.Count) * (top - bottom);
        plot.Axes.SetLimits(left, right, bottom, top);
        if (chart.LogX)
            Decades.Use(plot.Axes.Bottom, left, right, Plain);
        if (chart.LogY)
            Decades.Use(plot.Axes.Left, bottom, top, Plain);
        else
            plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { LabelFormatter = Plain };
        Drawing.Marks(plot, marks);
    }

    /// <summary>The axes name units that have their prefix already.</summary>
    private static string Plain(double value) => SiText.Plain(value, LabelDigits);

    private static (double Low, double High) Span(IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite).DefaultIfEmpty(0)];
        var (low, high) = (finite.Min(), finite.Max());
        var room = high > low ? Room * (high - low) : Math.Max(Room * Math.Abs(high), 1e-12);
        return (low - room, high + room);
    }

    /// <summary>A series on the axes as they are drawn: without what is no number, logarithms where the axis has them.</summary>
    private sealed record Shown(double[] X, double[] Y, double[] Low, double[] High)
    {
        public static Shown Of(ChartSeries series, ReportChart chart)
        {
            int[] kept = [.. Enumerable.Range(0, series.X.Length).Where(i => IsShown(series.X[i], chart.LogX) && IsShown(series.Y[i], chart.LogY))];
            return new(
                [.. kept.Select(i => Place(series.X[i], chart.LogX))], [.. kept.Select(i => Place(series.Y[i], chart.LogY))],
                series.Low.IsEmpty ? [] : [.. kept.Select(i => Place(IsShown(series.Low[i], chart.LogY) ? series.Low[i] : series.Y[i], chart.LogY))],
                series.High.IsEmpty ? [] : [.. kept.Select(i => Place(IsShown(series.High[i], chart.LogY) ? series.High[i] : series.Y[i], chart.LogY))]);
        }

        private static bool IsShown(double value, bool log) => double.IsFinite(value) && (!log || value > 0);

        private static double Place(double value, bool log) => log ? Math.Log10(value) : value;
    }
}
