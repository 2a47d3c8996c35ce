using System.Collections.Immutable;
using CycleRig.Reports.Verdicts;
using ScottPlot;
using ScottPlot.MultiplotLayouts;

namespace CycleRig.Reports.Plots;

/// <summary>The evidence behind a verdict in pictures: what of the impedance has gone, both spectra with their fits, what the fits leave, R_bulk over charge.</summary>
public static class EvidencePlots
{
    private const int Width = 1000;
    private const int Height = 520;
    private const int RowHeight = 330;
    private const int NyquistHeight = 420;
    private const double SecondsPerMinute = 60;

    /// <summary>Least height of the axis of R_bulk, as a share of its mean: noise does not fill it.</summary>
    private const double SpanMinShare = 0.01;

    /// <summary>Points from here up show the bulk alone in most cells.</summary>
    private const double BulkLowHertz = 2e4;

    private static readonly PixelPadding Frame = new(95, 225, 52, 42), LegendFrame = new(90, 180, 52, 42);

    private static readonly Color Healthy = Drawing.Blue, Now = Drawing.Orange;

    /// <summary>Draws what there is to draw.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <param name="directory">An existing folder.</param>
    /// <returns>Names of the files.</returns>
    public static ImmutableArray<string> Save(VerdictEvidence evidence, string directory)
    {
        var saved = ImmutableArray.CreateBuilder<string>();
        void Draw(bool isThere, string name, Action<string> draw)
        {
            if (!isThere)
                return;
            draw(Path.Combine(directory, name));
            saved.Add(name);
        }

        List<(string Name, SpectrumEvidence Spectrum, Color Colour)> spectra =
        [
            .. evidence.Healthy is { Points.IsEmpty: false } healthy ? [("last healthy", healthy, Healthy)] : ((string, SpectrumEvidence, Color)[])[],
            .. evidence.Now is { Points.IsEmpty: false } now ? [("now", now, Now)] : ((string, SpectrumEvidence, Color)[])[],
        ];
        Draw(!evidence.Difference.IsEmpty, "difference.png", path => Difference(evidence, path));
        Draw(spectra.Count > 0, "spectra.png", path => Spectra(spectra, path));
        Draw(spectra.Count > 0, "residuals.png", path => Residuals(spectra, path));
        Draw(evidence.Run.Rows.Any(row => row.Evidence is not null), "r-bulk.png", path => Bulk(evidence, path));
        return saved.DrainToImmutable();
    }

    private static void Difference(VerdictEvidence evidence, string path)
    {
        using var plot = new Plot();
        Drawing.Name(plot, "what has gone: last healthy spectrum minus now", "frequency / Hz", "difference / Ω");
        plot.Add.HorizontalLine(0, 1, Colors.Gray);
        double[] places = [.. evidence.Difference.Select(point => Math.Log10(point.FrequencyHz))];
        Part("Re Z", Drawing.Blue, MarkerShape.FilledCircle, [.. evidence.Difference.Select(point => point.Ohms.Real)]);
        Part("−Im Z", Drawing.Orange, MarkerShape.OpenSquare, [.. evidence.Difference.Select(point => -point.Ohms.Imaginary)]);
        plot.Axes.Margins(0.04, 0.1);
        plot.Axes.AutoScale();
        var limits = plot.Axes.GetLimits();
        Decades.Use(plot.Axes.Bottom, limits.Left, limits.Right);
        Drawing.AreaAxis(plot, "difference / Ω cm²", evidence.Run.AreaSquareCentimetres);
        plot.ShowLegend(Edge.Right);
        plot.Layout.Fixed(Frame);
        plot.SavePng(path, Width, Height);

        void Part(string name, Color colour, MarkerShape shape, double[] values)
        {
            var line = plot.Add.Scatter(places, values);
            (line.Color, line.MarkerShape, line.MarkerSize, line.LineWidth, line.LegendText) = (colour, shape, 5, 1, name);
        }
    }

