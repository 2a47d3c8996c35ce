using System.Numerics;
using CycleRig.Testing;

namespace CycleRig.Impedance.Tests.Fitting;

/// <summary>
/// Spectra with known parameters over wide ranges, computed by formulas of their own, with the least error that any unbiased fit can have
/// (Cramér and Rao) from differences of those formulas.
/// </summary>
internal static class SyntheticSpectra
{
    /// <summary>Formula of a kind: parameters as the circuit has them, s = jω.</summary>
    private delegate Complex Formula(double[] p, Complex s);

    private static readonly (string Name, string Circuit, Formula Formula)[] Kinds =
    [
        ("garnet", "R0-p(R1,CPE1)-p(R2,CPE2)", TwoArcs),
        ("overlapping", "R0-p(R1,CPE1)-p(R2,CPE2)", TwoArcs),
        ("inductive", "L0-R0-p(R1,CPE1)-p(R2,CPE2)", (p, s) => (s * p[0]) + TwoArcs(p[1..], s)),
        ("three arcs", "R0-p(R1,CPE1)-p(R2,CPE2)-p(R3,CPE3)", (p, s) => TwoArcs(p[..7], s) + Arc(p[7], p[8], p[9], s)),
        ("diffusion", "R0-p(R1-W1,CPE1)", (p, s) => p[0] + (1 / ((p[3] * Complex.Pow(s, p[4])) + (1 / (p[1] + (p[2] * Math.Sqrt(2) / Complex.Sqrt(s))))))),
        ("layer", "R0-p(R1,CPE1)-Ws2", (p, s) => p[0] + Arc(p[1], p[2], p[3], s) + (p[4] * Complex.Tanh(Complex.Sqrt(s * p[5])) / Complex.Sqrt(s * p[5]))),
        ("blocking", "R0-p(R1,CPE1)-CPE2", (p, s) => p[0] + Arc(p[1], p[2], p[3], s) + (1 / (p[4] * Complex.Pow(s, p[5])))),
        ("one arc", "R0-p(R1,CPE1)", (p, s) => p[0] + Arc(p[1], p[2], p[3], s)),
        ("Gerischer", "R0-G1", (p, s) => p[0] + (p[1] / Complex.Sqrt(1 + (s * p[2])))),
        ("outliers", "R0-p(R1,CPE1)-p(R2,CPE2)", TwoArcs),
        ("drift", "R0-p(R1,CPE1)-p(R2,CPE2)", TwoArcs),
    ];

    /// <summary>R1 and R2.</summary>
    private static readonly int[] Drifting = [1, 4];

    /// <summary>How many kinds there are.</summary>
    public static int KindCount => Kinds.Length;

    /// <summary>Draws one.</summary>
    /// <param name="kind">0 to <see cref="KindCount"/> - 1.</param>
    /// <param name="draw">The source of chance.</param>
    public static SyntheticSpectrum Draw(int kind, Random draw)
    {
        var (name, circuit, formula) = Kinds[kind];
        var noise = LogBetween(draw, 0.001, 0.02);
        var top = LogBetween(draw, 1e6, 3e7);
        var bottom = LogBetween(draw, 0.1, 10);
        var perDecade = draw.Next(6, 13);
        var count = (int)(perDecade * Math.Log10(top / bottom)) + 1;
        double[] frequencies = [.. Enumerable.Range(0, count).Select(i => top * Math.Pow(10, -i / (double)perDecade))];
        var truth = Parameters(name, top, bottom, draw);
        double[] times = name == "drift" ? Times(frequencies) : [];
        var slopes = name == "drift" ? (First: 0.1 * (draw.NextDouble() - 0.5), Second: 0.2 * (draw.NextDouble() - 0.5)) : default;
        var z = frequencies.Select((f, i) => formula(Moved(truth, times, i, slopes), new(0, 2 * Math.PI * f))).ToArray();
        var bounds = Bounds(truth, z, noise, (p, i) => formula(Moved(p, times, i, slopes), new(0, 2 * Math.PI * frequencies[i])), Slopes(name, truth, times, frequencies));
        var measured = z.Select(value => value + (noise * value.Magnitude * new Complex(Gaussian.Draw(draw), Gaussian.Draw(draw)))).ToArray();
        if (name == "outliers")
            Spoil(measured, draw);
        return new(name, circuit, new(frequencies, [.. measured.Select(v => v.Real)], [.. measured.Select(v => v.Imaginary)], times), noise, truth, bounds);
    }

