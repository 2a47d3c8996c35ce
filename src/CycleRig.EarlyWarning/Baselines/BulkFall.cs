using CycleRig.EarlyWarning.Replay;

namespace CycleRig.EarlyWarning.Baselines;

/// <summary>The rule of a limit of R_bulk, for comparison: 5 % under its first value in two sweeps in a row under current; one warns. No temperature is allowed for.</summary>
public static class BulkFall
{
    private const double Share = 0.95;
    private const int InARow = 2;

    /// <summary>What the rule says.</summary>
    /// <param name="readings">In the order in which they were known.</param>
    public static IReadOnlyList<ReplayLine> Run(IEnumerable<SweepReading> readings)
    {
        var lines = new List<ReplayLine>();
        var (first, below) = (double.NaN, 0);
        foreach (var (seconds, reading, _, _) in readings.Where(sweep => sweep.Reading.Valid))
        {
            first = double.IsNaN(first) ? reading.BulkOhms : first;
            if (reading.CurrentAmperes == 0)
                continue;
            below = reading.BulkOhms < Share * first ? below + 1 : 0;
            if (below == 1)
                lines.Add(new(seconds, "warning", "damage", "bulk_fall"));
            if (below < InARow)
                continue;
            lines.Add(new(seconds, "halt", "damage", "bulk_fall"));
            break;
        }

        return lines;
    }
}
