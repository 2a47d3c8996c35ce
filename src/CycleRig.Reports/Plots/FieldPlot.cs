using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace CycleRig.Reports.Plots;

/// <summary>Current density around a crack in colours, logarithmic, with equipotentials, the crack's metal and the electrodes; both axes to one scale.</summary>
public static class FieldPlot
{
    /// <summary>Pixels of the data. A flat picture is wider, so that its labels have room.</summary>
    private const int DataWidth = 640;
    private const int DataHeightMin = 220;

    /// <summary>Colours begin here: in the corner of crack and electrode the density goes to zero.</summary>
    private const double DensityMin = 0.1;

    /// <summary>Height of an electrode, as a share of the picture's.</summary>
    private const double ElectrodeShare = 0.05;

    private const double Rounding = 1e-9;

    private const int EquipotentialsMost = 16;
    private const int OutlinePoints = 200;

    private static readonly PixelPadding Frame = new(75, 120, 110, 42);

    private static readonly Color Metal = Color.FromHex("#8c8c8c");

    /// <summary>Writes PATH.png and PATH.svg.</summary>
    public static void Save(FieldPicture picture, string path)
    {
        var figure = new Multiplot();
        figure.AddPlots(1);
        var plot = figure.GetPlot(0);
        var (depth, thickness, aspect) = (picture.DepthMicrometres, picture.ThicknessMicrometres, picture.DepthMicrometres / picture.RadiusMicrometres);
        Drawing.Name(
            plot,
            Invariant($"current around a crack of {depth:G4} µm in a pellet of {thickness:G4} µm, depth over radius {aspect:G4}"),
            "distance from the crack's axis / µm",
            "height / µm");
        Drawing.PlainNumbers(plot.Axes.Bottom);
        plot.Axes.Title.Label.FontSize = 14;
        Colours(plot, picture);
        var step = Equipotentials(plot, picture);
        Crack(plot, picture);
        var (bottom, top) = Electrodes(plot, picture);
        plot.Axes.SetLimits(-picture.HalfWidthMicrometres, picture.HalfWidthMicrometres, bottom, top);
        plot.HideGrid();
        Legend(plot, step);
        plot.Layout.Fixed(Frame);
        var scale = Math.Max(DataWidth / (2 * picture.HalfWidthMicrometres), DataHeightMin / (top - bottom));
        var (width, height) = ((int)Math.Round(scale * 2 * picture.HalfWidthMicrometres), (int)Math.Round(scale * (top - bottom)));
        PlotFile.Save(figure, path, width + (int)(Frame.Left + Frame.Right), height + (int)(Frame.Top + Frame.Bottom));
    }

    private static void Colours(Plot plot, FieldPicture picture)
    {
        // The first row of a heat map is its uppermost.
        var logarithms = new double[picture.Rows, picture.Columns];
        var peak = 2 * DensityMin;
        for (var row = 0; row < picture.Rows; row++)
            for (var column = 0; column < picture.Columns; column++)
            {
                var density = picture.Densities[row, column];
                logarithms[picture.Rows - 1 - row, column] = Math.Log10(Math.Max(DensityMin, density));
                peak = density > peak ? density : peak;
            }

        var map = plot.Add.Heatmap(logarithms);
        map.Colormap = new ScottPlot.Colormaps.Viridis();
        var (halfCell, halfRow) = (picture.HalfWidthMicrometres / (picture.Columns - 1), picture.HeightMicrometres / (2 * (picture.Rows - 1)));
        map.Position = new CoordinateRect(
            -picture.HalfWidthMicrometres - halfCell, picture.HalfWidthMicrometres + halfCell, -halfRow, picture.HeightMicrometres + halfRow);
        map.ManualRange = new ScottPlot.Range(Math.Log10(DensityMin), Math.Log10(peak));
        var bar = plot.Add.ColorBar(map);
        bar.Label = "current density / its mean";
        (bar.LabelStyle.FontSize, bar.LabelStyle.Bold) = (14, false);
        var ticks = new NumericManual();
        for (var decade = DensityMin; decade <= peak; decade *= 10)
            foreach (var value in (double[])[decade, 2 * decade, 5 * decade])
                if (value <= peak * 1.001)
                    ticks.AddMajor(Math.Log10(value), (value <= DensityMin ? "≤ " : "") + Invariant($"{value:G3}"));
        bar.Axis.TickGenerator = ticks;
    }

