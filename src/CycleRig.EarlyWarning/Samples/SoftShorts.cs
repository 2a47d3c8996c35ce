using System.Collections.Immutable;
using CycleRig.Core.Evidence;

namespace CycleRig.EarlyWarning.Samples;

/// <summary>
/// Counts dips of the voltage against how often a sound cell has one: the first warns, and so many in so short a time that sound cells would show them
/// less often than is accepted halt. A Poisson test: where dips come at a rate λ, n of them within w hours begin λ (λ w)ⁿ⁻¹/(n - 1)! times an hour.
/// </summary>
/// <param name="FalseHaltsPerThousandHours">False halts that are accepted, all numbers of dips together.</param>
/// <param name="Dips">Times (s) of the newest dips with the share of the voltage that they took, oldest first.</param>
public sealed record SoftShorts(double FalseHaltsPerThousandHours, ImmutableArray<(double Seconds, double Share)> Dips)
{
    /// <summary>Dips of a sound cell in an hour under current, an assumption: a connector that is touched, a hum; and those that take a fifth of the voltage.</summary>
    private const double RatePerHour = 0.01;
    private const double DeepRatePerHour = 0.002;
    private const double DeepShare = 0.2;

    /// <summary>Each number of dips has a window of its own; all of them together halt so many times as often as one (Monte Carlo, 20 million hours): what one finds another mostly finds, too.</summary>
    private const double AllNumbers = 2.3;

    private const int Remembered = 8;

    /// <summary>Before any dip.</summary>
    public static SoftShorts None(double falseHaltsPerThousandHours) => new(falseHaltsPerThousandHours, []);

    /// <summary>Takes a dip.</summary>
    /// <param name="seconds">When it was over, s.</param>
    /// <param name="share">Share of the voltage that it took.</param>
    /// <returns>What is remembered, the level, and the verdict in words.</returns>
    public (SoftShorts Next, WarningLevel Level, string Detail) Take(double seconds, double share)
    {
        var dips = Dips.Add((seconds, share));
        if (dips.Length > Remembered)
            dips = dips.RemoveAt(0);
        for (var count = 2; count <= dips.Length; count++)
        {
            var counted = dips[^count..];
            var hours = (seconds - counted[0].Seconds) / 3600;
            var rate = counted.All(dip => dip.Share >= DeepShare) ? DeepRatePerHour : RatePerHour;
            if (rate * Math.Pow(rate * hours, count - 1) / Factorial(count - 1) <= FalseHaltsPerThousandHours / 1000 / AllNumbers)
                return (this with { Dips = dips }, WarningLevel.Halt, FormattableString.Invariant($"soft shorts: the voltage dipped {count} times within {Text(seconds - counted[0].Seconds)}, the last time by {100 * share:F0} %, and came back"));
        }

        return (this with { Dips = dips }, WarningLevel.Warning, FormattableString.Invariant($"a soft short: the voltage dipped by {100 * share:F0} % and came back"));
    }

    private static double Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);

    private static string Text(double seconds) => seconds < 5400 ? FormattableString.Invariant($"{seconds / 60:F0} min") : FormattableString.Invariant($"{seconds / 3600:F1} h");
}
