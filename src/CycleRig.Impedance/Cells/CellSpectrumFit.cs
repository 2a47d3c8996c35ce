using System.Collections.Immutable;
using CycleRig.Core.Evidence;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;

namespace CycleRig.Impedance.Cells;

/// <summary>
/// The live fit of a symmetric cell: inductance, bulk arc, two interface arcs, with weak priors that keep what the data leave open
/// (the order of the arcs, the exponents of a small interface) where cells have it. R0 is left out: without points above the bulk
/// arc it cannot be told from R_bulk.
/// </summary>
public static class CellSpectrumFit
{
    /// <summary>Fewer usable points determine nothing.</summary>
    private const int PointsMin = 12;

    /// <summary>A larger relative residual says that the circuit does not describe the spectrum.</summary>
    private const double ResidualMax = 0.03;

    /// <summary>Relative noise that the weights assume; errors are scaled by the residuals.</summary>
    private const double Noise = 0.003;

    private static readonly ImmutableArray<string> InterfaceNames = ["R2", "R3"];

    /// <summary>Points between 1 kHz and 3 MHz below which nothing of the bulk is seen.</summary>
    private const int CarryingMin = 5;

    /// <summary>Less than this is rest, A/cm².</summary>
    private const double RestAmperesPerSquareCentimetre = 5e-6;

    /// <summary>Cold starts of a small interface creep along what the priors alone decide.</summary>
    private const int IterationsMax = 400;

    /// <summary>A change of ln R_bulk from one sweep to the next that is looked at twice.</summary>
    private const double NearLog = 0.02;

    /// <summary>So are residuals that are this many times the last.</summary>
    private const double Suspicious = 1.5;

    private const double CarryLowHertz = 1e3;
    private const double CarryHighHertz = 3e6;

    /// <summary>Capacitance of pellet and fixture, F, and of an interface, F/cm² (docs/simulated-rig.md).</summary>
    private const double BulkFarads = 10e-12;
    private const double InterfaceFaradsPerSquareCentimetre = 1e-6;

    /// <summary>Between an acid-treated interface (10 Ω cm²) and an untreated one (1000 Ω cm²).</summary>
    private const double TypicalInterfaceOhmSquareCentimetres = 100;

    /// <summary>An interface below this share of the bulk is described by one arc: two could not be told apart and would wander.</summary>
    private const double OneArcShare = 0.4;

    /// <summary>Circuit of a cell whose interface shows.</summary>
    public static Circuit TwoInterfaces { get; } = Circuit.Parse("L0-p(R1,CPE1)-p(R2,CPE2)-p(R3,CPE3)");

    /// <summary>Circuit of a lithiophilic cell. A cell keeps the circuit of its first reading, so that no change of model looks like damage.</summary>
    public static Circuit OneInterface { get; } = Circuit.Parse("L0-p(R1,CPE1)-p(R2,CPE2)");

    /// <summary>Reads one spectrum.</summary>
    /// <param name="spectrum">The sweep.</param>
    /// <param name="previous">The cell's last valid reading, or null: where the fit begins, and the circuit that the cell keeps.</param>
    /// <param name="areaSquareCentimetres">Electrode area, cm².</param>
    public static CellReading Read(Spectrum spectrum, CellReading? previous, double areaSquareCentimetres)
    {
        var frequencies = spectrum.Points.IsDefaultOrEmpty ? 0 : spectrum.Points.Where(ImpedanceData.IsUsable).Select(p => p.FrequencyHz).Distinct().Count();
        if (frequencies < PointsMin)
            return Invalid(spectrum, $"{frequencies} usable points; {PointsMin} are needed");
        var data = ImpedanceData.From(spectrum.Points);
        var carrying = spectrum.Points.Where(p => ImpedanceData.IsUsable(p) && p.FrequencyHz is >= CarryLowHertz and <= CarryHighHertz).ToList();
        if (carrying.Count < CarryingMin || data.FrequenciesHz.Max() < CarryHighHertz / 30 || data.FrequenciesHz.Min() > CarryLowHertz)
            return Invalid(spectrum, "the sweep does not reach from 1 kHz to 100 kHz, which carry R_bulk");
        if (!carrying.Any(p => double.IsFinite(p.TemperatureCelsius)))
            return Invalid(spectrum, "no temperature was measured, and without it R_bulk says nothing");
        var fit = Fit(data, previous, areaSquareCentimetres);
        if (!fit.Converged)
            return Invalid(spectrum, fit.Reason);
        if (!IsBulkFastest(fit))
            return Invalid(spectrum, "the arcs changed places: what should be the bulk is not the fastest");
        var residual = Residual(fit, data);
        return residual > ResidualMax
            ? Invalid(spectrum, FormattableString.Invariant($"the circuit leaves residuals of {residual:P1}"))
            : Reading(spectrum, carrying, fit, residual, areaSquareCentimetres);
    }

