using CycleRig.Core.Evidence;
using CycleRig.Impedance;
using CycleRig.Storage.Recordings;
using ScottPlot;

namespace CycleRig.Reports.Plots;

/// <summary>Pictures of a recording, as papers show them.</summary>
public static class RecordingPlots
{
    /// <summary>Room beside the data, as a share of its width.</summary>
    private const double SideRoom = 0.03;

    private const int Width = 900;
    private const int Height = 560;
    private const int TwoPlotsHeight = 760;

    /// <summary>Frame and labels around two plots that share an axis: fixed, so that they stand exactly above each other.</summary>
    private const int SidePixels = 85;
    private const int BottomPixels = 50;
    private const int TopPixels = 40;

    /// <summary>What title, axes and colour bar take from a Nyquist plot.</summary>
    private const int NyquistFramePixels = 130;
    private const int NyquistFrameSidePixels = 170;
    private const int NyquistHeightMin = 360;

    /// <summary>Least height of the voltage axis, V, and of a resistance axis as a share of its mean.</summary>
    private const double VoltageSpanMin = 0.01;
    private const double SpanMinShare = 0.01;

    private const double SecondsPerHour = 3600;
    private const double CoulombsPerMilliampereHour = 3.6;

    /// <summary>Spectra that a Nyquist evolution shows at the most.</summary>
    private const int SpectraShown = 24;

    /// <summary>Voltage against time, with what happened marked.</summary>
    public static void Voltage(Recording recording, IReadOnlyList<Mark> marks, string path)
    {
        using var plot = New($"{recording.Name}: voltage", "time / h", "voltage / V");
        var seen = recording.Samples.Where(sample => double.IsFinite(sample.TimeSeconds) && double.IsFinite(sample.Volts)).ToList();
        var line = plot.Add.ScatterLine(
            seen.Select(sample => sample.TimeSeconds / SecondsPerHour).ToArray(), seen.Select(sample => sample.Volts).ToArray());
        line.LineWidth = 1.2f;
        line.Color = Drawing.Blue;
        plot.Axes.Margins(0.02, 0.05);
        Drawing.Fit(plot, marks.Count, VoltageSpanMin);
        Drawing.Marks(plot, marks.Select(mark => (mark.TimeSeconds / SecondsPerHour, mark.Text)));
        plot.SavePng(path, Width, Height);
    }

    /// <summary>Nyquist plots coloured by time, with equal axes; the picture is as high as the data need.</summary>
    public static void Nyquist(Recording recording, string path)
    {
        using var plot = New($"{recording.Name}: impedance", "Re Z / kΩ", "−Im Z / kΩ");
        var shown = Thinned(recording.Spectra);
        var colours = new ScottPlot.Colormaps.Viridis();
        var first = shown.Count > 0 ? shown[0].StartSeconds : 0;
        var span = shown.Count > 1 ? shown[^1].StartSeconds - first : 1;
        foreach (var spectrum in shown)
        {
            var points = Usable(spectrum).OrderByDescending(point => point.FrequencyHz).ToList();
            var line = plot.Add.Scatter(
                points.Select(point => point.RealOhms / 1e3).ToArray(), points.Select(point => -point.ImaginaryOhms / 1e3).ToArray());
            // The last of the colour map is too bright on white.
            line.Color = colours.GetColor((spectrum.StartSeconds - first) / span * 0.95);
            line.LineWidth = 1;
            line.MarkerSize = 3;
        }

        if (shown.Count > 1)
        {
            var bar = plot.Add.ColorBar(new TimeScale(first / SecondsPerHour, (first + span) / SecondsPerHour, colours));
            bar.Label = "time / h";
        }

        plot.Axes.Margins(0.04, 0.06);
        plot.Axes.SquareUnits();
        plot.SavePng(path, Width, NyquistHeight(shown));
    }