    private static double[] Parameters(string name, double top, double bottom, Random draw)
    {
        double Log(double low, double high) => LogBetween(draw, low, high);
        double Exponent() => 0.75 + (0.24 * draw.NextDouble());
        // A peak within the sweep, as the field would choose it.
        double Rate(double from, double to) => 2 * Math.PI * Log(bottom * Math.Pow(top / bottom, from), bottom * Math.Pow(top / bottom, to));
        double[] Arc(double ohms, double rate, double exponent) => [ohms, 1 / (ohms * Math.Pow(rate, exponent)), exponent];
        var bulk = Log(300, 3e4);
        var second = bulk * Log(0.2, 10);
        switch (name)
        {
            case "overlapping":
                var rate = Rate(0.35, 0.7);
                return [bulk * Log(0.01, 0.2), .. Arc(bulk, rate * Log(5, 15), Exponent()), .. Arc(bulk * Log(0.4, 2.5), rate / Log(1, 3), Exponent())];
            case "inductive":
                return [Log(0.01, 0.1) * bulk / (2 * Math.PI * top) * 3, bulk * Log(0.02, 0.3), .. Arc(bulk, Rate(0.7, 0.88), Exponent()), .. Arc(second, Rate(0.2, 0.45), Exponent())];
            case "three arcs":
                return [bulk * Log(0.02, 0.3), .. Arc(bulk, Rate(0.8, 0.92), Exponent()), .. Arc(bulk * Log(0.3, 2), Rate(0.5, 0.6), Exponent()), .. Arc(second, Rate(0.15, 0.3), Exponent())];
            case "diffusion":
                var corner = Rate(0.5, 0.8);
                var (q, n) = (1 / (bulk * Math.Pow(corner, 0.85)), 0.85);
                return [bulk * Log(0.02, 0.5), bulk, bulk * Log(0.1, 1) * Math.Sqrt(2 * Math.PI * bottom) * 3, q, n];
            case "layer":
                return [bulk * Log(0.02, 0.5), .. Arc(bulk, Rate(0.6, 0.85), Exponent()), bulk * Log(0.3, 3), 2.5 / Rate(0.15, 0.35)];
            case "blocking":
                return [bulk * Log(0.02, 0.5), .. Arc(bulk, Rate(0.6, 0.9), Exponent()), 1 / (bulk * Math.Pow(Rate(0.1, 0.35), 0.9)), 0.8 + (0.15 * draw.NextDouble())];
            case "one arc":
                return [bulk * Log(0.01, 2), .. Arc(bulk, Rate(0.3, 0.8), Exponent())];
            case "Gerischer":
                return [bulk * Log(0.02, 2), bulk, 1 / Rate(0.3, 0.7)];
            default:
                return [bulk * Log(0.01, 0.2), .. Arc(bulk, Rate(0.75, 0.93), Exponent()), .. Arc(second, Rate(0.2, 0.5), Exponent())];
        }
    }

    /// <summary>Two periods a point and 0.1 s: from the first to the last point.</summary>
    private static double[] Times(double[] frequencies)
    {
        var time = 0.0;
        return [.. frequencies.Select(f => time += 0.1 + (2 / f))];
    }

    /// <summary>R1 and R2 change linearly; the parameters hold at the mean time.</summary>
    private static double[] Moved(double[] truth, double[] times, int point, (double First, double Second) slopes)
    {
        if (times.Length == 0)
            return truth;
        var part = (times[point] - times.Average()) / (times[^1] - times[0]);
        double[] moved = [.. truth];
        moved[1] *= 1 + (slopes.First * part);
        moved[4] *= 1 + (slopes.Second * part);
        return moved;
    }

    private static (int Parameter, double[] Parts)[] Slopes(string name, double[] truth, double[] times, double[] frequencies) => name != "drift" ? [] :
        [.. Drifting.Select(k => (k, Enumerable.Range(0, frequencies.Length).Select(i => (times[i] - times.Average()) / (times[^1] - times[0])).ToArray()))];

    /// <summary>Standard deviations of ln p, of p for exponents, of the best unbiased fit; slopes of a drift are unknown to it too.</summary>
    private static double[] Bounds(double[] truth, Complex[] z, double noise, Func<double[], int, Complex> at, (int Parameter, double[] Parts)[] slopes)
    {
        var count = truth.Length + slopes.Length;
        var information = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(count, count);
        for (var i = 0; i < z.Length; i++)
        {
            var row = new Complex[count];
            for (var k = 0; k < truth.Length; k++)
                row[k] = Derivative(truth, k, p => at(p, i)) / (noise * z[i].Magnitude);
            for (var m = 0; m < slopes.Length; m++)
                row[truth.Length + m] = row[slopes[m].Parameter] * slopes[m].Parts[i];
            for (var a = 0; a < count; a++)
            {
                for (var b = 0; b < count; b++)
                    information[a, b] += (row[a].Real * row[b].Real) + (row[a].Imaginary * row[b].Imaginary);
            }
        }

        var inverse = information.Inverse();
        return [.. truth.Select((_, k) => Math.Sqrt(inverse[k, k]))];
    }

    private static Complex Derivative(double[] truth, int k, Func<double[], Complex> at)
    {
        const double step = 1e-4;
        return (Shifted(step) - Shifted(-step)) / (2 * step);

        Complex Shifted(double by)
        {
            double[] moved = [.. truth];
            moved[k] = IsExponent(truth[k]) ? moved[k] + by : moved[k] * Math.Exp(by);
            return at(moved);
        }
    }

    /// <summary>Only exponents lie there: resistances are above 1, capacitances below 1e-3, times are told apart by the circuit's kinds.</summary>
    public static bool IsExponent(double value) => value is > 0.6 and < 1;

    private static void Spoil(Complex[] measured, Random draw)
    {
        for (var n = Math.Max(1, measured.Length * draw.Next(2, 6) / 100); n > 0; n--)
            measured[draw.Next(measured.Length)] *= 1 + ((0.05 + (0.45 * draw.NextDouble())) * Complex.Exp(new(0, 2 * Math.PI * draw.NextDouble())));
    }

    private static Complex TwoArcs(double[] p, Complex s) => p[0] + Arc(p[1], p[2], p[3], s) + Arc(p[4], p[5], p[6], s);

    private static Complex Arc(double ohms, double q, double exponent, Complex s) => ohms / (1 + (ohms * q * Complex.Pow(s, exponent)));

    private static double LogBetween(Random draw, double low, double high) => low * Math.Pow(high / low, draw.NextDouble());
}

/// <summary>A spectrum with what is known of it.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Circuit">The circuit that describes it.</param>
/// <param name="Data">The points, with noise.</param>
/// <param name="Noise">Relative noise of each part.</param>
/// <param name="Truth">Parameters, at the mean time.</param>
/// <param name="Bounds">Least standard deviation of ln p, of p for exponents.</param>
internal sealed record SyntheticSpectrum(string Kind, string Circuit, ImpedanceData Data, double Noise, double[] Truth, double[] Bounds);
