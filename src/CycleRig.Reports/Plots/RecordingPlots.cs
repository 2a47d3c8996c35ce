using CycleRig.Core.Evidence;
using CycleRig.Storage.Recordings;
using ScottPlot;

namespace CycleRig.Reports.Plots;

/// <summary>Pictures of a recording, as papers show them.</summary>
public static class RecordingPlots
{
    private const int Width = 900;
    private const int Height = 560;
    private const double SecondsPerHour = 3600;
    private const double CoulombsPerMilliampereHour = 3.6;

    /// <summary>Spectra that a Nyquist evolution shows at the most.</summary>
    private const int SpectraShown = 24;

    /// <summary>Voltage against time, with what happened marked.</summary>
    public static void Voltage(Recording recording, IReadOnlyList<Mark> marks, string path)
    {
        using var plot = New($"{recording.Name}: voltage", "time / h", "voltage / V");
        var line = plot.Add.ScatterLine(
            recording.Samples.Select(sample => sample.TimeSeconds / SecondsPerHour).ToArray(), recording.Samples.Select(sample => sample.Volts).ToArray());
        line.LineWidth = 1.2f;
        line.Color = Color.FromHex("#1f4e79");
        foreach (var mark in marks)
        {
            var vertical = plot.Add.VerticalLine(mark.TimeSeconds / SecondsPerHour, 1.2f, Color.FromHex("#b3261e"), LinePattern.Dashed);
            vertical.LabelText = mark.Text;
            vertical.LabelOppositeAxis = true;
            vertical.LabelRotation = 0;
            vertical.LabelFontSize = 11;
            vertical.LabelBackgroundColor = Colors.White;
            vertical.LabelFontColor = Color.FromHex("#b3261e");
        }

        plot.Axes.Margins(0.02, 0.08);
        plot.SavePng(path, Width, Height);
    }

    /// <summary>Nyquist plots coloured by time, with equal axes.</summary>
    public static void Nyquist(Recording recording, string path)
    {
        using var plot = New($"{recording.Name}: impedance", "Re Z / kΩ", "−Im Z / kΩ");
        var shown = Thinned(recording.Spectra);
        var colours = new ScottPlot.Colormaps.Viridis();
        var first = shown.Count > 0 ? shown[0].StartSeconds : 0;
        var span = shown.Count > 1 ? shown[^1].StartSeconds - first : 1;
        foreach (var spectrum in shown)
        {
            var points = spectrum.Points.OrderByDescending(point => point.FrequencyHz).ToList();
            var line = plot.Add.Scatter(
                points.Select(point => point.RealOhms / 1e3).ToArray(), points.Select(point => -point.ImaginaryOhms / 1e3).ToArray());
            line.Color = colours.GetColor((spectrum.StartSeconds - first) / span * 0.95);
            line.LineWidth = 1;
            line.MarkerSize = 3;
        }

        if (shown.Count > 1)
        {
            var bar = plot.Add.ColorBar(new TimeScale(first / SecondsPerHour, (first + span) / SecondsPerHour, colours));
            bar.Label = "time / h";
        }

        plot.Axes.SquareUnits();
        plot.SavePng(path, Width, Height);
    }

    /// <summary>R_bulk and R_int against the areal capacity.</summary>
    public static void Resistances(Recording recording, IReadOnlyList<FitPoint> fits, string path)
    {
        using var plot = New($"{recording.Name}: bulk and interface", "areal capacity / mAh/cm²", "R_bulk / kΩ");
        var valid = fits.Where(fit => double.IsFinite(fit.BulkOhms)).ToList();
        double[] capacity = [.. valid.Select(fit => Capacity(recording, fit.TimeSeconds))];
        var bulk = plot.Add.Scatter(capacity, valid.Select(fit => fit.BulkOhms / 1e3).ToArray());
        bulk.LegendText = "R_bulk (left)";
        bulk.Color = Color.FromHex("#1f4e79");
        bulk.MarkerShape = MarkerShape.FilledCircle;
        bulk.LineWidth = 1;
        var inner = plot.Add.Scatter(capacity, valid.Select(fit => fit.InterfaceOhms / 1e3).ToArray());
        inner.LegendText = "R_int (right)";
        inner.Color = Color.FromHex("#c55a11");
        inner.MarkerShape = MarkerShape.OpenSquare;
        inner.LineWidth = 1;
        inner.Axes.YAxis = plot.Axes.Right;
        plot.Axes.Right.Label.Text = "R_int / kΩ";
        plot.ShowLegend(Alignment.UpperRight);
        plot.SavePng(path, Width, Height);
    }

    private static Plot New(string title, string x, string y)
    {
        var plot = new Plot();
        plot.Font.Set("DejaVu Sans");
        plot.Title(title);
        plot.XLabel(x);
        plot.YLabel(y);
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
