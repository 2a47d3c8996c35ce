namespace CycleRig.Impedance.Relaxation;

/// <summary>One λ of a scan.</summary>
/// <param name="Lambda">λ.</param>
/// <param name="Residual">Weighted sum of squares left.</param>
/// <param name="Penalty">Penalty, without λ.</param>
/// <param name="Freedom">Effective number of parameters.</param>
/// <param name="Score">Generalised cross-validation; lower is better.</param>
internal readonly record struct LambdaPoint(double Lambda, double Residual, double Penalty, double Freedom, double Score);

/// <summary>Solutions over λ, from much to little smoothing, each warm from the last.</summary>
internal static class LambdaScan
{
    /// <summary>Range of λ, decades. Above, nothing is left of the data; below, rounding of the normal equations.</summary>
    private const double HighestDecade = 1, LowestDecade = -7;

    /// <summary>The smallest λ that is tried.</summary>
    public static double Smallest { get; } = Math.Pow(10, LowestDecade);

    /// <summary>Where half the numbers are spent, cross-validation says nothing more.</summary>
    private const double FreedomMax = 0.5;

    /// <summary>Decades without a lower score after which cross-validation has seen its minimum.</summary>
    private const int RisesMax = 2;

    /// <summary>The scan at whole decades, from large to small; ends early where the equations cannot be solved any more.</summary>
    /// <param name="system">Equations.</param>
    /// <param name="solver">Solver, warm or cold.</param>
    /// <param name="whole">Whether the scan goes on behind the minimum of the score.</param>
    public static List<LambdaPoint> Run(RelaxationSystem system, NonNegativeSolver solver, bool whole)
    {
        var points = new List<LambdaPoint>();
        var (lowest, rises) = (double.PositiveInfinity, 0);
        for (var decade = HighestDecade; decade >= LowestDecade; decade--)
        {
            if (At(system, solver, Math.Pow(10, decade)) is not { } point)
                break;
            points.Add(point);
            rises = point.Score < lowest ? 0 : rises + 1;
            lowest = Math.Min(lowest, point.Score);
            if (point.Freedom > FreedomMax * 2 * system.Points.Count || (rises == RisesMax && !whole))
                break;
        }

        return points;
    }

    /// <summary>
    /// The largest λ whose score lies within one standard error of the lowest (Breiman et al. 1984, Classification and Regression Trees,
    /// section 3.4.3): the score is flat towards small λ, and its lowest point splits peaks. The relative standard error of a mean of N squares
    /// is √(2/N).
    /// </summary>
    public static double ByCrossValidation(RelaxationSystem system, NonNegativeSolver solver, List<LambdaPoint> points)
    {
        var limit = points.Min(point => point.Score) * (1 + Math.Sqrt(1.0 / system.Points.Count));
        var first = points.First(point => point.Score <= limit);
        return At(system, solver, first.Lambda * Math.Sqrt(10)) is { } between && between.Score <= limit ? between.Lambda : first.Lambda;
    }

    /// <summary>The corner: largest curvature of ln penalty over ln residual, by the circle through three neighbours.</summary>
    public static double ByCorner(List<LambdaPoint> points)
    {
        var (best, lambda) = (double.NegativeInfinity, points[^1].Lambda);
        for (var i = 1; i < points.Count - 1; i++)
        {
            var (x1, y1) = Logarithms(points[i - 1]);
            var (x2, y2) = Logarithms(points[i]);
            var (x3, y3) = Logarithms(points[i + 1]);
            var area = ((x2 - x1) * (y3 - y1)) - ((x3 - x1) * (y2 - y1));
            var curvature = -2 * area / (double.Hypot(x2 - x1, y2 - y1) * double.Hypot(x3 - x2, y3 - y2) * double.Hypot(x3 - x1, y3 - y1));
            if (curvature > best)
                (best, lambda) = (curvature, points[i].Lambda);
        }

        return lambda;

        static (double X, double Y) Logarithms(LambdaPoint point) =>
            (Math.Log(Math.Max(point.Residual, double.Epsilon)), Math.Log(Math.Max(point.Penalty, double.Epsilon)));
    }

    /// <summary>One λ; null where the equations cannot be solved.</summary>
    public static LambdaPoint? At(RelaxationSystem system, NonNegativeSolver solver, double lambda)
    {
        if (!solver.Solve(system.Matrix(lambda), system.Right))
            return null;
        solver.Invert();
        double trace = 0;
        var passive = solver.Passive;
        for (var i = 0; i < passive.Length; i++)
        {
            trace += solver.Covariance(i, i) * system.Penalty(passive[i], passive[i]);
            for (var j = Math.Max(0, i - 2); j < i; j++)
                trace += 2 * solver.Covariance(i, j) * system.Penalty(passive[i], passive[j]); // Two neighbours on either side: second differences.
        }

        var (left, penalty) = system.Measure(solver.Values);
        var (freedom, count) = (passive.Length - (lambda * trace), 2.0 * system.Points.Count);
        var spare = 1 - (freedom / count);
        return new(lambda, left, penalty, freedom, spare > 0 ? left / count / (spare * spare) : double.PositiveInfinity);
    }
}
