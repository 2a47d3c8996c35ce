using System.Collections.Immutable;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;

namespace CycleRig.Impedance.Cells;

/// <summary>
/// What stays from sweep to sweep of a cell: leads, capacitance and exponents of its arcs, and the arc between bulk and interface as a share
/// of the bulk (so that it warms with it). It is the mean of what the cell's first spectra say, each by itself, and then stays as it is: a shape
/// that went on following would creep with R_bulk. With it R_bulk is read twice as well as from one spectrum alone.
/// </summary>
/// <param name="Spectra">How many have told of it.</param>
/// <param name="Values">ln p, p for exponents, in the order of <see cref="Kept"/>; those that a circuit does not have are left out.</param>
/// <param name="Sds">Standard deviations.</param>
/// <param name="Misfit">Mean misfit of these spectra, relative: a later one that is much larger has found a wrong optimum.</param>
public sealed record CellShape(int Spectra, ImmutableArray<double> Values, ImmutableArray<double> Sds, double Misfit)
{
    /// <summary>Spectra that tell of the shape.</summary>
    private const int SpectraMax = 8;

    /// <summary>Nothing is known.</summary>
    public static CellShape Unknown { get; } = new(0, [], [], 0);

    /// <summary>Whether it stays as it is from now on.</summary>
    public bool IsLearnt => Spectra >= SpectraMax;

    /// <summary>A shape is never known better than that: small errors of the circuit must be free to go somewhere.</summary>
    private static readonly ImmutableArray<(string Name, bool OverBulk, double SdMin)> Kept =
    [
        ("L0", false, 0.05), ("CPE1_0", false, 0.004), ("CPE1_1", false, 0.0004), ("Zarc1_0", true, 0.03), ("Zarc1_1", true, 0.03),
        ("Zarc1_2", false, 0.002), ("CPE2_1", false, 0.001), ("CPE3_1", false, 0.001),
    ];

    /// <summary>The shape after one spectrum more.</summary>
    /// <param name="fit">Its fit without a shape.</param>
    /// <param name="misfit">What the fit misses points and priors by, relative.</param>
    internal CellShape With(FitResult fit, double misfit)
    {
        var bulk = fit.Names.IndexOf("R1");
        var values = ImmutableArray.CreateBuilder<double>();
        var sds = ImmutableArray.CreateBuilder<double>();
        foreach (var (name, overBulk, least) in Kept.Where(kept => fit.Names.Contains(kept.Name)))
        {
            var (k, i) = (fit.Names.IndexOf(name), values.Count);
            double Covariance(int a, int b) => fit.Covariance[(a * fit.Names.Length) + b];
            var variance = Covariance(k, k) + (overBulk ? Covariance(bulk, bulk) - (2 * Covariance(k, bulk)) : 0);
            var value = IsExponent(name) ? fit.Values[k] : Math.Log(overBulk ? fit.Values[k] / fit.Values[bulk] : fit.Values[k]);
            var (mean, meanVariance) = Spectra == 0 ? (0, 0) : (Values[i], Sds[i] * Sds[i]);
            values.Add(((mean * Spectra) + value) / (Spectra + 1));
            // Of a mean; a parameter at its bound has no error of its own.
            var whole = ((meanVariance * Spectra * Spectra) + Math.Max(variance, least * least)) / ((Spectra + 1) * (Spectra + 1));
            sds.Add(Math.Max(least, Math.Sqrt(whole)));
        }

        return new(Spectra + 1, values.DrainToImmutable(), sds.DrainToImmutable(), ((Misfit * Spectra) + misfit) / (Spectra + 1));
    }

    /// <summary>Priors for a spectrum.</summary>
    /// <param name="wide">Those without a shape.</param>
    /// <param name="circuit">The cell's circuit.</param>
    /// <param name="bulkOhms">R1, Ω, or one near it.</param>
    internal ImmutableArray<ParameterPrior> Priors(ImmutableArray<ParameterPrior> wide, Circuit circuit, double bulkOhms)
    {
        var known = Kept.Where(kept => circuit.ParameterNames.Contains(kept.Name)).ToList();
        return
        [
            .. wide.Where(prior => !known.Any(kept => kept.Name == circuit.ParameterNames[prior.Parameter])),
            .. known.Select((kept, i) => new ParameterPrior(
                circuit.ParameterNames.IndexOf(kept.Name), IsExponent(kept.Name) ? Values[i] : Math.Exp(Values[i]) * (kept.OverBulk ? bulkOhms : 1), Sds[i])),
        ];
    }

    private static bool IsExponent(string name) => name is "CPE1_1" or "Zarc1_2" or "CPE2_1" or "CPE3_1";
}
