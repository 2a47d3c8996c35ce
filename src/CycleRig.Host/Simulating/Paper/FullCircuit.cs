using CycleRig.Core.Evidence;
using CycleRig.Impedance;
using CycleRig.Impedance.Cells;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;

namespace CycleRig.Host.Simulating.Paper;

/// <summary>
/// Both interfaces by a circuit that has the constriction's arc as the cell does: the live fit leaves it to R_bulk and, by some 0.1 %,
/// to R_int, which is more than its standard error.
/// </summary>
internal static class FullCircuit
{
    private const double Noise = 0.003;
    private const double ConstrictionShare = 0.01;
    private const double ConstrictionHertz = 1e5;
    private const double ConstrictionExponent = 0.9;
    private const int BulkExponentIndex = 3;
    private const int ConstrictionIndex = 4;

    private static readonly Circuit Circuit = Circuit.Parse("L0-p(R1,CPE1)-p(R2,CPE2)-p(R3,CPE3)-p(R4,CPE4)");

    /// <summary>R_int, Ω, and its standard error relative; null where the fit does not end.</summary>
    /// <param name="spectrum">At rest.</param>
    /// <param name="live">What the live fit made of it: the start.</param>
    public static (double Ohms, double RelativeSd)? Interface(Spectrum spectrum, CellReading live)
    {
        var p = live.Parameters;
        var constriction = ConstrictionShare * p[1];
        var admittance = Math.Pow(1 / (2 * Math.PI * ConstrictionHertz), ConstrictionExponent) / constriction;
        var fit = CircuitFit.Fit(Circuit, ImpedanceData.From(spectrum.Points), new()
        {
            Noise = Noise,
            Start = [p[0], p[1], p[2], p[3], constriction, admittance, ConstrictionExponent, .. p[4..]],
            IterationsMax = 2000,
            Priors =
            [
                new(BulkExponentIndex, 0.98, 0.02), new(ConstrictionIndex, constriction, 1), new(ConstrictionIndex + 1, admittance, 1),
                new(ConstrictionIndex + 2, ConstrictionExponent, 0.05),
            ],
        });
        if (!fit.Converged)
            return null;
        var (first, second, count) = (fit.Names.IndexOf("R3"), fit.Names.IndexOf("R4"), fit.Names.Length);
        var (a, b) = (fit.Values[first], fit.Values[second]);
        var variance = (a * a * fit.Covariance[(first * count) + first]) + (b * b * fit.Covariance[(second * count) + second]) + (2 * a * b * fit.Covariance[(first * count) + second]);
        return (a + b, Math.Sqrt(variance) / (a + b));
    }
}
