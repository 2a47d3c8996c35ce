namespace CycleRig.Benchmarks.Fitting;

/// <summary>
/// The yardstick: a fit of exactly R0-p(R1,CPE1)-p(R2,CPE2), with the steps and the ends of the program's own minimiser but without bounds,
/// ties, losses and other circuits. What a general fit costs is told in multiples of this one.
/// </summary>
internal sealed class FusedTwoArcFit(FusedTwoArcEquations equations)
{
    private const int Free = FusedTwoArcEquations.Free;
    private const int IterationsMax = 200;
    private const double FirstDamping = 1e-3;
    private const double DampingMin = 1e-12;
    private const double DampingMax = 1e16;
    private const double ToleranceStep = 1e-9;
    private const double TolerancePromise = 1e-9;
    private const double ParabolaStep = 0.01;
    private const double StepMax = 1;
    private const double ExponentStepMax = 0.3;

    private readonly double[] _inner = new double[Free];
    private readonly double[] _trial = new double[Free];
    private readonly double[] _step = new double[Free];
    private readonly double[] _matrix = new double[Free * Free];
    private readonly double[] _gradient = new double[Free];
    private readonly double[] _damped = new double[Free * Free];

    /// <summary>From a start to the optimum; gives χ², or NaN where there is none.</summary>
    /// <param name="values">R0, R1, Q1, n1, R2, Q2, n2; overwritten.</param>
    public double Refine(Span<double> values)
    {
        _inner[0] = Math.Log(values[0]);
        for (var first = 1; first < Free; first += 3)
        {
            _inner[first] = Math.Log(values[first]);
            _inner[first + 1] = (_inner[first] + Math.Log(values[first + 1])) / values[first + 2];
            _inner[first + 2] = values[first + 2];
        }

        var chi = Iterate();
        values[0] = Math.Exp(_inner[0]);
        for (var first = 1; first < Free; first += 3)
        {
            values[first] = Math.Exp(_inner[first]);
            values[first + 1] = Math.Exp((_inner[first + 1] * _inner[first + 2]) - _inner[first]);
            values[first + 2] = _inner[first + 2];
        }

        return chi;
    }

    private double Iterate()
    {
        var chi = equations.Accumulate(_inner);
        Keep();
        var (damping, growth) = (FirstDamping, 2.0);
        for (var iteration = 0; iteration < IterationsMax && damping <= DampingMax; iteration++)
        {
            if (!Solve(damping))
            {
                damping *= 10;
                continue;
            }

            var (promised, longest) = Trial(damping);
            if (longest < ToleranceStep || (promised >= 0 && promised <= TolerancePromise * chi && longest < ParabolaStep))
            {
                _trial.CopyTo(_inner, 0);
                return chi - Math.Max(0, promised);
            }

            var trialChi = equations.Accumulate(_trial);
            if (!(trialChi < chi))
            {
                (damping, growth) = (Math.Max(damping, 1e-9) * growth, growth * 2);
                continue;
            }

            var gain = (chi - trialChi) / promised;
            (chi, growth) = (trialChi, 2);
            _trial.CopyTo(_inner, 0);
            Keep();
            damping = Math.Max(DampingMin, damping * (gain > 0.9 ? 0.03 : Math.Clamp(1 - Math.Pow((2 * gain) - 1, 3), 0.1, 2)));
        }

        return double.NaN;
    }

    private void Keep()
    {
        equations.Matrix.CopyTo(_matrix, 0);
        equations.Gradient.CopyTo(_gradient, 0);
    }

    /// <summary>(J'J + λ diag) step = -J'r by Cholesky; false where the matrix is not positive definite.</summary>
    private bool Solve(double damping)
    {
        _matrix.CopyTo(_damped, 0);
        for (var i = 0; i < Free; i++)
            _damped[(i * Free) + i] *= 1 + damping;
        for (var i = 0; i < Free; i++)
        {
            var row = _damped.AsSpan(i * Free, i + 1);
            var right = -_gradient[i];
            for (var j = 0; j <= i; j++)
            {
                var other = _damped.AsSpan(j * Free, j + 1);
                var sum = row[j];
                for (var k = 0; k < j; k++)
                    sum -= row[k] * other[k];
                if (j < i)
                {
                    row[j] = sum * other[j];
                    right -= row[j] * _step[j];
                    continue;
                }

                if (!(sum > 0))
                    return false;
                row[j] = 1 / Math.Sqrt(sum); // The diagonal keeps its inverse.
                _step[i] = right * row[j];
            }
        }

        for (var i = Free - 1; i >= 0; i--)
        {
            _step[i] *= _damped[(i * Free) + i];
            for (var k = 0; k < i; k++)
                _step[k] -= _damped[(i * Free) + k] * _step[i];
        }

        return true;
    }

    /// <summary>Where the step leads, the fall of χ² that it promises, and its longest part.</summary>
    private (double Promised, double Longest) Trial(double damping)
    {
        double promised = 0, longest = 0, share = 1;
        for (var i = 0; i < Free; i++)
        {
            var most = i is 3 or 6 ? ExponentStepMax : StepMax;
            share = Math.Min(share, most / Math.Max(Math.Abs(_step[i]), most));
        }

        for (var i = 0; i < Free; i++)
        {
            var step = share * _step[i];
            _trial[i] = _inner[i] + step;
            promised += step * ((damping * _matrix[(i * Free) + i] * step) - _gradient[i]);
            longest = Math.Max(longest, Math.Abs(step));
        }

        return (promised, longest);
    }
}
