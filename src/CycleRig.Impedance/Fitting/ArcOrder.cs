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
    /// <param name="values">Its parameters; overwritten.</param>
    /// <returns>Whether anything moved.</returns>
    public static bool Sort(Circuit circuit, Span<double> values)
    {
        var moved = false;
        var before = values.ToArray();
        foreach (var same in Arcs(circuit).GroupBy(arc => arc.Form))
        {
            Arc[] places = [.. same];
            Arc[] ordered = [.. places.OrderBy(arc => LogTimeConstant(circuit, arc, before))];
            for (var i = 0; i < places.Length; i++)
            {
                before.AsSpan(ordered[i].First, ordered[i].Count).CopyTo(values[places[i].First..]);
                moved |= places[i] != ordered[i];
            }
        }

        return moved;
    }

    /// <summary>Which parameter takes which place so that arcs stay nearest, in ln R and ln τ, to those of the spectrum before.</summary>
    /// <returns>For each parameter of the circuit, the one of <paramref name="values"/> that belongs there.</returns>
    public static int[] Continue(Circuit circuit, ReadOnlySpan<double> values, ReadOnlySpan<double> before)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        foreach (var same in Arcs(circuit).GroupBy(arc => arc.Form))
        {
            Arc[] places = [.. same];
            var distances = new double[places.Length, places.Length];
            for (var i = 0; i < places.Length; i++)
            {
                for (var j = 0; j < places.Length; j++)
                    distances[i, j] = Distance(circuit, places[i], before, places[j], values);
            }

            var nearest = Nearest(distances);
            for (var i = 0; i < places.Length; i++)
            {
                for (var k = 0; k < places[i].Count; k++)
                    order[places[i].First + k] = places[nearest[i]].First + k;
            }
        }

        return order;
    }

    private static double Distance(Circuit circuit, Arc place, ReadOnlySpan<double> before, Arc arc, ReadOnlySpan<double> values)
    {
        var time = LogTimeConstant(circuit, arc, values) - LogTimeConstant(circuit, place, before);
        double ohms = 0;
        for (var k = 0; k < arc.Count; k++)
        {
            if (circuit.Parameters[arc.First + k].Role == ParameterRole.Resistance)
                ohms = Math.Log(Math.Abs(values[arc.First + k] / before[place.First + k]));
        }

        return (time * time) + (ohms * ohms);
    }

    /// <summary>The assignment of least sum; all are tried, circuits have few arcs.</summary>
    private static int[] Nearest(double[,] distances)
    {
        var count = distances.GetLength(0);
        var (best, sum) = (Enumerable.Range(0, count).ToArray(), double.PositiveInfinity);
        Try([], 0);
        return best;

        void Try(int[] taken, double cost)
        {
            if (cost >= sum)
                return;
            if (taken.Length == count)
            {
                (best, sum) = (taken, cost);
                return;
            }

            for (var j = 0; j < count; j++)
            {
                if (!taken.Contains(j))
                    Try([.. taken, j], cost + distances[taken.Length, j]);
            }
        }
    }

    /// <summary>The arcs in series, in the order of the circuit.</summary>
    public static IReadOnlyList<Arc> Arcs(Circuit circuit)
    {
        var arcs = new List<Arc>();
        var first = 0;
        foreach (var part in circuit.Root is SeriesNode series ? series.Parts : [circuit.Root])
        {
            var count = Count(part);
            if (Form(part) is { Length: > 0 } form)
                arcs.Add(new(form, first, count));
            first += count;
        }

        return arcs;
    }

    /// <summary>ln τ: of a Zarc as given, of R and C ln RC, of R and CPE (ln RQ)/n.</summary>
    public static double LogTimeConstant(Circuit circuit, Arc arc, ReadOnlySpan<double> values)
    {
        double sum = 0, exponent = 1;
        for (var k = arc.First; k < arc.First + arc.Count; k++)
        {
            switch (circuit.Parameters[k].Role)
            {
                case ParameterRole.Time:
                    return Math.Log(values[k]);
                case ParameterRole.Exponent:
                    exponent = values[k];
                    break;
                default:
                    sum += Math.Log(Math.Abs(values[k]));
                    break;
            }
        }

        return sum / exponent;
    }

    /// <summary>The elements of an arc in their order, or "" for what is none.</summary>
    private static string Form(CircuitNode part)
    {
        var symbols = part switch
        {
            ElementNode element => element.Kind.Symbol,
            ParallelNode parallel => string.Join(',', parallel.Parts.Select(inside => inside is ElementNode element ? element.Kind.Symbol : "?")),
            _ => "",
        };
        return symbols is "Zarc" or "R,CPE" or "CPE,R" or "R,C" or "C,R" ? symbols : "";
    }

    private static int Count(CircuitNode node) => node switch
    {
        ElementNode element => element.Kind.Parameters.Length,
        SeriesNode series => series.Parts.Sum(Count),
        ParallelNode parallel => parallel.Parts.Sum(Count),
        _ => throw new System.Diagnostics.UnreachableException($"no parameters of {node.GetType().Name}"),
    };

    /// <summary>An arc in series.</summary>
    /// <param name="Form">Its elements; arcs of one form can be exchanged.</param>
    /// <param name="First">Its first parameter.</param>
    /// <param name="Count">Its parameters.</param>
    public readonly record struct Arc(string Form, int First, int Count);
}
