namespace CycleRig.Devices.Simulated.Fields;

/// <summary>
/// How much less a pellet resists than a straight column under its masked electrode: the current spreads. A table by diameter over the
/// distance to the equipotential opposite, and by diameter over the pellet's, computed with <see cref="DiscField"/>.
/// </summary>
public static class Spreading
{
    /// <summary>Electrode's diameter over the distance to the equipotential: the rows.</summary>
    private static readonly double[] Flatness = [0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 1, 1.5, 2, 3, 4, 6, 10, 20, 50, double.PositiveInfinity];

    /// <summary>Electrode's diameter over the pellet's: the columns.</summary>
    private static readonly double[] Shares = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1];

    /// <summary>
    /// DiscField.Solve(2 / row, 1 / column, 0, fullCounter: true, 16).Factor. Column 0 is a pellet that is wider by ten thicknesses and ten
    /// electrode radii. Row 0 is a rod so long that its constriction is nothing; the last row is a film.
    /// </summary>
    private static readonly double[] Computed =
    [
        0, 0.0025, 0.01, 0.0225, 0.04, 0.0625, 0.09, 0.16, 0.25, 0.36, 0.49, 0.64, 0.81, 0.9025, 0.9604, 1, // 0
        0.007834, 0.009815, 0.01676, 0.02871, 0.04567, 0.06764, 0.09462, 0.1636, 0.2527, 0.3618, 0.4911, 0.6405, 0.8101, 0.9025, 0.9604, 1, // 0.02
        0.01945, 0.02079, 0.02691, 0.03804, 0.05418, 0.07535, 0.1015, 0.169, 0.2567, 0.3646, 0.4928, 0.6413, 0.8104, 0.9026, 0.9604, 1, // 0.05
        0.03847, 0.03907, 0.04381, 0.05357, 0.06836, 0.08819, 0.1131, 0.178, 0.2634, 0.3691, 0.4955, 0.6426, 0.8107, 0.9027, 0.9604, 1, // 0.1
        0.07521, 0.07529, 0.07761, 0.08465, 0.09673, 0.1139, 0.1362, 0.1961, 0.2767, 0.3783, 0.501, 0.6453, 0.8114, 0.9029, 0.9605, 1, // 0.2
        0.1436, 0.1436, 0.1439, 0.1465, 0.1534, 0.1653, 0.1823, 0.2322, 0.3035, 0.3966, 0.5121, 0.6506, 0.8129, 0.9033, 0.9605, 1, // 0.4
        0.2338, 0.2338, 0.2339, 0.2342, 0.2362, 0.2415, 0.2512, 0.2863, 0.3435, 0.424, 0.5286, 0.6585, 0.815, 0.9038, 0.9606, 1, // 0.7
        0.3107, 0.3107, 0.3107, 0.3107, 0.3112, 0.313, 0.3177, 0.3398, 0.3835, 0.4514, 0.5452, 0.6665, 0.8172, 0.9044, 0.9607, 1, // 1
        0.4138, 0.4138, 0.4138, 0.4138, 0.4138, 0.4141, 0.4151, 0.4237, 0.4486, 0.4968, 0.5727, 0.6797, 0.8208, 0.9053, 0.9609, 1, // 1.5
        0.4926, 0.4926, 0.4926, 0.4926, 0.4926, 0.4927, 0.4929, 0.4958, 0.5085, 0.5405, 0.6, 0.6929, 0.8244, 0.9063, 0.961, 1, // 2
        0.6026, 0.6026, 0.6026, 0.6026, 0.6026, 0.6026, 0.6026, 0.6029, 0.6057, 0.618, 0.6514, 0.7188, 0.8315, 0.9081, 0.9613, 1, // 3
        0.6744, 0.6744, 0.6744, 0.6744, 0.6744, 0.6744, 0.6744, 0.6744, 0.675, 0.6793, 0.6967, 0.7434, 0.8386, 0.91, 0.9616, 1, // 4
        0.7614, 0.7614, 0.7614, 0.7614, 0.7614, 0.7614, 0.7614, 0.7614, 0.7615, 0.7619, 0.7662, 0.7869, 0.8524, 0.9137, 0.9623, 1, // 6
        0.8449, 0.8449, 0.8449, 0.8449, 0.8449, 0.845, 0.845, 0.845, 0.845, 0.845, 0.8452, 0.8487, 0.8773, 0.921, 0.9635, 1, // 10
        0.9175, 0.9175, 0.9175, 0.9175, 0.9175, 0.9175, 0.9175, 0.9175, 0.9175, 0.9175, 0.9175, 0.9175, 0.9208, 0.9373, 0.9665, 1, // 20
        0.9657, 0.9657, 0.9657, 0.9657, 0.9657, 0.9657, 0.9657, 0.9657, 0.9657, 0.9657, 0.9657, 0.9657, 0.9657, 0.9665, 0.9746, 1, // 50
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, // infinite
    ];

    private static readonly BilinearTable Table = new([.. Flatness.Select(Saturating)], [.. Shares.Select(share => share * share)], Computed);

    /// <summary>Resistance of the pellet over ρ L/A of a column under the electrode, without interfaces: R σ A / L, above 0, at most 1.</summary>
    /// <param name="diameterMm">Of the opening of the mask.</param>
    /// <param name="thicknessMm">Of the pellet.</param>
    /// <param name="pelletDiameterMm">At least the electrode's; infinity for a wide pellet.</param>
    /// <param name="fullCounter">Whether the counter electrode covers its face; else it is as the working electrode.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length that is not above 0, or a pellet smaller than its electrode.</exception>
    public static double Factor(double diameterMm, double thicknessMm, double pelletDiameterMm, bool fullCounter)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(diameterMm);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(thicknessMm);
        ArgumentOutOfRangeException.ThrowIfLessThan(pelletDiameterMm, diameterMm);
        // With both faces masked alike, the middle plane is an equipotential.
        var distance = fullCounter ? thicknessMm : thicknessMm / 2;
        var share = diameterMm / pelletDiameterMm;
        return Table.At(Saturating(diameterMm / distance), share * share);
    }

    /// <summary>Nearly the factor of a wide pellet itself: proportional for a thick one, 1 for a film. So pieces between rows are nearly straight.</summary>
    private static double Saturating(double flatness) => double.IsPositiveInfinity(flatness) ? 1 : flatness / (flatness + 2);
}
