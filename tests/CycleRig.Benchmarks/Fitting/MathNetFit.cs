using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace CycleRig.Benchmarks.Fitting;

/// <summary>
/// R0-p(R1,CPE1)-p(R2,CPE2) by MathNet's Levenberg-Marquardt with its numeric Jacobian, in logarithms of all but the exponents: the model
/// is as fast as a plain one gets (one real exponential a point and arc, no complex powers), so that what is compared is the minimiser.
/// </summary>
internal sealed class MathNetFit
{
    private readonly double[] _logOmega;
    private readonly double[] _weight;
    private readonly Vector<double> _places;
    private readonly Vector<double> _measured;
    private readonly LevenbergMarquardtMinimizer _minimizer = new();

    public MathNetFit(double[] frequenciesHz, double[] realOhms, double[] imaginaryOhms, double noise)
    {
        _logOmega = [.. frequenciesHz.Select(f => Math.Log(2 * Math.PI * f))];
        _weight = [.. realOhms.Select((re, i) => 1 / (noise * double.Hypot(re, imaginaryOhms[i])))];
        _places = Vector<double>.Build.Dense(2 * frequenciesHz.Length, i => i);
        _measured = Vector<double>.Build.Dense([.. realOhms.Select((re, i) => re * _weight[i]), .. imaginaryOhms.Select((im, i) => im * _weight[i])]);
    }

    /// <summary>From a start to the optimum; gives χ².</summary>
    public double Fit(double[] start)
    {
        var objective = ObjectiveFunction.NonlinearModel(Weighted, _places, _measured);
        var guess = Vector<double>.Build.Dense(start.Length, k => k is 3 or 6 ? start[k] : Math.Log(start[k]));
        return _minimizer.FindMinimum(objective, guess).ModelInfoAtMinimum.Value;
    }

    private Vector<double> Weighted(Vector<double> p, Vector<double> places)
    {
        var points = _logOmega.Length;
        var z = new double[2 * points];
        Array.Fill(z, Math.Exp(p[0]), 0, points);
        for (var first = 1; first < p.Count; first += 3)
        {
            var (ohms, logRq, n) = (Math.Exp(p[first]), p[first] + p[first + 1], p[first + 2]);
            var (sin, cos) = Math.SinCos(n * Math.PI / 2);
            for (var i = 0; i < points; i++)
            {
                var modulus = Math.Exp(logRq + (n * _logOmega[i]));
                var (re, im) = (1 + (modulus * cos), modulus * sin);
                var scale = ohms / ((re * re) + (im * im));
                z[i] += scale * re;
                z[points + i] -= scale * im;
            }
        }

        for (var i = 0; i < points; i++)
        {
            z[i] *= _weight[i];
            z[points + i] *= _weight[i];
        }

        return Vector<double>.Build.Dense(z);
    }
}
