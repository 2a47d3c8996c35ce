using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;
using Xunit;

namespace CycleRig.Impedance.Tests.Fitting;

/// <summary>
/// 2,200 spectra of eleven kinds over wide ranges (0.1-2 % noise, overlapping arcs, inductive tails, outliers, drift), fitted from the data
/// alone and held against what the data allow.
/// </summary>
public sealed class SyntheticSpectraTests(ITestOutputHelper output)
{
    private const int Count = 2200;

    /// <summary>What the data leave open by more says nothing of the fit.</summary>
    private const double BoundMax = 0.3;

    /// <summary>A normal deviate lies within 0.6745 of its standard deviation half of the time.</summary>
    private const double MedianOfNormal = 0.6745;

    [Fact]
    public void Cold_fits_reach_what_the_data_allow()
    {
        var seed = Random.Shared.Next(1_000_000);
        output.WriteLine($"seed {seed}");
        var cases = new Case[Count];
        Parallel.For(0, Count, i => cases[i] = Fitted(SyntheticSpectra.Draw(i % SyntheticSpectra.KindCount, new Random(seed + i))));
        foreach (var kind in cases.GroupBy(c => c.Kind))
            output.WriteLine(FormattableString.Invariant($"{kind.Key}: median {Median(kind):F2} bounds, 95 % within {Whole(kind, 0.95):F2}, covered {Covered(kind):P1}, gross {kind.Count(c => c.IsGross)}"));

        Assert.InRange(cases.Count(c => c.IsGross), 0, Count / 200); // 0.5 %
        Assert.InRange(Median(cases), 0.9, 1.3);
        Assert.InRange(Covered(cases), 0.93, 0.97);
        Assert.InRange(Whole(cases.Where(c => c.Kind == "outliers"), 0.95), 0, 3);
        Assert.InRange(Median(cases.Where(c => c.Kind == "drift")), 0, 1.3);
    }

    private static Case Fitted(SyntheticSpectrum spectrum)
    {
        var circuit = Circuit.Parse(spectrum.Circuit);
        var options = FitOptions.Default with { Noise = spectrum.Noise, RejectAbove = 5 };
        var fit = spectrum.Data.TimesSeconds.IsEmpty ? CircuitFit.Fit(circuit, spectrum.Data, options) : DriftFit.Fit(circuit, spectrum.Data, options).Fit;
        if (!fit.Converged)
            return new(spectrum.Kind, [], 0, true);
        var (errors, covered) = (new List<double>(), 0);
        for (var k = 0; k < spectrum.Truth.Length; k++)
        {
            if (spectrum.Bounds[k] > BoundMax)
                continue;
            var (value, truth, isLogarithmic) = (fit.Values[k], spectrum.Truth[k], circuit.Parameters[k].IsLogarithmic);
            var error = Math.Abs(isLogarithmic ? Math.Log(value / truth) : value - truth);
            errors.Add(error / spectrum.Bounds[k]);
            covered += error <= 1.96 * fit.StandardErrors[k] / (isLogarithmic ? value : 1) ? 1 : 0;
        }

        // Ten bounds away, or a χ² of which noise does not account for.
        var isGross = errors.Any(error => error > 10) || fit.ReducedChiSquare > 2;
        return new(spectrum.Kind, errors, covered, isGross);
    }

    /// <summary>Median error over that of normal deviates with the least standard deviation.</summary>
    private static double Median(IEnumerable<Case> cases) => Quantile(cases.SelectMany(c => c.Errors), 0.5) / MedianOfNormal;

    /// <summary>Quantile of the root mean square error of a spectrum.</summary>
    private static double Whole(IEnumerable<Case> cases, double share) =>
        Quantile(cases.Select(c => c.Errors.Count == 0 ? double.PositiveInfinity : Math.Sqrt(c.Errors.Average(e => e * e))), share);

    private static double Covered(IEnumerable<Case> cases) => cases.Sum(c => c.Covered) / (double)cases.Sum(c => c.Errors.Count);

    private static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)(share * (sorted.Count - 1))];
    }

    private sealed record Case(string Kind, List<double> Errors, int Covered, bool IsGross);
}
