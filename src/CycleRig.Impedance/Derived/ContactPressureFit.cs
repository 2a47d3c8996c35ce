using System.Globalization;

namespace CycleRig.Impedance.Derived;

/// <summary>
/// Interfacial resistance against stack pressure: ln R = ln R₀ - m ln P + h on the falling branch, by least squares with Student's t. An
/// exponent of about 0.5 was measured on Li6PS5Cl contacts (arXiv 2501.00600).
/// </summary>
public sealed record ContactPressureFit
{
    /// <summary>Fewest points of a law with an interval.</summary>
    public const int PointsMin = 3;

    /// <summary>m in R ~ P^-m.</summary>
    public required Estimate Exponent { get; init; }

    /// <summary>R at 1 MPa of rising pressure by the law, in the unit of the resistances.</summary>
    public required Estimate AtOneMegapascal { get; init; }

    /// <summary>R of falling by R of rising pressure, at equal pressure; null without a falling branch. Below 1: contact that was made stays.</summary>
    public required Estimate? Hysteresis { get; init; }

    /// <summary>Probability that chance bends the line this much (F test of a square term); NaN with too few points.</summary>
    public required double CurvaturePValue { get; init; }

    /// <summary>Fits the law.</summary>
    /// <param name="megapascals">N pressures, above 0, at least three different ones.</param>
    /// <param name="resistances">N resistances, above 0, all in one unit.</param>
    /// <param name="falling">N marks: whether the pressure had been higher before.</param>
    /// <exception cref="UnusableDataException">Too few points or pressures, or a value that is not above 0.</exception>
    public static ContactPressureFit Of(IReadOnlyList<double> megapascals, IReadOnlyList<double> resistances, IReadOnlyList<bool> falling)
    {
        Check(megapascals, resistances);
        var both = falling.Distinct().Count() == 2;
        if (both && megapascals.Count == PointsMin)
            throw new UnusableDataException("three points on a rising and a falling branch; a law with hysteresis needs 4 or more");
        var middle = megapascals.Average(Math.Log);
        double[] x = [.. megapascals.Select(pressure => Math.Log(pressure) - middle)];
        double[] y = [.. resistances.Select(resistance => Math.Log(resistance))];
        var line = LinearModel.Fit([.. x.Select((v, i) => Row(v, i))], y);
        // The same line with its origin at 1 MPa: its constant and the constant's error are those of R there.
        var atOne = LinearModel.Fit([.. x.Select((v, i) => Row(v + middle, i))], y);
        return new()
        {
            Exponent = Estimate.OfCoefficient(line, 1).Times(-1),
            AtOneMegapascal = Estimate.OfCoefficient(atOne, 0).Through(Math.Exp),
            Hysteresis = both ? Estimate.OfCoefficient(line, 2).Through(Math.Exp) : null,
            CurvaturePValue = line.DegreesOfFreedom < 2 ? double.NaN
                : line.PValueOf(LinearModel.Fit([.. x.Select((v, i) => (double[])[.. Row(v, i), v * v])], y)),
        };

        double[] Row(double value, int i) => both ? [1, value, falling[i] ? 1 : 0] : [1, value];
    }

    /// <summary>R by the law at a pressure, in the unit of the resistances.</summary>
    public double At(double megapascals, bool falling) =>
        AtOneMegapascal.Value * Math.Pow(megapascals, -Exponent.Value) * (falling ? Hysteresis?.Value ?? 1 : 1);

    private static void Check(IReadOnlyList<double> megapascals, IReadOnlyList<double> resistances)
    {
        if (megapascals.Select(pressure => Math.Round(pressure, 2)).Distinct().Count() is var different and < PointsMin)
            throw new UnusableDataException($"{different} different pressures; an exponent with an interval needs {PointsMin} or more");
        foreach (var value in megapascals.Concat(resistances))
        {
            if (!(value > 0) || !double.IsFinite(value))
                throw new UnusableDataException(string.Create(CultureInfo.InvariantCulture, $"a pressure or resistance is {value:G4}; a power law needs values above 0"));
        }
    }
}
