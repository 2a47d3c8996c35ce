using System.Collections.Immutable;
using System.Globalization;
using CycleRig.Core.Quantities;
using MathNet.Numerics.Distributions;

namespace CycleRig.Impedance.Derived;

/// <summary>
/// Activation energy from conductivities at several temperatures: a straight line of ln(σ T), or ln σ, against 1/(k T), weighted by the
/// standard errors where they are known. Intervals are Student's t with the scatter of the points about the line.
/// </summary>
public sealed record ArrheniusFit
{
    /// <summary>Fewest temperatures: two always lie on a line.</summary>
    public const int TemperaturesMin = 3;

    /// <summary>k in eV/K (exact since the SI of 2019).</summary>
    public const double BoltzmannElectronVoltsPerKelvin = 8.617333262e-5;

    /// <summary>Temperatures closer than this are one temperature, K.</summary>
    private const double TemperatureStepKelvins = 0.1;

    /// <summary>A bend or a stray point is told when chance would give it in fewer than 1 of 20 fits.</summary>
    private const double Significance = 0.05;

    /// <summary>And when a point is off by more than this share: no cell is measured closer, and rounding is not worth a word.</summary>
    private const double DeviationMin = 1e-3;

    public required ArrheniusForm Form { get; init; }

    /// <summary>Ea.</summary>
    public required ActivationEnergy Energy { get; init; }

    /// <summary>One standard error of Ea.</summary>
    public required ActivationEnergy StandardError { get; init; }

    /// <summary>Lower end of the 95 % interval.</summary>
    public required ActivationEnergy Low { get; init; }

    /// <summary>Upper end of the 95 % interval.</summary>
    public required ActivationEnergy High { get; init; }

    /// <summary>ln A: of S K/m with the temperature in the law, of S/m without.</summary>
    public required double LogPrefactor { get; init; }

    /// <summary>One standard error of ln A; it goes with that of Ea.</summary>
    public required double LogPrefactorStandardError { get; init; }

    /// <summary>ln of measured by fitted conductivity, in the order of the points.</summary>
    public required ImmutableArray<double> Residuals { get; init; }

    /// <summary>Probability that chance bends the line this much (F test of a square term); NaN with three points.</summary>
    public required double CurvaturePValue { get; init; }

    /// <summary>The point farthest from the line of the others; null with three points, of which none can be told.</summary>
    public required int? WorstPoint { get; init; }

    /// <summary>Probability that chance puts one of these points so far off (Student's t without it, times the number of points); NaN with three.</summary>
    public required double WorstPointPValue { get; init; }

    /// <summary>What to look at: a bend, a stray point; "" when the points lie on a line.</summary>
    public required string Remark { get; init; }

    /// <summary>Fits one law.</summary>
    /// <param name="points">In any order; three temperatures or more, no two within 0.1 K.</param>
    /// <param name="form">Which law.</param>
    /// <exception cref="UnusableDataException">Too few or equal temperatures, a conductivity not above 0, errors for some points only.</exception>
    public static ArrheniusFit Fit(IReadOnlyList<ArrheniusPoint> points, ArrheniusForm form)
    {
        Check(points);
        double[] x = [.. points.Select(point => 1 / (BoltzmannElectronVoltsPerKelvin * point.Temperature.Kelvins))];
        double[] y = [.. points.Select(point => LogOf(point, form))];
        double[]? weights = points[0].StandardError.SiemensPerMetre > 0 ? [.. points.Select(Weight)] : null;
        // About the middle and in units of the range, so that the square term is no multiple of the straight one.
        var middle = x.Average();
        var range = (x.Max() - x.Min()) / 2;
        var line = LinearModel.Fit([.. x.Select(v => new[] { 1, (v - middle) / range })], y, weights);
        var energy = -line.Coefficients[1] / range;
        var error = line.StandardError(1) / range;
        var half = LinearModel.Student95(line.DegreesOfFreedom) * error;
        var curvature = points.Count == TemperaturesMin
            ? double.NaN
            : line.PValueOf(LinearModel.Fit([.. x.Select(v => (v - middle) / range).Select(u => new[] { 1, u, u * u })], y, weights));
        var (worst, worstP) = Stray(line);
        double[] residuals = [.. y.Select((value, i) => value - line.Coefficients[0] + (energy * (x[i] - middle)))];
        return new()
        {
            Form = form,
            Energy = new(energy),
            StandardError = new(error),
            Low = new(energy - half),
            High = new(energy + half),
            LogPrefactor = line.Coefficients[0] + (energy * middle),
            // Middle of the line and slope are correlated where weights differ.
            LogPrefactorStandardError = Math.Sqrt(line.Variance * (line.InverseNormal[0, 0]
                - (2 * middle / range * line.InverseNormal[0, 1]) + (middle / range * middle / range * line.InverseNormal[1, 1]))),
            Residuals = [.. residuals],
            CurvaturePValue = curvature,
            WorstPoint = worst,
            WorstPointPValue = worstP,
            Remark = Remarks(points, residuals, curvature, worst, worstP),
        };
    }

