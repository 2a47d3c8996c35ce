using CycleRig.Impedance.Validity;

namespace CycleRig.Impedance.Relaxation;

/// <summary>
/// Distribution of relaxation times by Tikhonov regularisation with no resistance below 0 (Saccoccio et al. 2014, doi
/// 10.1016/j.electacta.2014.09.058). The penalty is on the second derivative: unlike one on γ itself it does not pull resistances towards 0,
/// so that a peak's integral keeps its value.
/// </summary>
public static class RelaxationTimes
{
    /// <summary>Fewest points.</summary>
    public const int PointsMin = LinearKramersKronig.PointsMin;

    /// <summary>Residuals beyond this many times the noise are no noise.</summary>
    private const double NoiseFold = 3;

    /// <summary>Residuals below this part of |Z| are no reason to reject: discrete time constants and smoothing leave as much.</summary>
    private const double ResidualMin = 0.005;

    /// <summary>A spectrum whose -Im Z at its lowest frequency is at least this part of |Z| may end in a capacitance.</summary>
    private const double CapacitiveMin = 0.25;

    /// <summary>Residuals with one over those without, from which it is taken.</summary>
    private const double CapacitanceGain = 0.9;

    private const int RetriesMax = 8;

    /// <summary>Finds the distribution.</summary>
    /// <param name="data">N points, in any order; frequencies may repeat.</param>
    /// <param name="options">How; null is <see cref="DrtOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">Fewer than <see cref="PointsMin"/> points, |Z| = 0 at one, or options out of their ranges.</exception>
    public static RelaxationDistribution Solve(ImpedanceData data, DrtOptions? options = null)
    {
        options ??= DrtOptions.Default;
        options.Check();
        if (options.Capacitance is null)
            return Chosen(data, options);
        if (data.Count < PointsMin)
            throw new ArgumentException($"{data.Count} points; a distribution of relaxation times needs {PointsMin} or more, spread over the sweep");
        var points = SeriesPoints.From(data, admittance: false, []);
        if (options.Weighting == RelaxationWeighting.Unit)
            points.Weights.AsSpan(0, points.Count).Fill(1 / points.Moduli.Max());
        var system = new RelaxationSystem(points, TimeConstants.Between(points.Low, points.High, options.TimeConstants, options.ExtensionDecades), options);
        var solver = new NonNegativeSolver(system.Count);
        var (lambda, method) = Lambda(system, solver, options);
        var rougher = LambdaScan.At(system, solver, lambda / 10) is null ? null : (double[])solver.Values.Clone();
        var found = LambdaScan.At(system, solver, lambda);
        for (var again = 0; found is null && options.Lambda is null && again < RetriesMax; again++)
        {
            lambda *= Math.Sqrt(10); // The scan came here along another way; rounding forbids this one.
            found = LambdaScan.At(system, solver, lambda);
        }

        if (found is not { } solved)
            throw new ArgumentException(FormattableString.Invariant($"λ = {lambda:G3} is too small for {options.TimeConstants} time constants over these data: rounding is larger than the penalty; give a larger one, or null to have it selected"));
        return Told(data, options, system, solver, rougher ?? solver.Values, solved, method);
    }

    private static RelaxationDistribution Chosen(ImpedanceData data, DrtOptions options)
    {
        var without = Solve(data, options with { Capacitance = false });
        var last = data.FrequenciesHz.IndexOf(data.FrequenciesHz.Min());
        if (-data.ImaginaryOhms[last] < CapacitiveMin * data.Modulus(last))
            return without;
        var with = Solve(data, options with { Capacitance = true });
        return with.RmsResidual < CapacitanceGain * without.RmsResidual ? with : without;
    }

    private static (double Lambda, string Method) Lambda(RelaxationSystem system, NonNegativeSolver solver, DrtOptions options)
    {
        if (options.Lambda is { } given)
            return (given, "given");
        var points = LambdaScan.Run(system, solver, options.Selection == LambdaSelection.LCurve);
        return options.Selection switch
        {
            LambdaSelection.Gcv => (LambdaScan.ByCrossValidation(system, solver, points), "GCV"),
            LambdaSelection.LCurve => (LambdaScan.ByCorner(points), "L-curve"),
            _ => throw new System.Diagnostics.UnreachableException($"No rule for {options.Selection}."),
        };
    }

    private static RelaxationDistribution Told(
        ImpedanceData data, DrtOptions options, RelaxationSystem system, NonNegativeSolver solver, double[] rougher, LambdaPoint found, string method)
    {
        var (values, count) = (solver.Values, 2.0 * data.Count);
        var rms = Math.Sqrt(found.Residual / count);
        var reason = Misfit(data, options, rms);
        if (reason.Length == 0 && options.Lambda is null && found.Lambda <= LambdaScan.Smallest)
            reason = FormattableString.Invariant($"λ = {found.Lambda:G1} is the smallest that is tried: the data ask for no smoothing, and peaks may be halves of one; fit a circuit instead, or give λ");
        var capacitive = system.Capacitance ? values[system.Others - 1] : 0;
        return new()
        {
            TimeConstantsSeconds = [.. system.Seconds],
            GammaOhms = [.. values.Skip(system.Others).Select(value => value * system.Scale / system.Step)],
            OhmicOhms = values[0] * system.Scale,
            InductanceHenries = system.Inductance ? values[1] * system.Scale / system.Points.High : 0,
            CapacitanceFarads = capacitive > 0 ? 1 / (capacitive * system.Scale * system.Points.Low) : double.PositiveInfinity,
            PolarisationOhms = values.Skip(system.Others).Sum() * system.Scale,
            Lambda = found.Lambda,
            Method = method,
            RmsResidual = rms,
            EffectiveParameters = found.Freedom,
            Applies = reason.Length == 0,
            Reason = reason,
            Peaks = [.. PeakSearch.Find(system, solver, found.Residual / Math.Max(count - found.Freedom, 1), rougher)],
        };
    }

    private static string Misfit(ImpedanceData data, DrtOptions options, double rms)
    {
        if (options.Weighting == RelaxationWeighting.Unit || rms <= ResidualMin)
            return "";
        var noise = options.Noise ?? LinearKramersKronig.Noise(data);
        return rms <= NoiseFold * noise ? "" : FormattableString.Invariant(
            $"the residuals of {100 * rms:G3} % of |Z| are {rms / noise:G2} times the noise of {100 * noise:G3} %: positive relaxations do not describe these data. Inductive loops, negative resistances, a capacitance in series that was not fitted, outlying points or too large a λ do this; fit a circuit instead, or check the spectrum first");
    }
}
