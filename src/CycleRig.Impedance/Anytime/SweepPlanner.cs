using System.Runtime.Intrinsics;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;
using MathNet.Numerics.LinearAlgebra;

namespace CycleRig.Impedance.Anytime;

/// <summary>
/// Which frequencies give the least variance of one parameter per second of sweep: a c-optimal design with costs (Elfving 1952,
/// doi 10.1214/aoms/1177729442; multiplicative weights: Fellman 1974, Silvey, Titterington, Torsney 1978), then rounded to points by exchange.
/// For the sentinel sweep the bulk arc's shape is known from rest.
/// </summary>
public static class SweepPlanner
{
    private const int Candidates = 121;
    private const int WeightRounds = 400;
    private const int ExchangeRounds = 60;

    /// <summary>Relative ridge: designs on few frequencies are singular on the way.</summary>
    private const double Ridge = 1e-9;

    /// <summary>Plans.</summary>
    /// <param name="circuit">The cell's circuit.</param>
    /// <param name="values">Its parameters as they are expected.</param>
    /// <param name="options">What is wanted and what it costs.</param>
    /// <exception cref="ArgumentException">An unknown name, a range or costs that cannot be, or fewer points than parameters to estimate.</exception>
    public static SweepPlan Plan(Circuit circuit, IReadOnlyList<double> values, SweepPlanOptions options)
    {
        var wanted = ParameterMap.Index(circuit, options.Parameter);
        int[] known = [.. options.Known.Select(name => ParameterMap.Index(circuit, name))];
        int[] open = [.. Enumerable.Range(0, circuit.Parameters.Length).Except(known)];
        Check(circuit, values, options, Array.IndexOf(open, wanted), open.Length);
        double[] grid = [.. Enumerable.Range(0, Candidates).Select(i => options.HighHertz * Math.Pow(options.LowHertz / options.HighHertz, i / (Candidates - 1.0)))];
        var information = grid.Select(hertz => Information(circuit, values, open, hertz, options.Noise)).ToArray();
        double[] costs = [.. grid.Select(hertz => options.OverheadSeconds + (options.Periods / hertz))];
        var place = Array.IndexOf(open, wanted);
        var weights = Weights(information, costs, place);
        var even = Even(options.Points);
        var spread = (int)Math.Round(options.Spread * options.Points);
        int[] chosen = [.. Even(spread), .. Rounded(weights, options.Points - spread)];
        Exchange(chosen, spread, information, costs, place, options.StartSeconds);
        Array.Sort(chosen);
        return new([.. chosen.Select(i => grid[i])], Sd(chosen), Duration(chosen), Sd(even), Duration(even));

        double Sd(int[] points) => Math.Sqrt(Variance(Sum(information, points), place));
        double Duration(int[] points) => options.StartSeconds + points.Sum(i => costs[i]);
    }

    private static void Check(Circuit circuit, IReadOnlyList<double> values, SweepPlanOptions options, int place, int open)
    {
        if (place < 0)
            throw new ArgumentException($"`{options.Parameter}` is known; a plan for it measures nothing");
        if (values.Count != circuit.Parameters.Length)
            throw new ArgumentException($"the circuit has {circuit.Parameters.Length} parameters and {values.Count} values were given");
        if (!(options.LowHertz > 0) || !(options.LowHertz < options.HighHertz) || !(options.Noise > 0) || !(options.Periods > 0) || options.OverheadSeconds < 0 || options.StartSeconds < 0 || options.Spread is not (>= 0 and <= 1))
            throw new ArgumentException(FormattableString.Invariant($"{options.LowHertz} to {options.HighHertz} Hz with {options.Periods} periods and overheads of {options.OverheadSeconds} and {options.StartSeconds} s is no sweep; give frequencies and periods above 0, overheads from 0, a spread from 0 to 1"));
        if (2 * options.Points < open)
            throw new ArgumentException($"{options.Points} points cannot determine {open} parameters; give more points or more known parameters");
    }