    /// <summary>
    /// From the last reading; where that leads to a fit that is worse than the last, or far from it, from the shape of the spectrum as well,
    /// and the better is taken: arcs that changed places would look like a fall.
    /// </summary>
    private static FitResult Fit(ImpedanceData data, CellReading? previous, double area)
    {
        var last = previous?.Parameters is { IsEmpty: false } parameters ? parameters : default;
        bool? oneInterface = last.IsDefault ? null : last.Length == OneInterface.ParameterNames.Length;
        var shape = Start(data, area, oneInterface);
        var circuit = shape.Length == OneInterface.ParameterNames.Length ? OneInterface : TwoInterfaces;
        var options = new FitOptions
        {
            Noise = Noise, Priors = Priors(area, circuit), IterationsMax = IterationsMax, RejectAbove = 6,
        };
        if (last.IsDefault)
            return CircuitFit.Fit(circuit, data, options with { Start = shape });
        var warm = CircuitFit.Fit(circuit, data, options with { Start = last });
        var bulk = circuit.ParameterNames.IndexOf("R1");
        if (warm.Converged && Math.Abs(Math.Log(warm.Values[bulk] / last[bulk])) < NearLog && Residual(warm, data) < Math.Max(previous!.Residual, Noise) * Suspicious)
            return warm;
        var other = CircuitFit.Fit(circuit, data, options with { Start = shape });
        return other.Converged && !(warm.Converged && Whole(warm, options.Priors, circuit) <= Whole(other, options.Priors, circuit)) ? other : warm;
    }

    private static bool IsBulkFastest(FitResult fit)
    {
        var circuit = fit.Names.Length == OneInterface.ParameterNames.Length ? OneInterface : TwoInterfaces;
        double[] times = [.. ArcOrder.Arcs(circuit).Select(arc => ArcOrder.LogTimeConstant(circuit, arc, fit.Values.AsSpan()))];
        return times.Skip(1).All(time => time > times[0]);
    }

    /// <summary>χ² with what the priors add.</summary>
    private static double Whole(FitResult fit, ImmutableArray<ParameterPrior> priors, Circuit circuit) => fit.ChiSquare + priors.Sum(prior =>
    {
        var value = fit.Values[prior.Parameter];
        var distance = circuit.Parameters[prior.Parameter].IsLogarithmic ? Math.Log(value / prior.Value) : value - prior.Value;
        return distance * distance / (prior.Sd * prior.Sd);
    });

    private static double Residual(FitResult fit, ImpedanceData data) => Noise * Math.Sqrt(fit.ChiSquare / (2 * data.Count));

