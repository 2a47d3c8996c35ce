using System.Collections.Immutable;
using System.Numerics;
using CycleRig.Reports.Fits;

namespace CycleRig.Reports.Plots;

/// <summary>A spectrum and its fit as plots show them: falling in frequency.</summary>
/// <param name="Used">Points that count.</param>
/// <param name="LeftOut">Points outside the range, and outliers.</param>
/// <param name="Fitted">The fit, dense between the ends of the used points; at their instants where the cell drifts. Empty without one.</param>
internal sealed record ShownSpectrum(
    ImmutableArray<(double FrequencyHz, Complex Ohms)> Used, ImmutableArray<(double FrequencyHz, Complex Ohms)> LeftOut, ImmutableArray<(double FrequencyHz, Complex Ohms)> Fitted)
{
    private const int CurvePoints = 301;

    public static ShownSpectrum Of(SpectrumAnalysis analysis)
    {
        var (data, used) = (analysis.Data, analysis.Used());
        ImmutableArray<(double FrequencyHz, Complex Ohms)> Points(bool isUsed) =>
            [.. Enumerable.Range(0, data.Count).Where(i => used[i] == isUsed).Select(i => (data.FrequenciesHz[i], new Complex(data.RealOhms[i], data.ImaginaryOhms[i]))).OrderByDescending(point => point.Item1)];
        return new(Points(true), Points(false), Curve(analysis));
    }

    private static ImmutableArray<(double FrequencyHz, Complex Ohms)> Curve(SpectrumAnalysis analysis)
    {
        if (analysis.Fit is not { Converged: true } fit)
            return [];
        if (analysis.Drift is { Drifting.IsEmpty: false })
        {
            var fitted = analysis.Fitted();
            return [.. analysis.Within.Select(i => (analysis.Data.FrequenciesHz[i], fitted[i])).OrderByDescending(point => point.Item1)];
        }

        var (top, bottom) = (analysis.Within.Max(i => analysis.Data.FrequenciesHz[i]), analysis.Within.Min(i => analysis.Data.FrequenciesHz[i]));
        double[] frequencies = [.. Enumerable.Range(0, CurvePoints).Select(i => top * Math.Pow(bottom / top, i / (CurvePoints - 1.0)))];
        return [.. frequencies.Select(f => (f, analysis.Circuit!.Impedance(f, fit.Values.AsSpan())))];
    }
}
