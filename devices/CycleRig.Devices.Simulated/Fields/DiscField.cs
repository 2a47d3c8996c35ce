namespace CycleRig.Devices.Simulated.Fields;

/// <summary>
/// Current between a disc electrode under a mask and the other side of a pellet: Laplace's equation on rings of a graded grid (finite
/// volumes, cell-centred; the finest rings at the mask's edge, where the density is singular). The metal is at one potential, its interface
/// has a resistance per area, the mask and the pellet's rim let nothing through. Lengths are in units of the disc's radius a, resistances in
/// units of ρ/a, so that the interface's resistance is the Wagner number.
/// </summary>
/// <remarks>With both faces masked alike, the middle plane is an equipotential, and half of the pellet is solved.</remarks>
internal sealed class DiscField
{
    private const int Usual = 16;

    private readonly double[] _faces;
    private readonly double[] _densities;

    private DiscField(double[] faces, double[] densities, double factor, int unknowns) =>
        (_faces, _densities, Factor, Unknowns) = (faces, densities, factor, unknowns);

    /// <summary>Resistance over that of a straight column of the disc's area: R σ A / L, interfaces included.</summary>
    public double Factor { get; }

    public int Unknowns { get; }

    /// <summary>Solves one geometry.</summary>
    /// <param name="thickness">Of the pellet, in disc radii.</param>
    /// <param name="pelletRadius">In disc radii, above 1.</param>
    /// <param name="wagner">R_int/(ρ a) of the interface at each masked electrode; 0 for the primary distribution.</param>
    /// <param name="fullCounter">Whether the counter electrode covers its face, without a resistance; else it is as the working electrode.</param>
    /// <param name="resolution">The steps grow by 1 + 2/resolution and begin with 0.02/resolution².</param>
    public static DiscField Solve(double thickness, double pelletRadius, double wagner, bool fullCounter, int resolution = Usual)
    {
        var (finest, growth) = (0.02 / (resolution * resolution), 1 + (2.0 / resolution));
        var faces = GradedAxis.Of(0, 1, pelletRadius, finest, growth);
        var height = fullCounter ? thickness : thickness / 2;
        var levels = GradedAxis.Of(0, 0, height, finest, growth);
        var (columns, rows) = (levels.Length - 1, faces.Length - 1);
        var covered = Array.IndexOf(faces, 1.0);
        var contacts = new double[covered];
        var matrix = new BandMatrix(rows * columns, columns);
        var potential = new double[rows * columns];
        for (var i = 0; i < rows; i++)
        {
            var area = Area(faces, i);
            for (var j = 0; j < columns; j++)
            {
                var at = (i * columns) + j;
                if (j + 1 < columns)
                    Connect(matrix, at, at + 1, 2 * area / (levels[j + 2] - levels[j]));
                if (i + 1 < rows)
                    Connect(matrix, at, at + columns, 4 * Math.PI * faces[i + 1] * (levels[j + 1] - levels[j]) / (faces[i + 2] - faces[i]));
            }

            var top = ((i + 1) * columns) - 1;
            matrix[top, top] += 2 * area / (levels[columns] - levels[columns - 1]);
            if (i >= covered)
                continue;
            contacts[i] = area / ((levels[1] / 2) + wagner);
            matrix[i * columns, i * columns] += contacts[i];
            potential[i * columns] = contacts[i];
        }

        matrix.Solve(potential);
        double[] currents = [.. contacts.Select((contact, i) => contact * (1 - potential[i * columns]))];
        var total = currents.Sum();
        double[] densities = [.. currents.Select((current, i) => current / Area(faces, i) * Math.PI / total)];
        return new(faces, densities, Math.PI / (total * height), potential.Length);
    }

    /// <summary>Density at a radius (in disc radii, 0 to 1) over the mean of the electrode; linear between the middles of the rings.</summary>
    public double DensityAt(double radius)
    {
        var i = 1;
        while (i < _densities.Length - 1 && Middle(i) < radius)
            i++;
        var share = (radius - Middle(i - 1)) / (Middle(i) - Middle(i - 1));
        return _densities[i - 1] + (share * (_densities[i] - _densities[i - 1]));
    }

    /// <summary>Mean over the ring from a radius to the edge, over the mean of the electrode.</summary>
    public double RimMean(double from)
    {
        double sum = 0;
        for (var i = 0; i < _densities.Length; i++)
        {
            var inner = Math.Max(from, _faces[i]);
            if (inner < _faces[i + 1])
                sum += _densities[i] * ((_faces[i + 1] * _faces[i + 1]) - (inner * inner));
        }

        return sum / (1 - (from * from));
    }

    private double Middle(int ring) => (_faces[ring] + _faces[ring + 1]) / 2;

    private static double Area(double[] faces, int ring) => Math.PI * ((faces[ring + 1] * faces[ring + 1]) - (faces[ring] * faces[ring]));

    private static void Connect(BandMatrix matrix, int a, int b, double conductance)
    {
        matrix[a, a] += conductance;
        matrix[b, b] += conductance;
        matrix[a, b] -= conductance;
        matrix[b, a] -= conductance;
    }
}
