using CycleRig.EarlyWarning.Detection;

namespace CycleRig.EarlyWarning.Tuning;

/// <summary>
/// Coordinate search in the logarithms of the settings: one after the other is raised or lowered by a factor as long as that is better, and
/// where no setting helps any more the factor becomes its root. The same population gives the same settings.
/// </summary>
public static class SettingsSearch
{
    /// <summary>Factor of the first steps; 2, √2 and ∜2 are tried.</summary>
    private const double FirstFactor = 2;
    private const int Refinements = 3;

    /// <summary>Settings that are judged at most.</summary>
    public const int JudgedMax = 150;

    /// <summary>What was found.</summary>
    /// <param name="Settings">The best.</param>
    /// <param name="Merit">Its merit.</param>
    /// <param name="Judged">How many settings were judged.</param>
    public sealed record Found(DetectorSettings Settings, Merit Merit, int Judged);

    /// <summary>Searches.</summary>
    /// <param name="start">Settings to begin with; a tuned one outside its bounds is moved to the nearer.</param>
    /// <param name="judge">Merit of settings; the same for the same settings.</param>
    /// <param name="told">Told of each judgement: how many there were, and the best so far.</param>
    public static Found Run(DetectorSettings start, Func<DetectorSettings, Merit> judge, Action<Found>? told = null)
    {
        var inside = TunedSetting.All.Aggregate(start, (settings, tuned) => tuned.With(settings, Math.Clamp(tuned.Of(settings), tuned.Min, tuned.Max)));
        var best = new Found(inside, judge(inside), 1);
        var factor = FirstFactor;
        for (var refinement = 0; refinement < Refinements; refinement++, factor = Math.Sqrt(factor))
        {
            var before = best;
            do
            {
                before = best;
                foreach (var tuned in TunedSetting.All)
                    best = Along(tuned, factor, best, judge, told);
            }
            while (best.Settings != before.Settings && best.Judged < JudgedMax);
        }

        return best;
    }

    /// <summary>Raises a setting as long as that is better; lowers it where raising never was.</summary>
    private static Found Along(TunedSetting tuned, double factor, Found best, Func<DetectorSettings, Merit> judge, Action<Found>? told)
    {
        foreach (var step in (double[])[factor, 1 / factor])
        {
            var before = best.Settings;
            while (best.Judged < JudgedMax)
            {
                var value = Math.Clamp(tuned.Of(best.Settings) * step, tuned.Min, tuned.Max);
                if (value == tuned.Of(best.Settings))
                    break;
                var tried = tuned.With(best.Settings, value);
                var merit = judge(tried);
                var isBetter = merit.IsBetterThan(best.Merit);
                best = isBetter ? new(tried, merit, best.Judged + 1) : best with { Judged = best.Judged + 1 };
                told?.Invoke(best);
                if (!isBetter)
                    break;
            }

            if (best.Settings != before)
                break;
        }

        return best;
    }
}
