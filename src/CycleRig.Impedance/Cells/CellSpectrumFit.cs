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
    /// <summary>Of this fit and <see cref="SentinelFit"/>: changes when the same points give other resistances.</summary>
    public const string Version = "cell-1";

    /// <summary>Fewer usable points determine nothing.</summary>
    private const int PointsMin = 12;

    /// <summary>A larger relative residual says that the circuit does not describe the spectrum.</summary>
    internal const double ResidualMax = 0.03;

    /// <summary>Relative noise that the weights assume; errors are scaled by the residuals.</summary>
    private const double Noise = 0.003;

    internal const string NothingNew = "the points are those of the last spectrum to the last digit: nothing new was measured";
    private const string WithoutTemperature = "no temperature was measured, and without it R_bulk says nothing";

    private static readonly ImmutableArray<string> InterfaceNames = ["R2", "R3"];

    /// <summary>
    /// Grain boundaries (0-25 % of the bulk, 0.1-10 nF) and constriction (0.2-1.4 %, 40-250 kHz) lie between the bulk and the interface.
    /// One arc takes either, and R_bulk is its sum with the bulk: the points tell the sum, hardly the shares.
    /// </summary>
    private static readonly ImmutableArray<string> BulkNames = ["R1", "Zarc1_0"];

    private const string BetweenTime = "Zarc1_1";

    /// <summary>Of the arc between: 120 kHz, and 0.5 % of a garnet's 120 Ω cm² under a mask of the usual spreading, 0.65; grain boundaries may be forty times that.</summary>
    private const double BetweenSeconds = 1.3e-6;
    private const double BetweenOhmSquareCentimetres = 0.005 * 78;
    private const double BetweenLogSd = 2;

    /// <summary>Slower, it would be an interface; faster, the bulk.</summary>
    private static readonly ParameterBounds BetweenBounds = new(2e-8, 1e-5);

    /// <summary>Points between 1 kHz and 3 MHz below which nothing of the bulk is seen.</summary>
    private const int CarryingMin = 5;

    /// <summary>Cold starts of a small interface creep along what the priors alone decide.</summary>
    private const int IterationsMax = 400;

    /// <summary>A change of ln R_bulk from one sweep to the next that is looked at twice.</summary>
    private const double NearLog = 0.02;

    /// <summary>So is a misfit that is this many times the usual; of fifty points it scatters by some 7 %.</summary>
    private const double Suspicious = 1.25;

    /// <summary>Relative change of an interface over a sweep, and both change alike.</summary>
    private const double DriftSd = 0.1;
    private static readonly ImmutableDictionary<string, ParameterTie> OneDrift = ImmutableDictionary<string, ParameterTie>.Empty.Add("R3_drift", new("R2_drift"));

    /// <summary>R_bulk that is known no better than this says nothing of damage: a cell shorts when it has lost as much.</summary>
    private const double BulkSdMax = 0.05;

    /// <summary>Points between these carry R_bulk; below, the interface shows.</summary>
    internal const double CarryLowHertz = SweepPart.LowestHertz;
    internal const double CarryHighHertz = 3e6;

    /// <summary>Capacitance of pellet and fixture, F, and of an interface, F/cm² (docs/simulated-rig.md).</summary>
    private const double BulkFarads = 10e-12;
    private const double InterfaceFaradsPerSquareCentimetre = 1e-6;

    /// <summary>Between an acid-treated interface (10 Ω cm²) and an untreated one (1000 Ω cm²).</summary>
    private const double TypicalInterfaceOhmSquareCentimetres = 100;

    /// <summary>An interface below this share of the bulk is described by one arc: two could not be told apart and would wander.</summary>
    private const double OneArcShare = 0.4;

    /// <summary>Where the valley does not show (acid-treated cells), the interface may be this share of the whole.</summary>
    private const double HiddenShare = 0.2;

    /// <summary>Circuit of a cell whose interface shows; contact that improves changes it within a sweep.</summary>
    public static Circuit TwoInterfaces { get; } = Circuit.Parse("L0-p(R1,CPE1)-Zarc1-p(R2,CPE2)-p(R3,CPE3)").WithDrift("R2", "R3");

    /// <summary>Circuit of a lithiophilic cell. A cell keeps the circuit of its first reading, so that no change of model looks like damage.</summary>
    public static Circuit OneInterface { get; } = Circuit.Parse("L0-p(R1,CPE1)-Zarc1-p(R2,CPE2)").WithDrift("R2");

    /// <summary>Reads one spectrum.</summary>
    /// <param name="spectrum">The sweep.</param>
    /// <param name="previous">The cell's last valid reading, or null: where the fit begins, and the circuit that the cell keeps.</param>
    /// <param name="areaSquareCentimetres">Electrode area, cm².</param>
    public static CellReading Read(Spectrum spectrum, CellReading? previous, double areaSquareCentimetres)
    {
        spectrum = SweepPoints.Cleaned(spectrum);
        var usable = spectrum.Points.IsDefaultOrEmpty ? [] : spectrum.Points.RemoveAll(point => !ImpedanceData.IsUsable(point));
        List<SpectrumPoint> carrying = [.. usable.Where(p => p.FrequencyHz is >= CarryLowHertz and <= CarryHighHertz)];
        var measured = Measured(spectrum, carrying, areaSquareCentimetres);
        if (previous is { Shape.IsLearnt: true } && carrying.Count > 0 && !usable.Any(point => point.FrequencyHz < CarryLowHertz))
            return double.IsFinite(measured.TemperatureCelsius) ? SentinelFit.Read(carrying, measured, previous, SweepPoints.Fingerprint(spectrum.Points)) : Invalid(spectrum, WithoutTemperature);
        var frequencies = usable.Select(p => p.FrequencyHz).Distinct().Count();
        if (frequencies < PointsMin)
            return Invalid(spectrum, $"{frequencies} usable points; {PointsMin} are needed");
        var fingerprint = SweepPoints.Fingerprint(spectrum.Points);
        if (previous is { Valid: true } && previous.Fingerprint == fingerprint)
            return Invalid(spectrum, NothingNew);
        var data = ImpedanceData.From(spectrum.Points);
        if (carrying.Count < CarryingMin || data.FrequenciesHz.Max() < CarryHighHertz / 30 || data.FrequenciesHz.Min() >= CarryLowHertz)
            return Invalid(spectrum, "the sweep does not reach from below 1 kHz to 100 kHz, which carry R_bulk");
        if (!double.IsFinite(measured.TemperatureCelsius))
            return Invalid(spectrum, WithoutTemperature);
        var seconds = measured.TimeSeconds;
        var (fit, shape) = Fit(data, previous, areaSquareCentimetres, seconds);
        if (!fit.Converged)
            return Invalid(spectrum, fit.Reason);
        if (!IsBulkFastest(fit))
            return Invalid(spectrum, "the arcs changed places: what should be the bulk is not the fastest");
        if (fit.AtBounds.Contains("R1"))
            return Invalid(spectrum, FormattableString.Invariant($"R_bulk ended at its bound, {fit["R1"]:G3} Ω, and that is no measurement"));
        var residual = Residual(fit, data);
        if (residual > ResidualMax)
            return Invalid(spectrum, FormattableString.Invariant($"the circuit leaves residuals of {residual:P1}"));
        var reading = Reading(measured, fit, residual);
        return reading.BulkRelativeSd > BulkSdMax
            ? Invalid(spectrum, FormattableString.Invariant($"R_bulk is known to {reading.BulkRelativeSd:P0} only"))
            : reading with { Shape = shape, Fingerprint = fingerprint };
    }

    /// <summary>
    /// While the cell's shape is being learnt a spectrum is fitted twice: by itself, which tells of the shape, and with what all so far say
    /// of it, which gives the reading.
    /// </summary>
    private static (FitResult Fit, CellShape Shape) Fit(ImpedanceData data, CellReading? previous, double area, double seconds)
    {
        var last = previous?.Parameters is { IsEmpty: false } parameters ? parameters : default;
        var circuit = (last.IsDefault ? IsHidden(data, Valley(data)) : last.Length == OneInterface.ParameterNames.Length) ? OneInterface : TwoInterfaces;
        var wide = new FitOptions
        {
            Noise = Noise, IterationsMax = IterationsMax, RejectAbove = 6, ReferenceSeconds = seconds, Ties = circuit == OneInterface ? FitOptions.Default.Ties : OneDrift,
            Priors = Priors(area, circuit), Bounds = ImmutableDictionary<string, ParameterBounds>.Empty.Add(BetweenTime, BetweenBounds),
        };
        var shape = previous?.Shape ?? CellShape.Unknown;
        if (shape.IsLearnt)
            return (From(last, circuit, data, wide with { Priors = shape.Priors(wide.Priors, circuit, last[circuit.ParameterNames.IndexOf("R1")]) }, area, shape.Misfit), shape);
        var alone = From(last, circuit, data, wide, area, shape.Misfit);
        if (!alone.Converged || !IsBulkFastest(alone))
            return (alone, shape);
        shape = shape.With(alone, Misfit(alone, data, wide, circuit));
        var together = CircuitFit.Fit(circuit, data, wide with { Start = alone.Values, Priors = shape.Priors(wide.Priors, circuit, alone["R1"]) });
        return (together.Converged ? together : alone, shape);
    }

    /// <summary>
    /// From the last reading; where that leads to a fit that is worse than the last, or far from it, from the shape of the spectrum as well,
    /// and the better is taken: arcs that changed places would look like a fall.
    /// </summary>
    private static FitResult From(ImmutableArray<double> last, Circuit circuit, ImpedanceData data, FitOptions options, double area, double usualMisfit)
    {
        if (last.IsDefault)
            return Best(Cold(circuit, data, options, area), options, circuit)!;
        var between = circuit.ParameterNames.IndexOf(BetweenTime);
        var warm = CircuitFit.Fit(circuit, data, options with { Start = last.SetItem(between, Math.Clamp(last[between], BetweenBounds.Low, BetweenBounds.High)) });
        var bulk = circuit.ParameterNames.IndexOf("R1");
        if (warm.Converged && Math.Abs(Math.Log(warm.Values[bulk] / last[bulk])) < NearLog && Misfit(warm, data, options, circuit) < usualMisfit * Suspicious)
            return warm;
        return Best(Cold(circuit, data, options, area).Append(warm), options, circuit) ?? warm;
    }

    /// <summary>From the valley, and where it may be hidden from a share of the whole.</summary>
    private static IEnumerable<FitResult> Cold(Circuit circuit, ImpedanceData data, FitOptions options, double area)
    {
        var whole = Math.Max(1, data.RealOhms[Slowest(data)]); // A cell that shorts within the sweep may end below zero.
        yield return CircuitFit.Fit(circuit, data, options with { Start = Start(circuit, area, Valley(data), whole) });
        if (circuit == OneInterface)
            yield return CircuitFit.Fit(circuit, data, options with { Start = Start(circuit, area, (1 - HiddenShare) * whole, whole) });
    }

    /// <summary>Of those that converged the one with the least χ², else the first.</summary>
    private static FitResult? Best(IEnumerable<FitResult> fits, FitOptions options, Circuit circuit)
    {
        var all = fits.ToList();
        return all.Where(fit => fit.Converged).MinBy(fit => Whole(fit, options.Priors, circuit)) ?? all.FirstOrDefault();
    }

    private static bool IsBulkFastest(FitResult fit)
    {
        // Of a resistance beside a CPE: τ = (RQ)^(1/n).
        double LogSeconds(string arc) => Math.Log(fit[$"R{arc}"] * fit[$"CPE{arc}_0"]) / fit[$"CPE{arc}_1"];
        return InterfaceNames.Where(fit.Names.Contains).All(name => LogSeconds(name[1..]) > LogSeconds("1"));
    }

    /// <summary>χ² with what the priors add.</summary>
    private static double Whole(FitResult fit, ImmutableArray<ParameterPrior> priors, Circuit circuit) => fit.ChiSquare + priors.Sum(prior =>
    {
        var value = fit.Values[prior.Parameter];
        var distance = circuit.Parameters[prior.Parameter].IsLogarithmic ? Math.Log(value / prior.Value) : value - prior.Value;
        return distance * distance / (prior.Sd * prior.Sd);
    });

    /// <summary>Relative residual with what the priors are missed by: arcs that exchanged their places fit as well and miss them.</summary>
    private static double Misfit(FitResult fit, ImpedanceData data, FitOptions options, Circuit circuit) =>
        Noise * Math.Sqrt(Whole(fit, options.Priors, circuit) / (2 * data.Count));

    private static double Residual(FitResult fit, ImpedanceData data) => Noise * Math.Sqrt(fit.ChiSquare / (2 * data.Count));

    /// <summary>When and at what a sweep was measured, over the points that carry R_bulk.</summary>
    private static CellReading Measured(Spectrum spectrum, List<SpectrumPoint> carrying, double area)
    {
        var mean = SweepPoints.Amperes(carrying, area);
        var current = RestingCurrent.Is(mean, area) ? 0 : mean;
        return new()
        {
            Valid = false,
            TimeSeconds = SweepPoints.Seconds(carrying),
            EndSeconds = spectrum.EndSeconds,
            TemperatureCelsius = SweepPoints.Celsius(carrying),
            PressureMegapascals = SweepPoints.Megapascals(carrying),
            CurrentAmperes = current,
            AmperesPerSquareCentimetre = current / area,
        };
    }

    private static CellReading Reading(CellReading measured, FitResult fit, double residual)
    {
        var bulkSd = Math.Sqrt(Math.Max(0, Covariance(fit, BulkNames, BulkNames)));
        var interfaceSd = Math.Sqrt(Math.Max(0, Covariance(fit, InterfaceNames, InterfaceNames)));
        return measured with
        {
            Valid = true,
            BulkOhms = Sum(fit, BulkNames),
            BulkRelativeSd = bulkSd,
            InterfaceOhms = Sum(fit, InterfaceNames),
            InterfaceRelativeSd = interfaceSd,
            Residual = residual,
            Parameters = fit.Values,
            Correlation = bulkSd > 0 && interfaceSd > 0 ? Covariance(fit, BulkNames, InterfaceNames) / (bulkSd * interfaceSd) : 0,
        };
    }

    private static double Sum(FitResult fit, ImmutableArray<string> names) => names.Where(fit.Names.Contains).Sum(name => fit[name]);

    /// <summary>Covariance of the logarithms of two sums of resistances: that of the fit is of ln p.</summary>
    private static double Covariance(FitResult fit, ImmutableArray<string> one, ImmutableArray<string> other)
    {
        double Of(string a, string b) => fit[a] * fit[b] * fit.Covariance[(fit.Names.IndexOf(a) * fit.Names.Length) + fit.Names.IndexOf(b)];
        return one.Where(fit.Names.Contains).Sum(a => other.Where(fit.Names.Contains).Sum(b => Of(a, b))) / (Sum(fit, one) * Sum(fit, other));
    }

    private static CellReading Invalid(Spectrum spectrum, string why) => new()
    {
        Valid = false, WhyNotValid = why, TimeSeconds = spectrum.EndSeconds, EndSeconds = spectrum.EndSeconds,
    };

    private static int Slowest(ImpedanceData data) => Enumerable.Range(0, data.Count).MinBy(i => data.FrequenciesHz[i]);

    /// <summary>Re Z where -Im Z is least between the arcs, Ω: bulk and what is in series with it.</summary>
    private static double Valley(ImpedanceData data) => Math.Max(1, data.RealOhms[
        Enumerable.Range(0, data.Count).Where(i => data.FrequenciesHz[i] is >= CarryLowHertz and <= 1e6).MinBy(i => Math.Abs(data.ImaginaryOhms[i]) / data.Modulus(i))]);

    private static bool IsHidden(ImpedanceData data, double valley) => data.RealOhms[Slowest(data)] - valley < OneArcShare * valley;

    /// <summary>A start: bulk and interface from the spectrum, the rest as cells have it.</summary>
    private static ImmutableArray<double> Start(Circuit circuit, double area, double bulk, double whole)
    {
        var inner = Math.Max(0.01 * bulk, whole - bulk);
        var farads = InterfaceFaradsPerSquareCentimetre * area;
        ImmutableArray<double> common = [4e-7, bulk, BulkFarads, 0.99, BetweenOhmSquareCentimetres / area, BetweenSeconds, 0.9];
        return circuit == OneInterface
            ? [.. common, inner, 0, Admittance(farads, inner), 0.87]
            : [.. common, 0.35 * inner, 0, Admittance(farads, 0.35 * inner), 0.87, 0.65 * inner, 0, Admittance(farads, 0.65 * inner), 0.87];
    }

    /// <summary>Q of a CPE with an effective capacitance: τ = R C, Q = τⁿ/R.</summary>
    private static double Admittance(double farads, double ohms) => Math.Pow(farads * ohms, 0.87) / ohms;

    /// <summary>
    /// Wide where the data decide, narrow only for shapes: sd of ln p, of p for exponents and drifts. Those of resistances are the same for
    /// every sweep: a prior that followed the last reading would let R_bulk and a small interface wander against each other.
    /// </summary>
    private static ImmutableArray<ParameterPrior> Priors(double area, Circuit circuit)
    {
        var farads = InterfaceFaradsPerSquareCentimetre * area;
        var typical = TypicalInterfaceOhmSquareCentimetres / area;
        ImmutableArray<ParameterPrior> common =
        [
            new(0, 4e-7, 1), new(2, BulkFarads, 1.5), new(3, 0.98, 0.03),
            new(4, BetweenOhmSquareCentimetres / area, BetweenLogSd), new(5, BetweenSeconds, 0.7), new(6, 0.9, 0.03),
        ];
        return circuit == OneInterface
            ? [.. common, .. Interface(7, typical, farads)]
            : [.. common, .. Interface(7, 0.35 * typical, farads), .. Interface(11, 0.65 * typical, farads)];
    }

    private static ImmutableArray<ParameterPrior> Interface(int first, double ohms, double farads) =>
        [new(first, ohms, 3), new(first + 1, 0, DriftSd), new(first + 2, Admittance(farads, ohms), 1.2), new(first + 3, 0.87, 0.05)];
}
