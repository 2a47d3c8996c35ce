using MathNet.Numerics.Statistics;

namespace CycleRig.Impedance.Derived;

/// <summary>Mean and slope of the last part of a transient, without outliers.</summary>
/// <param name="Mean">A.</param>
/// <param name="MeanHalfWidth">Half of its 95 % interval, A.</param>
/// <param name="SlopePerSecond">A/s.</param>
/// <param name="SlopeHalfWidth">Half of its 95 % interval, A/s.</param>
/// <param name="SpanSeconds">Length of the part, s.</param>
internal readonly record struct LastPart(double Mean, double MeanHalfWidth, double SlopePerSecond, double SlopeHalfWidth, double SpanSeconds)
{
    /// <summary>Fewest samples.</summary>
    public const int SamplesMin = 8;

    /// <summary>The standard deviation of normal noise in units of its median absolute deviation.</summary>
    private const double DeviationsPerMad = 1.4826;

    private const int Rounds = 3;

    /// <summary>Fits a line, leaves out what is farther from it than noise goes, and fits again.</summary>
    /// <param name="seconds">Times, rising.</param>
    /// <param name="amperes">Currents.</param>
    /// <param name="outlierDeviations">Robust standard deviations beyond which a sample is none.</param>
    public static LastPart Of(double[] seconds, double[] amperes, double outlierDeviations)
    {
        var span = seconds[^1] - seconds[0];
        var middle = (seconds[0] + seconds[^1]) / 2;
        var kept = Enumerable.Range(0, seconds.Length).ToList();
        // The first line is through the medians of both halves: one spike in a short part would tilt a least-squares one.
        var half = seconds.Length / 2;
        var (early, late) = (amperes[..half].Median(), amperes[half..].Median());
        var rise = (late - early) / (seconds[half..].Average() - seconds[..half].Average());
        var centre = amperes.Select((value, i) => value - (rise * (seconds[i] - middle))).Median();
        LinearModel? line = null;
        for (var round = 0; round < Rounds; round++)
        {
            double[] off = [.. amperes.Select((value, i) => Math.Abs(value - centre - (rise * (seconds[i] - middle))))];
            var allowed = outlierDeviations * DeviationsPerMad * kept.Select(i => off[i]).Median();
            var next = Enumerable.Range(0, seconds.Length).Where(i => off[i] <= allowed).ToList();
            if (next.Count >= SamplesMin / 2)
                kept = next;
            line = LinearModel.Fit([.. kept.Select(i => new[] { 1, (seconds[i] - middle) / span })], [.. kept.Select(i => amperes[i])]);
            (centre, rise) = (line.Coefficients[0], line.Coefficients[1] / span);
        }

        var student = LinearModel.Student95(line!.DegreesOfFreedom);
        return new(centre, student * line.StandardError(0), rise, student * line.StandardError(1) / span, span);
    }
}
