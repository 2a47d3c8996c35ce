using System.Collections.Immutable;
using CycleRig.Reports.Fits;
using CycleRig.Storage.Recordings;
using MathNet.Numerics.Statistics;

namespace CycleRig.Reports.Protocols;

/// <summary>What an instrument tells from zero, by cell.json or by the digits and the noise of the currents it wrote.</summary>
/// <param name="Amperes">The floor, A.</param>
/// <param name="OffsetAmperes">How far all samples may be off together, A: part of the floor; 0 where nothing tells.</param>
/// <param name="Note">Where it comes from.</param>
internal sealed record CurrentFloor(double Amperes, double OffsetAmperes, string Note)
{
    /// <summary>What a good low-current range tells from zero, A: never taken for less unless cell.json says `current_floor_A`.</summary>
    private const double LeastAmperes = 5e-11;

    /// <summary>
    /// A range of 16 bits has steps of 0.003 % of it, and an offset of 0.01 % of the range is usual for such instruments (assumed): some four steps.
    /// </summary>
    private const double StepsOff = 4;

    /// <summary>Standard deviations of a sample that stand out of its noise.</summary>
    private const double DeviationsTold = 2;

    /// <summary>Two values closer than this share of the largest are one, rounded otherwise.</summary>
    private const double RoundingShare = 1e-9;

    /// <summary>The standard deviation of noise in units of the median distance from sample to sample: √2 · 0.6745.</summary>
    private const double MedianDistance = 0.9539;

    /// <summary>The floor of a recording.</summary>
    /// <param name="recording">Its cell.json may state it.</param>
    /// <param name="currents">Currents in order of time, A.</param>
    public static CurrentFloor Of(Recording recording, ImmutableArray<double> currents)
    {
        if (CellSheet.Number(recording, "current_floor_A") is { } given)
            return new(given, given, Text(given, "from cell.json"));
        var (offset, noise) = (StepsOff * Step(currents), DeviationsTold * Noise(currents));
        var floor = Math.Max(LeastAmperes, Math.Max(offset, noise));
        return new(floor, offset, Text(floor,
            floor == offset ? "four of the steps in which its currents are written: the range, not the cell, sets this floor; measure with a lower `current_max`"
            : floor == noise ? "twice the noise of its samples: cell.json has no `current_floor_A`"
            : "assumed: cell.json has no `current_floor_A`"));
    }

    /// <summary>The least distance of two values that differ, A. Of values that are all the same, the value: one step at the most is known.</summary>
    private static double Step(ImmutableArray<double> currents)
    {
        double[] values = [.. currents.Distinct().Order()];
        var same = RoundingShare * values.Max(Math.Abs);
        return values.Zip(values.Skip(1), (low, high) => high - low).Where(distance => distance > same).DefaultIfEmpty(Math.Abs(values[^1])).Min();
    }

    private static double Noise(ImmutableArray<double> currents) =>
        currents.Zip(currents.Skip(1), (one, next) => Math.Abs(next - one)).Median() / MedianDistance;

    private static string Text(double amperes, string origin) =>
        $"the instrument's floor is {SiText.Brief(amperes, "A")}, {origin}";
}
