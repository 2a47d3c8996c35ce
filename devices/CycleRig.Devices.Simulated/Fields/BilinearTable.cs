namespace CycleRig.Devices.Simulated.Fields;

/// <summary>
/// A function of two variables between entries: linear in both directions, so that it rises and falls only where its entries do; beyond its
/// first and last entries it stays as there. A look-up allocates nothing.
/// </summary>
/// <param name="rows">Places of the rows, ascending.</param>
/// <param name="columns">Places of the columns, ascending.</param>
/// <param name="values">Row by row.</param>
internal sealed class BilinearTable(double[] rows, double[] columns, double[] values)
{
    public double At(double row, double column)
    {
        var (i, down) = Place(rows, row);
        var (j, across) = Place(columns, column);
        var first = (i * columns.Length) + j;
        var second = first + columns.Length;
        return ((1 - down) * (((1 - across) * values[first]) + (across * values[first + 1])))
            + (down * (((1 - across) * values[second]) + (across * values[second + 1])));
    }

    private static (int Index, double Share) Place(double[] places, double at)
    {
        var i = 0;
        while (i < places.Length - 2 && places[i + 1] < at)
            i++;
        return (i, Math.Clamp((at - places[i]) / (places[i + 1] - places[i]), 0, 1));
    }
}
