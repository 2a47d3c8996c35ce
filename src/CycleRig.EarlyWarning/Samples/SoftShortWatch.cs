using CycleRig.Core.Evidence;

namespace CycleRig.EarlyWarning.Samples;

/// <summary>Looks for soft shorts on the samples of a run, live and in replay: what is remembered lasts over rest and reversal.</summary>
/// <param name="areaSquareCentimetres">Electrode area, cm².</param>
/// <param name="sineAmperes">Largest amplitude of a superimposed sine, A.</param>
/// <param name="falseHaltsPerThousandHours">False halts that are accepted.</param>
public sealed class SoftShortWatch(double areaSquareCentimetres, double sineAmperes, double falseHaltsPerThousandHours)
{
    /// <summary>Samples older than this change nothing, s: so long may the dips lie apart that still count together.</summary>
    public const double RememberedSeconds = 48 * 3600;

    private DirectCurrent _direct;
    private VoltageDips _dips;
    private SoftShorts _seen = SoftShorts.None(falseHaltsPerThousandHours);

    /// <summary>Takes a sample.</summary>
    /// <returns>A verdict in words with the dip that this sample ends, a warning or a halt; else null.</returns>
    public (WarningLevel Level, string Detail)? Take(in Sample sample)
    {
        var direct = _direct.Follow(sample.CurrentAmperes, sineAmperes, areaSquareCentimetres);
        // At rest there is nothing to see; a pause between two segments forgets nothing.
        if (direct == 0 || _dips.Test(sample, direct, sineAmperes) is not { } share)
            return null;
        (_seen, var level, var detail) = _seen.Take(sample.TimeSeconds, share);
        return (level, detail);
    }
}
