namespace CycleRig.Impedance.Fitting;

/// <summary>The resistances of a sketch, gathered into as many groups as a circuit has arcs.</summary>
internal static class RelaxationGroups
{
    /// <summary>Groups further apart than this (in ln τ) cost no more to merge: they are two arcs in any case.</summary>
    private const double Apart = 6;

    /// <summary>Groups that weigh less than this at their own frequency are what the noise left.</summary>
    private const double Negligible = 1e-3;

    /// <summary>Gathers.</summary>
    /// <param name="sketch">The sketch.</param>
    /// <param name="modulusAt">|Z| at a rate 1/τ, Ω.</param>
    /// <param name="count">How many groups; fewer come back where there are fewer.</param>
    /// <returns>Groups from fast to slow.</returns>
    public static List<RelaxationGroup> Gather(RelaxationSketch sketch, Func<double, double> modulusAt, int count)
    {
        var groups = new List<RelaxationGroup>();
        var seconds = sketch.LogSeconds;
        for (var k = 0; k < seconds.Length; k++)
        {
            var ohms = sketch.ResistancesOhms[k];
            var weight = ohms / modulusAt(Math.Exp(-seconds[k]));
            if (weight > Negligible)
                groups.Add(new(seconds[k], ohms, weight));
        }

        while (groups.Count > Math.Max(1, count))
        {
            var cheapest = Enumerable.Range(0, groups.Count - 1).MinBy(i => Cost(groups[i], groups[i + 1]));
            groups[cheapest] = Merged(groups[cheapest], groups[cheapest + 1]);
            groups.RemoveAt(cheapest + 1);
        }

        return groups;
    }

    private static double Cost(RelaxationGroup one, RelaxationGroup other)
    {
        var distance = Math.Min(Apart, other.LogSeconds - one.LogSeconds);
        return one.Weight * other.Weight / (one.Weight + other.Weight) * distance * distance;
    }

    private static RelaxationGroup Merged(RelaxationGroup one, RelaxationGroup other)
    {
        var ohms = one.Ohms + other.Ohms;
        return new(((one.LogSeconds * one.Ohms) + (other.LogSeconds * other.Ohms)) / ohms, ohms, one.Weight + other.Weight);
    }
}

/// <summary>Resistances at neighbouring time constants.</summary>
/// <param name="LogSeconds">Mean of ln τ.</param>
/// <param name="Ohms">Their sum, Ω.</param>
/// <param name="Weight">Sum over |Z| at each one's own frequency.</param>
internal readonly record struct RelaxationGroup(double LogSeconds, double Ohms, double Weight);
