using CycleRig.EarlyWarning.Replay;
using CycleRig.Impedance.Derived;

namespace CycleRig.EarlyWarning.Baselines;

/// <summary>
/// The textbook chart, for comparison: a CUSUM (Page 1954, doi 10.1093/biomet/41.1-2.100) of R_bulk as the one point in the valley between
/// the arcs tells it, brought to 30 °C with the nominal activation energy, against the mean of the first sweeps under current.
/// </summary>
public static class ValleyCusum
{
    private const int BaselineSweeps = 6;

    /// <summary>In ln R_bulk: half of the least fall that is looked for, and where it halts. No sweep counts for so much that it halts alone.</summary>
    private const double Slack = 0.01;
    private const double Limit = 0.02;
    private const double StepMax = 0.015;

    /// <summary>Above this share of the limit it warns.</summary>
    private const double WarningShare = 0.8;

    /// <summary>What the rule says.</summary>
    /// <param name="readings">In the order in which they were known.</param>
    /// <param name="activationElectronVolts">Nominal activation energy of the bulk, of σT, eV.</param>
    public static IReadOnlyList<ReplayLine> Run(IEnumerable<SweepReading> readings, double activationElectronVolts)
    {
        var lines = new List<ReplayLine>();
        var baseline = new List<double>();
        var (sum, isWarned) = (0.0, false);
        foreach (var (seconds, reading, ohms, _) in readings.Where(sweep => sweep is { Reading: { Valid: true, CurrentAmperes: not 0 }, ValleyOhms: > 0 }))
        {
            var value = Math.Log(ohms) - ResistanceTemperature.LogBulk(reading.TemperatureCelsius, activationElectronVolts);
            if (!double.IsFinite(value))
                continue;
            if (baseline.Count < BaselineSweeps)
            {
                baseline.Add(value);
                continue;
            }

            sum = Math.Max(0, sum + Math.Min(baseline.Average() - value - Slack, StepMax));
            if (sum > WarningShare * Limit && !isWarned)
                lines.Add(new(seconds, "warning", "damage", "valley_cusum"));
            isWarned = sum > WarningShare * Limit;
            if (sum <= Limit)
                continue;
            lines.Add(new(seconds, "halt", "damage", "valley_cusum"));
            break;
        }

        return lines;
    }
}
