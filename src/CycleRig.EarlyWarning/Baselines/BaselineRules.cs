using System.Collections.Immutable;
using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Replay;

namespace CycleRig.EarlyWarning.Baselines;

/// <summary>The simple rules that a detector must beat, side by side.</summary>
public static class BaselineRules
{
    /// <summary>Names, in the order of <see cref="Run"/>.</summary>
    public static ImmutableArray<string> Names { get; } = ["voltage 30 %", "R_bulk 5 %", "valley CUSUM"];

    /// <summary>What each of them says of a recording.</summary>
    /// <param name="samples">Of the recording.</param>
    /// <param name="readings">Its sweeps in the order in which they were known.</param>
    /// <param name="areaSquareCentimetres">Electrode area, cm².</param>
    /// <param name="sineAmperes">Amplitude of the GEIS, A.</param>
    /// <param name="activationElectronVolts">Nominal activation energy of the bulk, eV.</param>
    public static ImmutableArray<IReadOnlyList<ReplayLine>> Run(
        IReadOnlyList<Sample> samples, IReadOnlyList<SweepReading> readings, double areaSquareCentimetres, double sineAmperes, double activationElectronVolts)
    {
        var voltage = VoltageFall.Run(samples, areaSquareCentimetres, sineAmperes);
        return [voltage, BulkFall.Run(readings), Either(ValleyCusum.Run(readings, activationElectronVolts), voltage)];
    }

    /// <summary>Two rules at once, up to the first halt of either.</summary>
    private static List<ReplayLine> Either(IReadOnlyList<ReplayLine> one, IReadOnlyList<ReplayLine> other)
    {
        List<ReplayLine> both = [.. one.Concat(other).OrderBy(line => line.TimeSeconds)];
        var halt = both.FindIndex(line => line.Level == "halt");
        return halt < 0 ? both : both[..(halt + 1)];
    }
}