    /// <summary>R_bulk above R_int against the areal capacity, in Ω and in Ω cm², with what happened marked.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="fits">One a sweep.</param>
    /// <param name="path">Of the PNG.</param>
    /// <param name="marks">What happened.</param>
    public static void Resistances(Recording recording, IReadOnlyList<FitPoint> fits, string path, IReadOnlyList<Mark>? marks = null)
    {
        var both = new Multiplot();
        both.AddPlots(2);
        // Sentinel sweeps tell R_bulk alone: both panels show the same stretch.
        double[] places = [.. fits.Select(fit => Capacity(recording, fit.TimeSeconds)).DefaultIfEmpty(0)];
        var room = SideRoom * Math.Max(places.Max() - places.Min(), double.Epsilon);
        (double Left, double Right) across = (places.Min() - room, places.Max() + room);
        Resistance(both.GetPlot(0), recording, fits, fit => fit.BulkOhms, across, marks ?? []);
        Resistance(both.GetPlot(1), recording, fits, fit => fit.InterfaceOhms, across, marks ?? []);
        both.GetPlot(0).Title($"{recording.Name}: bulk and interface");
        Label(both.GetPlot(0), "", "R_bulk", Drawing.Blue, MarkerShape.FilledCircle);
        Label(both.GetPlot(1), "areal capacity / mAh/cm²", "R_int", Drawing.Orange, MarkerShape.OpenSquare);
        both.SavePng(path, Width, TwoPlotsHeight);
    }

    private static void Resistance(Plot plot, Recording recording, IReadOnlyList<FitPoint> fits, Func<FitPoint, double> ohms, (double Left, double Right) across, IReadOnlyList<Mark> marks)
    {
        PlotFont.Use(plot);
        var valid = fits.Where(fit => double.IsFinite(ohms(fit))).ToList();
        var line = plot.Add.Scatter(valid.Select(fit => Capacity(recording, fit.TimeSeconds)).ToArray(), valid.Select(ohms).ToArray());
        line.LineWidth = 1;
        plot.Axes.Margins(SideRoom, 0.08);
        Drawing.Fit(plot, marks.Count, valid.Count == 0 ? 1 : SpanMinShare * valid.Average(ohms));
        plot.Axes.SetLimitsX(across.Left, across.Right);
        Drawing.Marks(plot, marks.Select(mark => (Capacity(recording, mark.TimeSeconds), mark.Text)));
        Drawing.AreaAxis(plot, "", recording.Cell.AreaSquareCentimetres); // Its name comes with the colours.
        Drawing.PlainNumbers(plot.Axes.Left);
        plot.Layout.Fixed(new PixelPadding(SidePixels, SidePixels, BottomPixels, TopPixels));
    }

    private static void Label(Plot plot, string x, string name, Color colour, MarkerShape shape)
    {
        plot.XLabel(x);
        plot.YLabel($"{name} / Ω");
        plot.Axes.Right.Label.Text = $"{name} / Ω cm²";
        plot.Axes.Right.Label.FontName = PlotFont.Name;
        var line = plot.GetPlottables<ScottPlot.Plottables.Scatter>().First();
        (line.Color, line.MarkerShape) = (colour, shape);
    }

    private static int NyquistHeight(List<Spectrum> shown)
    {
        var points = shown.SelectMany(Usable).ToList();
        if (points.Count < 2)
            return Height;
        var wide = points.Max(point => point.RealOhms) - points.Min(point => point.RealOhms);
        var high = points.Max(point => point.ImaginaryOhms) - points.Min(point => point.ImaginaryOhms);
        var needed = NyquistFramePixels + ((Width - NyquistFrameSidePixels) * high / Math.Max(wide, double.Epsilon));
        return (int)Math.Clamp(needed, NyquistHeightMin, Width);
    }

    private static IEnumerable<SpectrumPoint> Usable(Spectrum spectrum) => spectrum.Points.Where(ImpedanceData.IsUsable);

    private static Plot New(string title, string x, string y)
    {
        var plot = new Plot();
        Drawing.Name(plot, title, x, y);
        return plot;
    }

    private static List<Spectrum> Thinned(IReadOnlyList<Spectrum> spectra)
    {
        var step = Math.Max(1, (int)Math.Ceiling(spectra.Count / (double)SpectraShown));
        return [.. spectra.Where((_, i) => i % step == 0)];
    }

    private static double Capacity(Recording recording, double seconds)
    {
        var samples = recording.Samples;
        int low = 0, high = samples.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (samples[middle].TimeSeconds <= seconds)
                low = middle;
            else
                high = middle - 1;
        }

        return samples.Count == 0 ? 0 : Math.Abs(samples[low].ChargeCoulombs) / CoulombsPerMilliampereHour / recording.Cell.AreaSquareCentimetres;
    }

    /// <summary>Lets a colour bar show hours.</summary>
    private sealed class TimeScale(double from, double to, IColormap colours) : IHasColorAxis
    {
        public IColormap Colormap => colours;

        public ScottPlot.Range GetRange() => new(from, to);
    }
}
