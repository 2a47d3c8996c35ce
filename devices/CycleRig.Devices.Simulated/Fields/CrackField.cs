namespace CycleRig.Devices.Simulated.Fields;

/// <summary>
/// Current around a crack that is filled with metal: a half-spheroid at the potential of the electrode on which it stands, in a wide
/// pellet with the counter electrode on its other face. Laplace's equation at the nodes of a graded cylindrical grid; where an arm of a node
/// meets the metal, it ends there (Shortley and Weller 1938), so that the curved wall is where it is and not on the grid. Lengths are in units
/// of the crack's depth, densities in units of the mean density, potentials in units of the mean field times the depth.
/// </summary>
public sealed class CrackField
{
    private const int Usual = 16;

    /// <summary>How far the pellet reaches beyond the crack, in thicknesses: a disturbance dies out as exp(-π r / thickness).</summary>
    private const double WidthInThicknesses = 3;

    private readonly double[] _radii;
    private readonly double[] _heights;
    private readonly double _base;
    private readonly double[] _potentials;

    private CrackField(double aspect, double depthShare, int resolution)
    {
        (_base, Aspect, DepthShare) = (1 / aspect, aspect, depthShare);
        var thickness = 1 / depthShare;
        var growth = 1 + (1.0 / resolution);
        // The radius of the tip and the gap are the shortest lengths; both get the same number of steps.
        var finest = Math.Min(Math.Min(_base * _base, 1), thickness - 1) / resolution;
        _radii = GradedAxis.Of(0, 0, Math.Max(1, _base) + (WidthInThicknesses * thickness), finest, growth);
        _heights = GradedAxis.Of(0, 1, thickness, finest, growth);
        _potentials = Potentials();
    }

    /// <summary>Depth over radius at the electrode.</summary>
    public double Aspect { get; }

    /// <summary>Depth over the pellet's thickness.</summary>
    public double DepthShare { get; }

    /// <summary>Shortest step of the grid over the radius of the tip.</summary>
    public double StepAtTip => (_heights[Tip + 1] - 1) / (_base * _base);

    public int Unknowns => _potentials.Length;

    /// <summary>Density at the tip over the mean: the slope of the cubic through the four nodes from the tip along the axis.</summary>
    public double TipEnhancement => Slope(Tip, 1);

    /// <summary>Density at the counter electrode opposite the tip, where it is highest on that face, over the mean.</summary>
    public double CounterEnhancement => Slope(_heights.Length - 1, -1);

    private int Tip => Array.IndexOf(_heights, 1.0);

