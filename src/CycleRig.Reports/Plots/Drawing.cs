using System.Globalization;
using ScottPlot;

namespace CycleRig.Reports.Plots;

/// <summary>What all plots share: font, colours, marks.</summary>
internal static class Drawing
{
    /// <summary>Share of the height that a row of labels takes.</summary>
    private const double LabelRow = 0.06;

    /// <summary>Rows of labels above the data; further labels begin again in the first.</summary>
    private const int LabelRows = 3;

    public static Color Blue { get; } = Color.FromHex("#1f4e79");

    public static Color Orange { get; } = Color.FromHex("#c55a11");

    private static Color Red { get; } = Color.FromHex("#b3261e");

    /// <summary>Gives a plot its font and names.</summary>
    public static void Name(Plot plot, string title, string x, string y)
    {
        PlotFont.Use(plot);
        plot.Title(title);
        plot.XLabel(x);
        plot.YLabel(y);
        PlainNumbers(plot.Axes.Left);
    }

    /// <summary>Ticks without a separator of thousands: 2,600 is 2.6 to half of the readers.</summary>
    public static void PlainNumbers(IAxis axis) => axis.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
    {
        LabelFormatter = value => value.ToString("G6", CultureInfo.InvariantCulture),
    };

    /// <summary>The left axis times the electrode's area on the right. After the limits are set: an axis shows ticks only where something is drawn on it.</summary>
    /// <param name="plot">With limits.</param>
    /// <param name="label">Name and unit.</param>
    /// <param name="areaSquareCentimetres">cm².</param>
    public static void AreaAxis(Plot plot, string label, double areaSquareCentimetres)
    {
        var limits = plot.Axes.GetLimits();
        var unseen = plot.Add.Scatter(new[] { limits.Left, limits.Right }, new[] { limits.Bottom * areaSquareCentimetres, limits.Top * areaSquareCentimetres });
        unseen.IsVisible = false;
        unseen.Axes.YAxis = plot.Axes.Right;
        plot.Axes.Right.Range.Set(limits.Bottom * areaSquareCentimetres, limits.Top * areaSquareCentimetres);
        plot.Axes.Right.Label.Text = label;
        plot.Axes.Right.Label.FontName = PlotFont.Name;
        PlainNumbers(plot.Axes.Right);
    }

    /// <summary>Fits the axes to the data, with room above for the labels of marks.</summary>
    /// <param name="plot">With its data.</param>
    /// <param name="marks">How many marks there will be.</param>
    /// <param name="spanMin">Least height of the axis, so that noise does not fill it.</param>
    public static void Fit(Plot plot, int marks, double spanMin)
    {
        plot.Axes.AutoScale();
        var limits = plot.Axes.GetLimits();
        var span = Math.Max(limits.Top - limits.Bottom, spanMin);
        var middle = (limits.Top + limits.Bottom) / 2;
        plot.Axes.SetLimits(limits.Left, limits.Right, middle - (span / 2), middle + (span * (0.5 + Room(marks))));
    }

    /// <summary>What the labels of so many marks take above the data, as a share of its height.</summary>
    public static double Room(int marks) => LabelRow * (Math.Min(marks, LabelRows) + 0.5);

    /// <summary>Draws marks as dashed lines, their labels one below the other and on the side where there is room. After <see cref="Fit"/>.</summary>
    /// <param name="plot">With limits.</param>
    /// <param name="marks">Place on the x axis, and text.</param>
    public static void Marks(Plot plot, IEnumerable<(double X, string Text)> marks)
    {
        var limits = plot.Axes.GetLimits();
        var shown = marks.Where(mark => mark.X >= limits.Left && mark.X <= limits.Right).OrderBy(mark => mark.X).ToList();
        foreach (var (x, _) in shown)
            plot.Add.VerticalLine(x, 1.2f, Red, LinePattern.Dashed);
        var row = 0;
        foreach (var (x, text) in shown)
        {
            var label = plot.Add.Text(text, x, limits.Top - (LabelRow * (limits.Top - limits.Bottom) * (0.3 + (row++ % LabelRows))));
            var isRight = x > (limits.Left + limits.Right) / 2;
            label.LabelAlignment = isRight ? Alignment.UpperRight : Alignment.UpperLeft;
            label.LabelFontName = PlotFont.Name;
            label.LabelFontSize = 11;
            label.LabelFontColor = Red;
            label.LabelBackgroundColor = Colors.White;
            label.OffsetX = isRight ? -4 : 4;
        }
    }
}
