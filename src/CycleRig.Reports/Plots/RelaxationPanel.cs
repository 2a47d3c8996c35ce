using CycleRig.Impedance.Relaxation;
using CycleRig.Reports.Fits;
using ScottPlot;

namespace CycleRig.Reports.Plots;

/// <summary>Distribution of relaxation times against the time constant, its peaks marked.</summary>
internal static class RelaxationPanel
{
    public static void Draw(Plot plot, RelaxationDistribution found)
    {
        Drawing.Name(plot, found.Applies ? "distribution of relaxation times" : "distribution of relaxation times (does not apply)", "time constant τ / s", "γ(ln τ) / Ω");
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { LabelFormatter = SiText.Tick };
        var line = plot.Add.ScatterLine(found.TimeConstantsSeconds.Select(Math.Log10).ToArray(), found.GammaOhms.ToArray());
        (line.Color, line.LineWidth) = (Drawing.Blue, 1.5f);
        plot.Axes.Margins(0.02, 0.06);
        Drawing.Fit(plot, found.Peaks.Length, double.Epsilon);
        Drawing.Marks(plot, found.Peaks.Select(peak => (Math.Log10(peak.TimeConstantSeconds), $"{SiText.Of(peak.ResistanceOhms, "Ω", 3)}, {SiText.Of(peak.TimeConstantSeconds, "s", 2)}")));
        var limits = plot.Axes.GetLimits();
        Decades.Use(plot.Axes.Bottom, limits.Left, limits.Right);
    }
}
