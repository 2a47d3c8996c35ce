namespace CycleRig.Impedance.Validity;

/// <summary>
/// Whether residuals are random over frequency: von Neumann's ratio of the squared differences of neighbours to the variance (1941, doi
/// 10.1214/aoms/1177731677), 2 for random ones with a variance of about 4/N.
/// </summary>
internal static class Regularity
{
    private const int PointsMin = 8;

    /// <summary>How far neighbours agree more than chance lets them, in standard deviations, the larger of Re and Im; 0 for too few points.</summary>
    public static double Of(RcSeriesFit fit, int[] order)
    {
        if (fit.Points.Kept < PointsMin)
            return 0;
        return Math.Max(Of(fit, order, fit.Points.Reals, fit.FittedReals), Of(fit, order, fit.Points.Imaginaries, fit.FittedImaginaries));
    }

    private static double Of(RcSeriesFit fit, int[] order, double[] values, double[] fitted)
    {
        double squares = 0, differences = 0;
        var last = double.NaN;
        foreach (var i in order)
        {
            if (fit.Points.Weights[i] == 0)
                continue;
            var residual = (values[i] - fitted[i]) * fit.Points.Weights[i];
            squares += residual * residual;
            if (!double.IsNaN(last))
                differences += (residual - last) * (residual - last);
            last = residual;
        }

        var count = fit.Points.Kept;
        return squares > 0 ? (2 - (differences / squares * count / (count - 1))) * Math.Sqrt(count) / 2 : 0;
    }
}
