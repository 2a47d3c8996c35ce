using System.Globalization;
using CycleRig.Core.Cells;
using CycleRig.Core.Quantities;

namespace CycleRig.EarlyWarning.Forecasts;

/// <summary>What a run's verdicts say of what is to come, and of what they can not show. Told, never acted on.</summary>
/// <param name="Noise">Scatter of R_bulk from sweep to sweep, as a share; <see cref="SmallestVisible.AssumedNoise"/> while there are too few.</param>
/// <param name="IsNoiseMeasured">Whether it was measured.</param>
/// <param name="Pellet">The electrolyte.</param>
/// <param name="Forecast">Forecast; null where no growth is seen.</param>
/// <param name="Risk">Spallation risk; null without a current.</param>
public sealed record Outlook(double Noise, bool IsNoiseMeasured, Pellet Pellet, Forecast? Forecast, SpallationRisk? Risk)
{
    /// <summary>Filaments that stand for many in what is told of the smallest depth.</summary>
    public const int Many = 10;

    /// <summary>Sweeps whose mean is told beside the single one.</summary>
    public const int Averaged = 10;

    /// <summary>Below this the detector has seen nothing, standard deviations.</summary>
    private const double SeenSigmas = 2;

    /// <summary>
    /// While R_int is not within this of its newest value the contact still forms, and R_bulk falls with its constriction: such sweeps
    /// do not belong to the history.
    /// </summary>
    private const double SettledShare = 0.15;

    /// <summary>Sweeps from which the level before the onset is taken, where none are before it.</summary>
    private const int LevelSweeps = 3;

    /// <summary>Error of R_bulk below which no sweep is believed: gain and thermometer.</summary>
    private const double NoiseLeast = 0.0008;

    /// <summary>Second differences below which noise is not measured.</summary>
    private const int DifferencesMin = 6;

    /// <summary>Of the second difference of a white series, in units of its own deviation: √6; and median of the magnitude of a normal deviate.</summary>
    private static readonly double DifferenceSd = Math.Sqrt(6);
    private const double NormalMedian = 0.6745;

    /// <summary>The outlook of a run.</summary>
    /// <param name="sweeps">Valid sweeps, oldest first; may be empty.</param>
    /// <param name="cell">Material and surface.</param>
    /// <param name="pellet">The electrolyte.</param>
    /// <param name="highest">Highest current density of the protocol; its sign does not count.</param>
    public static Outlook Of(IReadOnlyList<JudgedSweep> sweeps, (Material Material, Surface Surface) cell, Pellet pellet, CurrentDensity highest)
    {
        // Sweeps under current and at rest have levels of their own.
        JudgedSweep[] loaded = [.. sweeps.Where(sweep => sweep.Density != 0)];
        var judged = loaded.Length >= LevelSweeps ? loaded : [.. sweeps.Where(sweep => sweep.Density == 0)];
        var measured = Scatter(judged);
        var noise = measured is { } known ? Math.Max(known, NoiseLeast) : SmallestVisible.AssumedNoise;
        var newest = sweeps.LastOrDefault(sweep => double.IsFinite(sweep.InterfaceOhms));
        SpallationRisk? risk = highest.AmperesPerSquareMetre == 0 ? null
            : newest.InterfaceOhms > 0 ? SpallationRisk.Of(cell.Material, highest, newest.InterfaceOhms * pellet.Area.SquareCentimetres)
            : SpallationRisk.Expected(cell.Material, cell.Surface, highest);
        return new(noise, measured is not null, pellet, Foreseen(judged, pellet, noise), risk);
    }

    /// <summary>In words, a line each.</summary>
    public IEnumerable<string> Lines()
    {
        yield return Forecast is { } forecast ? $"forecast, 90 %, if growth goes on as it has begun: {forecast}" : "forecast: no growth seen";
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"smallest visible depth, R_bulk {(IsNoiseMeasured ? "scatters" : "assumed to scatter")} by {100 * Noise:G2} %: {SmallestVisible.Of(Pellet, Noise)}, {SmallestVisible.Of(Pellet, Noise, count: Many)}; {SmallestVisible.Of(Pellet, Noise, Averaged)} if {Averaged} sweeps are averaged");
        if (Risk is { } risk)
            yield return $"spallation risk: {risk}";
    }

    private static Forecast? Foreseen(JudgedSweep[] judged, Pellet pellet, double noise)
    {
        if (judged.Length < 2 || judged[^1] is not { Statistic: >= SeenSigmas } newest || double.IsNaN(newest.OnsetSeconds))
            return null;
        var settled = judged.AsSpan(Settled(judged)..);
        double sum = 0;
        var count = 0;
        foreach (var sweep in settled)
        {
            if (count >= LevelSweeps && sweep.Seconds > newest.OnsetSeconds)
                break;
            sum += Math.Log(sweep.BulkOhms);
            count++;
        }

        var history = new LossPoint[settled.Length];
        for (var i = 0; i < history.Length; i++)
            history[i] = new(settled[i].Charge, 1 - Math.Exp(Math.Log(settled[i].BulkOhms) - (sum / count)), noise);
        return Forecast.Of(history, pellet, CurrentDensity.FromMilliamperesPerSquareCentimetre(newest.Density));
    }

    /// <summary>Index from which on R_int is about what it is now; the first where it says nothing.</summary>
    private static int Settled(JudgedSweep[] judged)
    {
        var first = judged.Length - 1;
        while (first > 0 && !(Math.Abs(Math.Log(judged[first - 1].InterfaceOhms / judged[^1].InterfaceOhms)) > SettledShare))
            first--;
        return first;
    }

    /// <summary>Standard deviation of ln R_bulk from its second differences, which leave out what drifts; null when there are too few.</summary>
    private static double? Scatter(JudgedSweep[] judged)
    {
        if (judged.Length < DifferencesMin + 2)
            return null;
        double[] differences = [.. Enumerable.Range(1, judged.Length - 2)
            .Select(i => Math.Abs(Math.Log(judged[i - 1].BulkOhms * judged[i + 1].BulkOhms / (judged[i].BulkOhms * judged[i].BulkOhms)))).Order()];
        return differences[differences.Length / 2] / (NormalMedian * DifferenceSd);
    }
}
