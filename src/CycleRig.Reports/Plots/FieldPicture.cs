namespace CycleRig.Reports.Plots;

/// <summary>The field around a crack that stands on the working electrode, as arrays for <see cref="FieldPlot"/>. Rows lie at equal steps of height.</summary>
/// <param name="HalfWidthMicrometres">Columns run in equal steps from minus this to this, from the crack's axis.</param>
/// <param name="HeightMicrometres">Rows run in equal steps from the working electrode, 0, to this.</param>
/// <param name="Densities">Row by row upwards: current density over its mean; NaN in the metal.</param>
/// <param name="PotentialShares">The same places: potential over the whole between working and counter electrode, 0 to 1.</param>
/// <param name="DepthMicrometres">Height of the half-spheroid.</param>
/// <param name="RadiusMicrometres">Its radius at the electrode.</param>
/// <param name="ThicknessMicrometres">Height of the counter electrode.</param>
public sealed record FieldPicture(
    double HalfWidthMicrometres,
    double HeightMicrometres,
    double[,] Densities,
    double[,] PotentialShares,
    double DepthMicrometres,
    double RadiusMicrometres,
    double ThicknessMicrometres)
{
    public int Rows => Densities.GetLength(0);

    public int Columns => Densities.GetLength(1);

    public double RadiusAt(int column) => HalfWidthMicrometres * ((2.0 * column / (Columns - 1)) - 1);

    public double HeightAt(int row) => HeightMicrometres * row / (Rows - 1);
}