    /// <summary>All points, and beside them those above 20 kHz: there the bulk is.</summary>
    private static void Spectra(List<(string Name, SpectrumEvidence Spectrum, Color Colour)> spectra, string path)
    {
        var (figure, grid) = (new Multiplot(), new CustomGrid());
        figure.AddPlots(2);
        foreach (var (column, title, lowest) in ((int, string, double)[])[(0, "all points", 0), (1, "above 20 kHz: the bulk", BulkLowHertz)])
        {
            var plot = figure.GetPlot(column);
            Drawing.Name(plot, title, "Re Z / kΩ", "−Im Z / kΩ");
            foreach (var (name, spectrum, colour) in spectra)
            {
                var points = spectrum.Points.Where(point => point.Measured.FrequencyHz >= lowest).ToList();
                var fit = plot.Add.ScatterLine(points.Select(point => point.Model.Real / 1e3).ToArray(), points.Select(point => -point.Model.Imaginary / 1e3).ToArray());
                (fit.Color, fit.LineWidth, fit.LegendText) = (colour, 1.5f, $"{name}: fit");
                var markers = plot.Add.ScatterPoints(points.Select(point => point.Ohms.Real / 1e3).ToArray(), points.Select(point => -point.Ohms.Imaginary / 1e3).ToArray());
                (markers.MarkerShape, markers.Color, markers.MarkerSize, markers.LegendText) =
                    (colour == Healthy ? MarkerShape.OpenCircle : MarkerShape.OpenSquare, colour, 6, name);
            }

            plot.Axes.Margins(0.06, 0.08);
            plot.Axes.SquareUnits();
            Drawing.PlainNumbers(plot.Axes.Bottom);
            if (column == 1)
                plot.ShowLegend(Edge.Right);
            else
                plot.HideLegend();
            plot.Layout.Fixed(column == 1 ? LegendFrame : new(75, 15, 52, 42));
            grid.Set(plot, new GridCell(0, column, 1, 2));
        }

        figure.Layout = grid;
        figure.SavePng(path, Width + (Width / 4), NyquistHeight);
    }

    private static void Residuals(List<(string Name, SpectrumEvidence Spectrum, Color Colour)> spectra, string path)
    {
        var figure = new Multiplot();
        figure.AddPlots(spectra.Count);
        for (var row = 0; row < spectra.Count; row++)
        {
            var (name, spectrum, _) = spectra[row];
            ResidualsPanel.Draw(
                figure.GetPlot(row), FormattableString.Invariant($"{name}: residuals of the fit, {100 * spectrum.Residual:G2} % of |Z|"), "fit",
                [.. spectrum.Points.Select(point => (point.Measured.FrequencyHz, point.Residual.Real, point.Residual.Imaginary))]);
            figure.GetPlot(row).Layout.Fixed(LegendFrame);
        }

        figure.SavePng(path, Width, spectra.Count * RowHeight);
    }

    private static void Bulk(VerdictEvidence evidence, string path)
    {
        var run = evidence.Run;
        var rows = run.Rows.Where(row => row.Evidence is { BulkOhms: > 0, CompensatedOhms: > 0 }).ToList();
        using var plot = new Plot();
        Drawing.Name(plot, "R_bulk as measured and at 30 °C", "charge passed / mAh/cm²", "R_bulk / Ω");
        double[] charge = [.. rows.Select(row => row.PassedMilliampereHoursPerSquareCentimetre)];
        Series("as measured", Colors.Gray, MarkerShape.OpenCircle, [.. rows.Select(row => row.Evidence!.BulkOhms)]);
        Series("at 30 °C", Drawing.Blue, MarkerShape.FilledCircle, [.. rows.Select(row => row.Evidence!.CompensatedOhms)]);
        List<(double, string)> marks =
        [
            .. evidence.Judged.Evidence is { OnsetSeconds: var onset } && double.IsFinite(onset) ? [(ChargeAt(run, onset), Marked("estimated onset", onset, run))] : ((double, string)[])[],
            .. run.Halt is { } halt ? [(ChargeAt(run, halt.TimeSeconds), Marked("halt", halt.TimeSeconds, run))] : ((double, string)[])[],
        ];
        plot.Axes.Margins(0.04, 0.1);
        Drawing.Fit(plot, marks.Count, SpanMinShare * rows.Select(row => row.Evidence!.BulkOhms).DefaultIfEmpty(1).Average());
        Drawing.AreaAxis(plot, "R_bulk / Ω cm²", run.AreaSquareCentimetres);
        Drawing.Marks(plot, marks);
        plot.ShowLegend(Edge.Right);
        plot.Layout.Fixed(Frame);
        plot.SavePng(path, Width, Height);

        void Series(string name, Color colour, MarkerShape shape, double[] ohms)
        {
            var line = plot.Add.Scatter(charge, ohms);
            (line.Color, line.MarkerShape, line.MarkerSize, line.LineWidth, line.LegendText) = (colour, shape, 4, 1, name);
        }
    }

    private static string Marked(string what, double seconds, RunVerdicts run) => FormattableString.Invariant($"{what}, {(seconds - run.StartedSeconds) / SecondsPerMinute:F0} min");

    /// <summary>Charge that had passed at a time, between the verdicts about it.</summary>
    private static double ChargeAt(RunVerdicts run, double seconds)
    {
        var before = run.Rows.LastOrDefault(row => row.TimeSeconds <= seconds);
        var after = run.Rows.FirstOrDefault(row => row.TimeSeconds > seconds);
        if (before is null || after is null)
            return (before ?? after)?.PassedMilliampereHoursPerSquareCentimetre ?? 0;
        var share = (seconds - before.TimeSeconds) / (after.TimeSeconds - before.TimeSeconds);
        return before.PassedMilliampereHoursPerSquareCentimetre
            + (share * (after.PassedMilliampereHoursPerSquareCentimetre - before.PassedMilliampereHoursPerSquareCentimetre));
    }
}
