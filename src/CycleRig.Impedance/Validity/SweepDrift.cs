namespace CycleRig.Impedance.Validity;

/// <summary>
/// Whether a resistance that changes during the sweep explains a spectrum better than any steady series does: one more column, the time of
/// each point in a resistance, alone or in an RC element. Its part that is like no steady RC element is what the Kramers-Kronig relations forbid.
/// </summary>
/// <param name="Gain">By how much the Bayesian criterion falls; above 0 the change is the better explanation.</param>
/// <param name="PartOfModulus">Change over the sweep relative to |Z| (or |Y|) at the lowest frequency; positive: Re Z rises.</param>
/// <param name="Deviations">The change in its own standard deviations.</param>
/// <param name="Noise">Relative noise of one part beside the change.</param>
internal readonly record struct SweepDrift(double Gain, double PartOfModulus, double Deviations, double Noise)
{
    /// <summary>
    /// Elements for each point, at most, in both explanations: a series with nearly as many elements as points follows a change as well, with
    /// amplitudes of alternating sign.
    /// </summary>
    private const double ElementsPerPointMax = 0.5;

    /// <summary>RC elements that are tried as the one that changes.</summary>
    private const double ColumnsPerDecade = 2;

    /// <summary>Compares the best steady series with the best one that changes.</summary>
    /// <param name="data">N points.</param>
    /// <param name="times">N times of the points, any unit and origin.</param>
    /// <param name="left">Points that are left out.</param>
    public static SweepDrift Of(ImpedanceData data, ReadOnlySpan<double> times, bool[] left)
    {
        var (best, steady) = (default(SweepDrift), double.PositiveInfinity);
        var drifting = double.PositiveInfinity;
        foreach (var admittance in (ReadOnlySpan<bool>)[false, true])
        {
            var points = SeriesPoints.From(data, admittance, left);
            var options = KramersKronigOptions.Default with { ElementsMax = Math.Max((int)(ElementsPerPointMax * points.Kept), ElementSearch.ElementsMin) };
            foreach (var extension in (ReadOnlySpan<double>)[0, 0.5, 1])
                steady = Math.Min(steady, ElementSearch.Find(points, options, extension).Criterion);
            var (criterion, found) = Find(points, options, times);
            if (criterion < drifting)
                (drifting, best) = (criterion, found);
        }

        return best with { Gain = steady - drifting };
    }

    private static (double Criterion, SweepDrift Found) Find(SeriesPoints points, KramersKronigOptions options, ReadOnlySpan<double> times)
    {
        var (best, found, stagnant) = (double.PositiveInfinity, default(SweepDrift), 0);
        var lowest = points.Omegas.AsSpan(0, points.Count).IndexOf(points.Low);
        double[] drifting = [0, .. TimeConstants.Between(points.Low, points.High, Math.Max((int)(ColumnsPerDecade * Math.Log10(points.High / points.Low)), 1))];
        for (var elements = ElementSearch.ElementsMin; elements <= options.ElementsMax && stagnant < ElementSearch.StagnantMax; elements++)
        {
            var fit = RcSeriesFit.Prepare(points, options, elements, 0).Columns(drifting.Length, out var used);
            for (var k = 0; k < drifting.Length; k++)
                Fill(fit.Column(used + k), points, times, drifting[k]);
            fit.Solve(used);
            var (left, parts) = (fit.SumOfSquares, 2 * points.Kept);
            stagnant++;
            for (var k = 0; k < drifting.Length; k++)
            {
                var column = fit.Column(used + k);
                var (square, share) = (VectorLoops.Dot(column, column), VectorLoops.Dot(column, fit.Right));
                if (!(square > 0))
                    continue;
                var squares = left - (share * share / square);
                var criterion = ElementSearch.Criterion(squares, parts, used + 2); // The change, and when it relaxes.
                if (!(criterion < best))
                    continue;
                (best, stagnant) = (criterion, 0);
                var noise = Math.Sqrt(squares / (parts - used - 2));
                var atLowest = share / square / double.Hypot(1, points.Low * drifting[k]) / points.Moduli[lowest] * (points.OnAdmittance ? -1 : 1);
                found = new(0, atLowest, Math.Abs(share) / Math.Sqrt(square) / noise, noise);
            }
        }

        return (best, found);
    }

    /// <summary>A resistance that grows by 1 over the sweep, in an RC element with a time constant, or alone (0 s).</summary>
    private static void Fill(Span<double> column, SeriesPoints points, ReadOnlySpan<double> times, double seconds)
    {
        double first = double.PositiveInfinity, last = double.NegativeInfinity;
        foreach (var time in times)
            (first, last) = (Math.Min(first, time), Math.Max(last, time));
        for (var i = 0; i < points.Count; i++)
        {
            var x = points.Omegas[i] * seconds;
            var h = points.Weights[i] * (times[i] - first) / (last - first) / (1 + (x * x));
            (column[i], column[points.Count + i]) = (h, -h * x);
        }
    }
}
