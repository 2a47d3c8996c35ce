using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;

namespace CycleRig.Reports.Fits;

/// <summary>Resistances of which the points tell the sum but not the parts, such as R0 and R1 without points above the bulk arc's top.</summary>
internal static class SumsOfResistances
{
    /// <summary>Parts that are known worse than this are worth a word.</summary>
    private const double ErrorMin = 0.05;

    /// <summary>And when their sum is known better by this factor.</summary>
    private const double GainMin = 5;

    /// <summary>Of a bound, as near as this is at it.</summary>
    private const double NearBound = 1.01;

    public static IEnumerable<string> Lines(Circuit circuit, FitResult fit)
    {
        foreach (var name in fit.AtBounds.Where(name => circuit.Parameters[fit.Names.IndexOf(name)] is { Role: ParameterRole.Resistance } kind && Math.Abs(fit[name]) <= kind.Low * NearBound))
            yield return $"note: {name} ended at 0: the other values and errors hold for that only. Without points above the top of an arc, the points tell {name} and the resistance of that arc together, not apart";
        int[] resistances = [.. Enumerable.Range(0, fit.Names.Length).Where(k => circuit.Parameters[k].Role == ParameterRole.Resistance && fit.StandardErrors[k] > 0)];
        foreach (var a in resistances)
        {
            foreach (var b in resistances.Where(b => b > a))
            {
                var (sum, error) = (fit.Values[a] + fit.Values[b], Error(fit, a, b));
                if (fit.StandardErrors[a] > ErrorMin * Math.Abs(fit.Values[a]) && fit.StandardErrors[b] > ErrorMin * Math.Abs(fit.Values[b]) && error * GainMin < fit.StandardErrors[a])
                    yield return $"note: the points tell {fit.Names[a]} + {fit.Names[b]} = {SiText.WithError(sum, error, "Ω")} ± {SiText.Error(sum, error, "Ω")}, but not the two apart";
            }
        }
    }

    /// <summary>Standard error of the sum; the covariance is that of the logarithms.</summary>
    private static double Error(FitResult fit, int a, int b)
    {
        double At(int i, int j) => fit.Values[i] * fit.Values[j] * fit.Covariance[(i * fit.Names.Length) + j];
        return Math.Sqrt(Math.Max(0, At(a, a) + At(b, b) + (2 * At(a, b))));
    }
}