    /// <summary>J'J of one point, of the parameters that are open.</summary>
    private static Matrix<double> Information(Circuit circuit, IReadOnlyList<double> values, int[] open, double hertz, double noise)
    {
        var (constants, slopes) = (new double[circuit.Constants], new ComplexVector[values.Count]);
        circuit.Prepare([.. values], constants);
        var omega = Vector256.Create(2 * Math.PI * hertz);
        var z = circuit.Evaluate(new(omega, Vector256.Log(omega), default), constants, slopes, new ComplexVector[circuit.Depth]).At(0);
        var scale = 1 / (noise * z.Magnitude);
        return Matrix<double>.Build.Dense(open.Length, open.Length, (a, b) =>
        {
            var (one, other) = (slopes[open[a]].At(0) * scale, slopes[open[b]].At(0) * scale);
            return (one.Real * other.Real) + (one.Imaginary * other.Imaginary);
        });
    }

    /// <summary>Shares of time that minimise the variance per second.</summary>
    private static double[] Weights(Matrix<double>[] information, double[] costs, int place)
    {
        var weights = Enumerable.Repeat(1.0 / information.Length, information.Length).ToArray();
        for (var round = 0; round < WeightRounds; round++)
        {
            var sum = information[0] * 0;
            for (var i = 0; i < weights.Length; i++)
                sum += information[i] * (weights[i] / costs[i]);
            var column = Inverse(sum).Column(place);
            var whole = 0.0;
            for (var i = 0; i < weights.Length; i++)
                whole += weights[i] *= Math.Sqrt(Math.Max(0, column * (information[i] * column)) / costs[i]);
            for (var i = 0; i < weights.Length; i++)
                weights[i] /= whole;
        }

        // From shares of time to shares of points.
        return [.. weights.Select((weight, i) => weight / costs[i])];
    }

    /// <summary>So many points at the quantiles of the weights.</summary>
    private static int[] Rounded(double[] weights, int count)
    {
        var whole = weights.Sum();
        return [.. Enumerable.Range(0, count).Select(n =>
        {
            var (target, sum, i) = ((n + 0.5) / count * whole, 0.0, 0);
            while (i < weights.Length - 1 && (sum += weights[i]) < target)
                i++;
            return i;
        })];
    }

    private static int[] Even(int count) => [.. Enumerable.Range(0, count).Select(n => count == 1 ? 0 : (int)Math.Round(n * (Candidates - 1.0) / (count - 1)))];

    /// <summary>Moves one point after the other to where it serves most, until none moves.</summary>
    private static void Exchange(int[] chosen, int fixedCount, Matrix<double>[] information, double[] costs, int place, double start)
    {
        var changed = true;
        for (var round = 0; round < ExchangeRounds && changed; round++)
        {
            changed = false;
            for (var n = fixedCount; n < chosen.Length; n++)
            {
                var rest = Sum(information, [.. chosen.Where((_, other) => other != n)]);
                var time = start + chosen.Where((_, other) => other != n).Sum(i => costs[i]);
                var best = Enumerable.Range(0, information.Length).MinBy(i => Variance(rest + information[i], place) * (time + costs[i]));
                changed |= best != chosen[n];
                chosen[n] = best;
            }
        }
    }

    private static Matrix<double> Sum(Matrix<double>[] information, int[] points) =>
        points.Aggregate(information[0] * 0, (sum, i) => sum + information[i]);

    private static double Variance(Matrix<double> information, int place) => Inverse(information)[place, place];

    private static Matrix<double> Inverse(Matrix<double> matrix)
    {
        var scale = matrix.Diagonal().Map(d => 1 / Math.Sqrt(Math.Max(d, double.Epsilon)));
        var scaled = matrix.MapIndexed((a, b, value) => (value * scale[a] * scale[b]) + (a == b ? Ridge : 0));
        return scaled.Inverse().MapIndexed((a, b, value) => value * scale[a] * scale[b]);
    }
}
