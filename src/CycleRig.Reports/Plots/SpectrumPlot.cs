using System.Collections.Immutable;
using System.Numerics;
using CycleRig.Reports.Fits;
using ScottPlot;
using ScottPlot.MultiplotLayouts;

namespace CycleRig.Reports.Plots;

/// <summary>
/// One spectrum in one figure: Nyquist with equal axes beside |Z|, residuals of the fit beside the phase; below, where they were asked for, the
/// Kramers-Kronig residuals and the distribution of relaxation times.
/// </summary>
public static class SpectrumPlot
{
    private const int PanelWidth = 630;
    private const int PanelHeight = 400;
    private const int Columns = 2;

    /// <summary>Room for title, axes and, in the left column, the legend: the same in each row, so that plots stand exactly above each other.</summary>
    private static readonly PixelPadding LeftFrame = new(80, 135, 58, 40);

    private static readonly PixelPadding RightFrame = new(85, 25, 58, 40);

    /// <summary>Writes PATH.png and PATH.svg.</summary>
    public static void Save(SpectrumAnalysis analysis, string path)
    {
        var panels = Panels(analysis);
        var rows = (panels.Count + Columns - 1) / Columns;
        var (figure, grid) = (new Multiplot(), new CustomGrid());
        figure.AddPlots(panels.Count);
        for (var i = 0; i < panels.Count; i++)
        {
            var plot = figure.GetPlot(i);
            panels[i](plot);
            plot.Layout.Fixed(i % Columns == 0 ? LeftFrame : RightFrame);
            var isAlone = i == panels.Count - 1 && i % Columns == 0;
            grid.Set(plot, isAlone ? new GridCell(i / Columns, 0, rows, 1) : new GridCell(i / Columns, i % Columns, rows, Columns));
        }

        figure.Layout = grid;
        PlotFile.Save(figure, path, Columns * PanelWidth, rows * PanelHeight);
    }

    private static List<Action<Plot>> Panels(SpectrumAnalysis analysis)
    {
        var shown = ShownSpectrum.Of(analysis);
        var found = new List<Action<Plot>>();
        if (shown.Fitted.Length > 0)
            found.Add(plot => ResidualsPanel.Draw(plot, "residuals of the fit", "fit", Residuals(analysis)));
        if (Checked(analysis) is { } residuals)
            found.Add(plot => ResidualsPanel.Draw(plot, "Kramers-Kronig residuals", "KK", residuals));
        if (analysis.Relaxation is { } relaxation)
            found.Add(plot => RelaxationPanel.Draw(plot, relaxation));
        return
        [
            plot => NyquistPanel.Draw(plot, shown, analysis.Spectrum.Name), plot => BodePanel.Modulus(plot, shown),
            .. found.Take(1), plot => BodePanel.Phase(plot, shown), .. found.Skip(1),
        ];
    }

    private static ImmutableArray<(double FrequencyHz, double Real, double Imaginary)> Residuals(SpectrumAnalysis analysis)
    {
        var (data, fitted) = (analysis.Data, analysis.Fitted());
        return [.. analysis.Within.Select(i =>
        {
            var difference = (new Complex(data.RealOhms[i], data.ImaginaryOhms[i]) - fitted[i]) / data.Modulus(i);
            return (data.FrequenciesHz[i], difference.Real, difference.Imaginary);
        })];
    }

    /// <summary>Residuals of the check at the points that it tested; null without a check, or with too few points.</summary>
    private static ImmutableArray<(double FrequencyHz, double Real, double Imaginary)>? Checked(SpectrumAnalysis analysis)
    {
        if (analysis.Verdict is not { KramersKronig: { } test } verdict)
            return null;
        // The test has the points that nothing else speaks against, in the order of the data.
        var tested = verdict.Points.Where(point => point.Index >= 0 && point.Grade is Impedance.Validity.PointGrade.Good or Impedance.Validity.PointGrade.Outlier).ToList();
        return [.. tested.Select((point, i) => (point.FrequencyHz, test.ResidualsReal[i], test.ResidualsImaginary[i]))];
    }
}
