using System.Collections.Immutable;

namespace CycleRig.EarlyWarning.Detection;

/// <summary>
/// What neighbours say together: their weighted median, and how far it is believed. A warming is believed as far as those show it that show least, but for
/// one in four; and where only cells under current show it, as far as their R_int shows it, too.
/// </summary>
/// <param name="Median">The chamber above the thermometer, K.</param>
/// <param name="Sd">Standard deviation of that, K.</param>
/// <param name="Most">How warm they can be believed to say that it is, K; no more than the median.</param>
/// <param name="MayCool">Whether they can be believed that it is cooler.</param>
/// <param name="IsSure">Whether they are so many that no single one can have said it.</param>
internal readonly record struct NeighbourVote(double Median, double Sd, double Most, bool MayCool, bool IsSure)
{
    /// <summary>By so much of its standard deviation the median may lie beside what is taken from it before that follows.</summary>
    private const double Slack = 0.5;

    /// <summary>Efficiency of a median of normal deviates.</summary>
    private const double MedianSd = 1.25;

    /// <summary>Of so many neighbours one may be wrong.</summary>
    private const int Quarter = 4;
    private const int SureCount = 3;

    /// <summary>No warming is believed that a cell at rest denies by so many standard deviations.</summary>
    private const double RestingSigmas = 2;

    /// <summary>
    /// That metal grows in as many cells as this at once, and alike, may be; each one more speaks for so much of a warming that R_int can not tell, K: 0.3 %
    /// of R_bulk.
    /// </summary>
    private const int Unlikely = 2;
    private const double Unsupported = 0.07;

    /// <summary>Log-likelihood by which R_int must speak for it.</summary>
    private const double SupportGain = 1;
    private const double SupportSigmas = 2;

    public static NeighbourVote Of(ImmutableArray<ChamberModeMember> members)
    {
        if (members.IsEmpty)
            return default;
        var ordered = members.OrderBy(member => member.Value).ToArray();
        var precision = ordered.Sum(member => 1 / member.Variance);
        var median = Middle(ordered, precision);
        var spread = ordered.Sum(member => Math.Abs(member.Value - median) / member.Variance) / precision;
        var sd = MedianSd * Math.Max(1, spread / Math.Sqrt(ordered.Length / precision)) / Math.Sqrt(precision);
        var isResting = ordered.Any(member => member.Said.IsResting);
        var isSure = ordered.Length >= SureCount || ordered.Count(member => member.Said.IsResting) > 1;
        // Warming is what metal looks like, and metal hides cooling; nothing grows at rest: R_bulk of a resting cell needs nobody's word.
        var most = Math.Min(median, ordered.Select(member => member.Value + Math.Sqrt(member.Variance)).Order().ElementAt((ordered.Length - 1) / Quarter));
        most = ordered.Where(member => member.Said.IsResting).Aggregate(most, (least, member) => Math.Min(least, member.Value + (RestingSigmas * Math.Sqrt(member.Variance))));
        if (!isResting && most > 0 && !IsSupported(ordered, most))
            most = Math.Min(most, Unsupported * Math.Max(0, ordered.Length - Unlikely));
        return new(median, sd, most, isSure || IsSupported(ordered, median), isSure);
    }

    /// <summary>What is taken from the neighbours, K: it follows when it must.</summary>
    /// <param name="kelvins">What was taken before, K.</param>
    public double Follow(double kelvins)
    {
        var warmest = MayCool ? Math.Min(kelvins, Median + (Slack * Sd)) : kelvins;
        return Math.Max(warmest, Most - (Slack * Sd));
    }

    /// <summary>Whether what is taken is what they say.</summary>
    /// <param name="kelvins">What is taken, K.</param>
    public bool Confirms(double kelvins) => IsSure && Math.Abs(Median - kelvins) < Sd;

    private static double Middle(ChamberModeMember[] ordered, double precision)
    {
        var below = 0.0;
        for (var i = 0; i < ordered.Length; i++)
        {
            var weight = 1 / ordered[i].Variance;
            if (below + weight >= precision / 2 && i + 1 < ordered.Length && below + weight < (precision / 2) * (1 + 1e-9))
                return (ordered[i].Value + ordered[i + 1].Value) / 2;
            below += weight;
            if (below >= precision / 2)
                return ordered[i].Value;
        }

        return ordered[^1].Value;
    }

    /// <summary>Whether R_int of the neighbours together speaks for a change: it moves by as much, neither less nor, as contact does, far more.</summary>
    private static bool IsSupported(ChamberModeMember[] members, double kelvins)
    {
        double weights = 0, sum = 0;
        foreach (var member in members)
        {
            var weight = 1 / (member.Said.InterfaceSd * member.Said.InterfaceSd);
            (weights, sum) = (weights + weight, sum + (weight * (member.Said.InterfaceKelvins + member.Value - member.Said.Kelvins)));
        }

        var (mean, variance) = (sum / weights, 1 / weights);
        var gain = kelvins * ((2 * mean) - kelvins) / (2 * variance);
        return gain > SupportGain && Math.Abs(mean - kelvins) < SupportSigmas * Math.Sqrt(variance);
    }
}