    private static CellReading Reading(Spectrum spectrum, List<SpectrumPoint> carrying, FitResult fit, double residual, double area)
    {
        var count = fit.Names.Length;
        double Covariance(int a, int b) => fit.Covariance[(a * count) + b];
        var bulk = fit.Names.IndexOf("R1");
        int[] interfaces = [.. InterfaceNames.Select(name => fit.Names.IndexOf(name)).Where(index => index >= 0)];
        var sum = interfaces.Sum(i => fit.Values[i]);
        var variance = interfaces.Sum(i => interfaces.Sum(j => fit.Values[i] * fit.Values[j] * Covariance(i, j)));
        var current = Mean(carrying.Select(p => p.CurrentAmperes));
        return new()
        {
            Valid = true,
            BulkOhms = fit["R1"],
            BulkRelativeSd = Math.Sqrt(Covariance(bulk, bulk)),
            InterfaceOhms = sum,
            InterfaceRelativeSd = Math.Sqrt(Math.Max(0, variance)) / sum,
            Residual = residual,
            TimeSeconds = carrying.Average(p => p.TimeSeconds),
            EndSeconds = spectrum.EndSeconds,
            TemperatureCelsius = Mean(carrying.Select(p => p.TemperatureCelsius)),
            PressureMegapascals = Mean(carrying.Select(p => p.PressureMegapascals)),
            CurrentAmperes = Math.Abs(current) < RestAmperesPerSquareCentimetre * area ? 0 : current,
            Parameters = fit.Values,
        };
    }

    /// <summary>Mean of those that are numbers; NaN without any. One point without a temperature must not take it from the sweep.</summary>
    private static double Mean(IEnumerable<double> values) => values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    private static CellReading Invalid(Spectrum spectrum, string why) => new()
    {
        Valid = false, WhyNotValid = why, TimeSeconds = spectrum.EndSeconds, EndSeconds = spectrum.EndSeconds,
    };

    /// <summary>A start from the shape: the valley (least -Im between the arcs) gives R_bulk, the bottom the rest.</summary>
    private static ImmutableArray<double> Start(ImpedanceData data, double area, bool? oneInterface)
    {
        var order = Enumerable.Range(0, data.Count).OrderByDescending(i => data.FrequenciesHz[i]).ToList();
        var valley = order.Where(i => data.FrequenciesHz[i] is >= CarryLowHertz and <= 1e6)
            .MinBy(i => Math.Abs(data.ImaginaryOhms[i]) / data.Modulus(i));
        var bulk = Math.Max(1, data.RealOhms[valley]);
        var inner = Math.Max(0.01 * bulk, data.RealOhms[order[^1]] - bulk);
        var farads = InterfaceFaradsPerSquareCentimetre * area;
        if (oneInterface ?? inner < OneArcShare * bulk)
            return [4e-7, bulk, BulkFarads, 0.99, inner, Admittance(farads, inner), 0.87];
        return [4e-7, bulk, BulkFarads, 0.99, 0.35 * inner, Admittance(farads, 0.35 * inner), 0.87, 0.65 * inner, Admittance(farads, 0.65 * inner), 0.87];
    }

    /// <summary>Q of a CPE with an effective capacitance: τ = R C, Q = τⁿ/R.</summary>
    private static double Admittance(double farads, double ohms) => Math.Pow(farads * ohms, 0.87) / ohms;

    /// <summary>
    /// Wide where the data decide, narrow only for shapes: sd of ln p, of p for exponents. They are the same for every sweep: a prior
    /// that followed the last reading would let R_bulk and a small interface wander against each other.
    /// </summary>
    private static ImmutableArray<ParameterPrior> Priors(double area, Circuit circuit)
    {
        var farads = InterfaceFaradsPerSquareCentimetre * area;
        var typical = TypicalInterfaceOhmSquareCentimetres / area;
        ImmutableArray<ParameterPrior> common = [new(0, 4e-7, 1), new(2, BulkFarads, 1.5), new(3, 0.98, 0.03)];
        if (circuit == OneInterface)
            return [.. common, new(4, typical, 3), new(5, Admittance(farads, typical), 1.2), new(6, 0.87, 0.05)];
        return
        [
            .. common,
            new(4, 0.35 * typical, 3), new(5, Admittance(farads, 0.35 * typical), 1.2), new(6, 0.87, 0.05),
            new(7, 0.65 * typical, 3), new(8, Admittance(farads, 0.65 * typical), 1.2), new(9, 0.87, 0.05),
        ];
    }
}
