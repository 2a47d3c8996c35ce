using CycleRig.Impedance.Circuits;

namespace CycleRig.Impedance.Fitting;

/// <summary>
/// Arcs of one form in series (R and CPE, R and C, or a Zarc) can be exchanged without a change of the impedance. They are labelled by
/// time constant: the first as written is the fastest. A swap would read as a fall of one resistance.
/// </summary>
internal static class ArcOrder
{
    /// <summary>Orders the arcs.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="inner">ln p, or p for exponents; overwritten.</param>
    /// <returns>Whether anything moved.</returns>
    public static bool Sort(Circuit circuit, double[] inner)
    {
        if (circuit.Program[^1] is not { Kind: null, IsParallel: false } series)
            return false;
        var moved = false;
        foreach (var same in series.Parts.Where(part => Form(circuit, part).Length > 0).GroupBy(part => Form(circuit, part)))
        {
            int[] places = [.. same];
            var before = (double[])inner.Clone();
            int[] ordered = [.. places.OrderBy(part => LogTimeConstant(circuit, part, before))];
            for (var i = 0; i < places.Length; i++)
            {
                var (to, from) = (circuit.Program[places[i]], circuit.Program[ordered[i]]);
                before.AsSpan(from.FirstParameter..from.EndParameter).CopyTo(inner.AsSpan(to.FirstParameter));
                moved |= places[i] != ordered[i];
            }
        }

        return moved;
    }

    /// <summary>The elements of an arc in their order, or "" for what is none.</summary>
    private static string Form(Circuit circuit, int part)
    {
        var operation = circuit.Program[part];
        var symbols = operation.Kind is { } kind
            ? kind.Symbol
            : operation.IsParallel ? string.Join(',', operation.Parts.Select(inside => circuit.Program[inside].Kind?.Symbol ?? "?")) : "";
        return symbols is "Zarc" or "R,CPE" or "CPE,R" or "R,C" or "C,R" ? symbols : "";
    }

    /// <summary>ln τ: of a Zarc as given, of R and C ln RC, of R and CPE (ln RQ)/n.</summary>
    private static double LogTimeConstant(Circuit circuit, int part, double[] inner)
    {
        var operation = circuit.Program[part];
        double sum = 0, exponent = 1;
        for (var k = operation.FirstParameter; k < operation.EndParameter; k++)
        {
            switch (circuit.Kinds[k].Role)
            {
                case ParameterRole.Time:
                    return inner[k];
                case ParameterRole.Exponent:
                    exponent = inner[k];
                    break;
                default:
                    sum += inner[k];
                    break;
            }
        }

        return sum / exponent;
    }
}