    /// <summary>The potential rises with the height everywhere, so that each line has one height over each place.</summary>
    /// <returns>Step between the lines.</returns>
    private static double Equipotentials(Plot plot, FieldPicture picture)
    {
        var step = RoundUp(picture.PotentialShares[picture.Rows - 1, 0] / EquipotentialsMost);
        for (var k = 1; k * step < picture.PotentialShares[picture.Rows - 1, 0]; k++)
        {
            var heights = Enumerable.Range(0, picture.Columns).Select(column => HeightOf(picture, column, k * step)).ToArray();
            var line = plot.Add.ScatterLine(Enumerable.Range(0, picture.Columns).Select(picture.RadiusAt).ToArray(), heights);
            (line.Color, line.LineWidth) = (Colors.White.WithAlpha(0.75), 1);
        }

        return step;
    }

    private static double HeightOf(FieldPicture picture, int column, double potential)
    {
        var row = 1;
        while (row < picture.Rows - 1 && picture.PotentialShares[row, column] < potential)
            row++;
        var (low, high) = (picture.PotentialShares[row - 1, column], picture.PotentialShares[row, column]);
        var share = (potential - low) / (high - low);
        return share > 1 ? double.NaN : picture.HeightAt(row - 1) + (share * (picture.HeightAt(row) - picture.HeightAt(row - 1)));
    }

    private static void Crack(Plot plot, FieldPicture picture)
    {
        var outline = plot.Add.Polygon(Enumerable.Range(0, OutlinePoints + 1).Select(k => Math.PI * k / OutlinePoints)
            .Select(angle => new Coordinates(picture.RadiusMicrometres * Math.Cos(angle), picture.DepthMicrometres * Math.Sin(angle))).ToArray());
        (outline.FillColor, outline.LineColor, outline.LineWidth) = (Metal, Colors.Black, 2); // Over the edges of the cells.
    }

    /// <summary>Draws the working electrode, and the counter electrode where it is in the picture.</summary>
    /// <returns>Ends of the axis.</returns>
    private static (double Bottom, double Top) Electrodes(Plot plot, FieldPicture picture)
    {
        var height = ElectrodeShare * picture.HeightMicrometres;
        Electrode(-height, 0);
        if (picture.HeightMicrometres < (1 - Rounding) * picture.ThicknessMicrometres)
            return (-height, picture.HeightMicrometres);
        Electrode(picture.ThicknessMicrometres, picture.ThicknessMicrometres + height);
        return (-height, picture.ThicknessMicrometres + height);

        void Electrode(double bottom, double top)
        {
            var shape = plot.Add.Rectangle(-picture.HalfWidthMicrometres, picture.HalfWidthMicrometres, bottom, top);
            (shape.FillColor, shape.LineColor, shape.LineWidth) = (Metal, Colors.Black, 1);
        }
    }

    private static void Legend(Plot plot, double step)
    {
        plot.Legend.ManualItems.Add(new LegendItem { LabelText = "metal", FillColor = Metal, OutlineColor = Colors.Black });
        var lines = Invariant($"equipotentials, every {100 * step:G3} % of the voltage");
        plot.Legend.ManualItems.Add(new LegendItem { LabelText = lines, LineColor = Colors.White, LineWidth = 1.5f });
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.FontName = PlotFont.Name;
        plot.Legend.FontSize = 11;
        plot.Legend.BackgroundColor = Color.FromHex("#9fb6c4"); // White lines must show.
        plot.ShowLegend(Edge.Bottom);
    }

    /// <summary>1, 2 or 5 times a power of ten.</summary>
    private static double RoundUp(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return power * (value / power > 5 ? 10 : value / power > 2 ? 5 : value / power > 1 ? 2 : 1);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
