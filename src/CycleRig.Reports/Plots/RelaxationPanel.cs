using CycleRig.Impedance.Relaxation;
using CycleRig.Reports.Fits;
using ScottPlot;

namespace CycleRig.Reports.Plots;

/// <summary>Distribution of relaxation times against the time constant, its peaks marked.</summary>
internal static class RelaxationPanel
{
    private const int LabelsMax = 3;

    public static void Draw(Plot plot, RelaxationDistribution found)
    {
        Drawing.Name(plot, found.Applies ? "distribution of relaxation times" : "distribution of relaxation times (does not apply)", "time constant τ / s", "γ(ln τ) / Ω");
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { LabelFormatter = SiText.Tick };
        var line = plot.Add.ScatterLine(found.TimeConstantsSeconds.Select(Math.Log10).ToArray(), found.GammaOhms.ToArray());
        (line.Color, line.LineWidth) = (Drawing.Blue, 1.5f);
        plot.Axes.Margins(0.02, 0.06);
        Drawing.Fit(plot, Math.Min(LabelsMax, found.Peaks.Length), double.Epsilon);
        // More labels would cover each other; the table has them all.
        Drawing.Marks(plot, found.Peaks.OrderByDescending(peak => peak.ResistanceOhms).Take(LabelsMax).Select(peak => (Math.Log10(peak.TimeConstantSeconds), $"{SiText.Of(peak.ResistanceOhms, "Ω", 3)}, {SiText.Of(peak.TimeConstantSeconds, "s", 2)}")));
        var limits = plot.Axes.GetLimits();
        Decades.Use(plot.Axes.Bottom, limits.Left, limits.Right);
    }
}