    /// <summary>Conductivity by the law at a temperature.</summary>
    public Conductivity At(Temperature temperature)
    {
        var value = Math.Exp(LogPrefactor - (Energy.ElectronVolts / (BoltzmannElectronVoltsPerKelvin * temperature.Kelvins)));
        return new(Form == ArrheniusForm.WithTemperature ? value / temperature.Kelvins : value);
    }

    /// <summary>Such as `Ea = 0.3861 eV (95 %: 0.382 to 0.39), from ln(σ T)`.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Ea = {Energy.ElectronVolts:G4} eV (95 %: {Low.ElectronVolts:G4} to {High.ElectronVolts:G4}), from {(Form == ArrheniusForm.WithTemperature ? "ln(σ T)" : "ln σ")}{(Remark.Length > 0 ? "; " + Remark : "")}");

    private static double LogOf(ArrheniusPoint point, ArrheniusForm form) =>
        Math.Log(point.Conductivity.SiemensPerMetre) + (form == ArrheniusForm.WithTemperature ? Math.Log(point.Temperature.Kelvins) : 0);

    private static double Weight(ArrheniusPoint point)
    {
        var relative = point.StandardError.SiemensPerMetre / point.Conductivity.SiemensPerMetre;
        return 1 / (relative * relative);
    }

    /// <summary>Externally studentised residuals; Bonferroni for having looked at all points (Cook and Weisberg 1982, ch. 2).</summary>
    private static (int? Point, double PValue) Stray(LinearModel line)
    {
        if (line.DegreesOfFreedom < 2)
            return (null, double.NaN);
        var (worst, largest) = (0, -1.0);
        for (var i = 0; i < line.Residuals.Length; i++)
        {
            var free = 1 - line.Leverages[i];
            var square = line.Residuals[i] * line.Residuals[i];
            var others = Math.Max(0, line.SumOfSquares - (square / free)) / (line.DegreesOfFreedom - 1);
            var t = square == 0 ? 0 : Math.Sqrt(square / free / others);
            if (t > largest)
                (worst, largest) = (i, t);
        }

        return (worst, Math.Min(1, 2 * line.Residuals.Length * StudentT.CDF(0, 1, line.DegreesOfFreedom - 1, -largest)));
    }

    private static string Remarks(IReadOnlyList<ArrheniusPoint> points, double[] residuals, double curvature, int? worst, double worstP)
    {
        if (residuals.Max(Math.Abs) < DeviationMin)
            return "";
        // One stray point bends a line too, and a bend makes its end stray: the likelier explanation is told.
        if (worst is { } i && worstP < Significance && !(curvature < worstP))
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"the point at {points[i].Temperature} lies {100 * (Math.Exp(residuals[i]) - 1):+0.0;-0.0} % off the line (p = {worstP:G2}); was the temperature settled?");
        }

        return curvature < Significance
            ? string.Create(CultureInfo.InvariantCulture, $"the points lie on a bend (p = {curvature:G2}): a change of phase or of mechanism, or points that were not settled")
            : "";
    }

    private static void Check(IReadOnlyList<ArrheniusPoint> points)
    {
        if (points.Count < TemperaturesMin)
            throw new UnusableDataException($"{points.Count} temperatures; an activation energy with an interval needs {TemperaturesMin} or more");
        foreach (var point in points)
        {
            if (!(point.Temperature.Kelvins > 0) || !double.IsFinite(point.Temperature.Kelvins))
                throw new UnusableDataException($"a point has the temperature {point.Temperature}; give it above 0 K");
            if (!(point.Conductivity.SiemensPerMetre > 0) || !double.IsFinite(point.Conductivity.SiemensPerMetre))
                throw new UnusableDataException($"the conductivity at {point.Temperature} is {point.Conductivity}; give one above 0");
            if (!(point.StandardError.SiemensPerMetre >= 0) || !double.IsFinite(point.StandardError.SiemensPerMetre))
                throw new UnusableDataException($"the standard error at {point.Temperature} is {point.StandardError}; give 0 or more");
        }

        if (points.Select(point => point.StandardError.SiemensPerMetre > 0).Distinct().Count() > 1)
            throw new UnusableDataException("some points have a standard error and some have none; give one for each point, or for none");
        double[] kelvins = [.. points.Select(point => point.Temperature.Kelvins).Order()];
        for (var i = 1; i < kelvins.Length; i++)
        {
            if (kelvins[i] - kelvins[i - 1] < TemperatureStepKelvins)
                throw new UnusableDataException($"two points are at {new Temperature(kelvins[i])}; give their mean, or one of them");
        }
    }
}
