namespace CycleRig.Devices.Simulated.Fields;

/// <summary>
/// Current density at the tip of a crack that is filled with metal, over the mean: <see cref="HalfSpheroid.Enhancement"/> times what the counter
/// electrode adds as the tip comes near it, a table computed with <see cref="CrackField"/>.
/// </summary>
public static class TipEnhancement
{
    /// <summary>Depth over radius of the rows.</summary>
    private static readonly double[] Aspects = [0.5, 0.7, 1, 1.4, 2, 2.8, 4, 5.6, 8, 16, 32, 100];

    /// <summary>Depth over thickness of the columns.</summary>
    private static readonly double[] Shares = [0, 0.25, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.875, 0.9, 0.925, 0.95];

    /// <summary>CrackField.Solve(row, column, resolution 16).TipEnhancement over that of the half-space; column 0 is the half-space.</summary>
    private static readonly double[] Computed =
    [
        1, 1.026, 1.115, 1.244, 1.472, 1.887, 2.229, 2.748, 3.62, 4.319, 5.371, 7.125, 10.64, // 0.5
        1, 1.017, 1.075, 1.164, 1.331, 1.652, 1.924, 2.342, 3.05, 3.621, 4.48, 5.915, 8.792, // 0.7
        1, 1.009, 1.046, 1.104, 1.218, 1.445, 1.644, 1.956, 2.492, 2.927, 3.586, 4.689, 6.904, // 1
        1, 1.006, 1.031, 1.07, 1.146, 1.303, 1.443, 1.666, 2.055, 2.375, 2.86, 3.678, 5.325, // 1.4
        1, 1.004, 1.021, 1.048, 1.1, 1.204, 1.297, 1.447, 1.713, 1.932, 2.265, 2.829, 3.971, // 2
        1, 1.002, 1.015, 1.035, 1.072, 1.146, 1.211, 1.315, 1.496, 1.644, 1.871, 2.256, 3.031, // 2.8
        1, 1.002, 1.012, 1.026, 1.054, 1.107, 1.154, 1.226, 1.35, 1.45, 1.601, 1.852, 2.356, // 4
        1, 1.001, 1.009, 1.021, 1.042, 1.084, 1.119, 1.172, 1.263, 1.335, 1.441, 1.615, 1.953, // 5.6
        1, 1.001, 1.007, 1.016, 1.034, 1.067, 1.094, 1.135, 1.203, 1.256, 1.333, 1.456, 1.687, // 8
        1, 1, 1.005, 1.012, 1.024, 1.047, 1.065, 1.093, 1.137, 1.17, 1.217, 1.289, 1.417, // 16
        1, 1, 1.004, 1.009, 1.018, 1.035, 1.049, 1.07, 1.101, 1.125, 1.158, 1.207, 1.29, // 32
        1, 1, 1.002, 1.006, 1.013, 1.025, 1.035, 1.049, 1.071, 1.087, 1.108, 1.14, 1.192, // 100
    ];

    /// <summary>By the logarithm of the gap: before a plate, the density goes as a power of it.</summary>
    private static readonly BilinearTable Table = new(
        [.. Aspects.Select(aspect => Math.Log(aspect))],
        [.. Shares.Select(share => -Math.Log(1 - share))],
        [.. Computed.Select(value => Math.Log(value))]);

    /// <summary>Density at the tip over the mean.</summary>
    /// <param name="lOverA">Depth over radius at the electrode, above 0; what the counter electrode adds is tabled from 0.5 to 100.</param>
    /// <param name="depthShare">Depth over the pellet's thickness: 0 to 0.95; beyond, as there.</param>
    public static double At(double lOverA, double depthShare) =>
        HalfSpheroid.Enhancement(lOverA) * Math.Exp(Table.At(Math.Log(lOverA), -Math.Log(1 - Math.Min(depthShare, Shares[^1]))));
}
