namespace CycleRig.Devices.Simulated.Fields;

/// <summary>
/// Local current density at a masked working electrode over its mean: the secondary distribution, in which the interface's resistance works
/// against the mask's edge. A table by place and Wagner number for the paper's cell (2 mm on 1.2 mm, both faces masked, a wide pellet), computed
/// with <see cref="DiscField"/>. Its mean over the electrode's area is 1 at every Wagner number.
/// </summary>
/// <remarks>
/// A wide counter electrode or a thicker pellet adds 3 % at the rim at Wagner 0.1; a thinner pellet, or one little wider than its electrode, has
/// less of an edge (8 mm on 10 mm: 1.4 instead of 2.0 in the outermost 2 % of the radius).
/// </remarks>
public static class EdgeFactor
{
    /// <summary>Wagner numbers of the rows.</summary>
    private static readonly double[] Wagners = [0.01, 0.015, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30];

    /// <summary>√(1 - (r/a)²) of the columns: the primary density is the inverse of twice this.</summary>
    private static readonly double[] Places = [0, 0.02, 0.05, 0.09, 0.14, 0.19, 0.25, 0.32, 0.4, 0.5, 0.62, 0.8, 1];

    /// <summary>
    /// DiscField.Solve(2.4, 10, wagner, false, resolution 16).DensityAt(r/a), each row divided by the mean of its straight pieces over the area
    /// (1.00 to 1.01), which the mixture of two rows keeps.
    /// </summary>
    private static readonly double[] Computed =
    [
        6.114, 5.926, 5.307, 4.39, 3.416, 2.696, 2.1, 1.645, 1.311, 1.045, 0.8457, 0.6664, 0.5486, // 0.01
        5.045, 4.933, 4.546, 3.928, 3.205, 2.619, 2.093, 1.664, 1.335, 1.066, 0.8616, 0.6771, 0.5561, // 0.015
        4.41, 4.333, 4.058, 3.597, 3.028, 2.537, 2.071, 1.671, 1.351, 1.083, 0.8755, 0.687, 0.563, // 0.02
        3.662, 3.616, 3.447, 3.149, 2.753, 2.386, 2.01, 1.664, 1.369, 1.108, 0.8988, 0.7047, 0.5758, // 0.03
        2.923, 2.899, 2.808, 2.639, 2.398, 2.157, 1.89, 1.622, 1.373, 1.136, 0.9328, 0.7344, 0.5987, // 0.05
        2.537, 2.521, 2.461, 2.346, 2.176, 1.998, 1.792, 1.575, 1.362, 1.149, 0.9559, 0.7588, 0.6191, // 0.07
        2.2, 2.19, 2.151, 2.075, 1.958, 1.832, 1.68, 1.511, 1.338, 1.154, 0.9786, 0.7882, 0.646, // 0.1
        1.894, 1.888, 1.865, 1.817, 1.741, 1.657, 1.551, 1.429, 1.298, 1.15, 0.9993, 0.8242, 0.6837, // 0.15
        1.719, 1.715, 1.698, 1.664, 1.608, 1.546, 1.465, 1.37, 1.264, 1.14, 1.01, 0.85, 0.7144, // 0.2
        1.522, 1.519, 1.508, 1.487, 1.451, 1.41, 1.356, 1.29, 1.213, 1.121, 1.018, 0.8841, 0.7613, // 0.3
        1.34, 1.339, 1.333, 1.321, 1.3, 1.276, 1.243, 1.202, 1.154, 1.092, 1.021, 0.9205, 0.8209, // 0.5
        1.184, 1.183, 1.18, 1.174, 1.165, 1.153, 1.137, 1.116, 1.09, 1.057, 1.016, 0.9556, 0.8901, // 1
        1.096, 1.096, 1.094, 1.092, 1.087, 1.081, 1.073, 1.063, 1.049, 1.032, 1.01, 0.9764, 0.9381, // 2
        1.04, 1.039, 1.039, 1.038, 1.036, 1.034, 1.031, 1.026, 1.021, 1.014, 1.005, 0.9902, 0.9732, // 5
        1.02, 1.02, 1.02, 1.019, 1.018, 1.017, 1.015, 1.013, 1.011, 1.007, 1.002, 0.9951, 0.9863, // 10
        1.007, 1.007, 1.007, 1.006, 1.006, 1.006, 1.005, 1.005, 1.004, 1.002, 1.001, 0.9983, 0.9953, // 30
    ];

    private static readonly BilinearTable Table = new([.. Wagners.Select(wagner => Math.Log(wagner))], Places, Computed);

    /// <summary>Density at a place over the mean.</summary>
    /// <param name="radiusShare">r/a: 0 in the middle, 1 at the mask.</param>
    /// <param name="wagner">R_int/(ρ a) of this electrode's interface alone (Ω m², Ω m, m): 0.01 to 30; beyond, as there.</param>
    public static double At(double radiusShare, double wagner) =>
        Table.At(Math.Log(wagner), Math.Sqrt(Math.Max(0, 1 - (radiusShare * radiusShare))));
}