    /// <summary>Solves one geometry.</summary>
    /// <param name="aspect">Depth over radius at the electrode: 0.1 to 1000.</param>
    /// <param name="depthShare">Depth over thickness: 0.0001 to 0.99.</param>
    /// <param name="resolution">Steps to the shortest length; the steps grow by 1 + 1/resolution.</param>
    public static CrackField Solve(double aspect, double depthShare, int resolution = Usual)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(aspect, 0.1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(aspect, 1000);
        ArgumentOutOfRangeException.ThrowIfLessThan(depthShare, 0.0001);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depthShare, 0.99);
        return new(aspect, depthShare, resolution);
    }

    /// <summary>Potential over that of the working electrode; 0 in the metal.</summary>
    public double Potential(double radius, double height) => Mix(radius, height, (i, j) => _potentials[At(i, j)], metal: true);

    /// <summary>Density at a place over the mean; NaN in the metal.</summary>
    public double Density(double radius, double height) =>
        IsMetal(radius, height) ? double.NaN : Mix(radius, height, DensityAt, metal: false);

    private double[] Potentials()
    {
        var matrix = new BandMatrix(_radii.Length * _heights.Length, _radii.Length);
        var potentials = new double[_radii.Length * _heights.Length];
        for (var j = 0; j < _heights.Length; j++)
            for (var i = 0; i < _radii.Length; i++)
            {
                var at = At(i, j);
                if (j == _heights.Length - 1)
                    potentials[at] = _heights[^1];
                if (j == 0 || j == _heights.Length - 1 || IsMetal(_radii[i], _heights[j]))
                    matrix[at, at] = 1;
                else
                    Balance(matrix, i, j);
            }

        matrix.Solve(potentials);
        return potentials;
    }

    /// <summary>What flows into a node is nothing: ∂(r ∂φ/∂r)/(r ∂r) + ∂²φ/∂z² with arms of unequal length.</summary>
    private void Balance(BandMatrix matrix, int i, int j)
    {
        var (inner, outer, lower, upper) = Arms(i, j);
        var (at, radius) = (At(i, j), _radii[i]);
        Flow(at - _radii.Length, 2 / (lower * (lower + upper)));
        Flow(at + _radii.Length, 2 / (upper * (lower + upper)));
        if (i == 0)
            Flow(at + 1, 4 / (outer * outer));
        else if (i == _radii.Length - 1)
            Flow(at - 1, 2 * (radius - (inner / 2)) / (radius * inner * inner)); // The rim lets nothing through.
        else
        {
            Flow(at - 1, 2 * (radius - (inner / 2)) / (radius * inner * (inner + outer)));
            Flow(at + 1, 2 * (radius + (outer / 2)) / (radius * outer * (inner + outer)));
        }

        void Flow(int neighbour, double coefficient)
        {
            // A neighbour in the metal is at zero, as the wall is at which the arm ends.
            matrix[at, at] -= coefficient;
            matrix[at, neighbour] += coefficient;
        }
    }

    /// <summary>Lengths from a node to its neighbours, or to the metal's wall where that is nearer. NaN where there is no neighbour.</summary>
    private (double Inner, double Outer, double Lower, double Upper) Arms(int i, int j)
    {
        var (radius, height) = (_radii[i], _heights[j]);
        var inner = i == 0 ? double.NaN
            : IsMetal(_radii[i - 1], height) ? radius - (_base * Math.Sqrt(1 - (height * height)))
            : radius - _radii[i - 1];
        var lower = IsMetal(radius, _heights[j - 1]) ? height - Math.Sqrt(Math.Max(0, 1 - (radius * radius / (_base * _base))))
            : height - _heights[j - 1];
        return (inner, i == _radii.Length - 1 ? double.NaN : _radii[i + 1] - radius, lower, _heights[j + 1] - height);
    }

    private double DensityAt(int i, int j)
    {
        if (j == 0)
            return _potentials[At(i, 1)] / _heights[1];
        if (j == _heights.Length - 1)
            return (_heights[j] - _potentials[At(i, j - 1)]) / (_heights[j] - _heights[j - 1]);
        var (inner, outer, lower, upper) = Arms(i, j);
        var here = _potentials[At(i, j)];
        var along = Middle(_potentials[At(i, j - 1)], here, _potentials[At(i, j + 1)], lower, upper);
        var across = i == 0 || i == _radii.Length - 1 ? 0 : Middle(_potentials[At(i - 1, j)], here, _potentials[At(i + 1, j)], inner, outer);
        return Math.Sqrt((along * along) + (across * across));
    }

    /// <summary>Slope in the middle of a parabola through three points.</summary>
    private static double Middle(double before, double here, double after, double left, double right) =>
        (((here - before) * right / left) + ((after - here) * left / right)) / (left + right);

    /// <summary>Linear in both directions; without metal, over the corners that are outside it.</summary>
    private double Mix(double radius, double height, Func<int, int, double> value, bool metal)
    {
        var (i, j) = (Cell(_radii, radius), Cell(_heights, height));
        var (x, y) = ((radius - _radii[i]) / (_radii[i + 1] - _radii[i]), (height - _heights[j]) / (_heights[j + 1] - _heights[j]));
        double sum = 0, weights = 0;
        foreach (var (a, b) in ((int, int)[])[(0, 0), (0, 1), (1, 0), (1, 1)])
        {
            if (!metal && IsMetal(_radii[i + a], _heights[j + b]))
                continue;
            var weight = (a == 0 ? 1 - x : x) * (b == 0 ? 1 - y : y);
            sum += weight * value(i + a, j + b);
            weights += weight;
        }

        return weights > 0 ? sum / weights : double.NaN;
    }

    private static int Cell(double[] axis, double place)
    {
        var found = Array.BinarySearch(axis, place);
        return Math.Clamp(found >= 0 ? found : ~found - 1, 0, axis.Length - 2);
    }

    private double Slope(int from, int step)
    {
        double sum = 0;
        for (var k = 1; k <= 3; k++)
        {
            var weight = 1 / Distance(k);
            for (var other = 1; other <= 3; other++)
                weight *= other == k ? 1 : Distance(other) / (Distance(other) - Distance(k));
            sum += weight * Math.Abs(_potentials[At(0, from + (k * step))] - _potentials[At(0, from)]);
        }

        return sum;

        double Distance(int k) => Math.Abs(_heights[from + (k * step)] - _heights[from]);
    }

    /// <summary>The wall counts as metal.</summary>
    private bool IsMetal(double radius, double height) => (radius * radius / (_base * _base)) + (height * height) <= 1 + 1e-12;

    private int At(int i, int j) => (j * _radii.Length) + i;
}
