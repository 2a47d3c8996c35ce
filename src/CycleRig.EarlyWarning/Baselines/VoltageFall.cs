using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Replay;

namespace CycleRig.EarlyWarning.Baselines;

/// <summary>
/// The rule of a voltage limit, for comparison: under constant current the voltage falls by 30 % (halt) or 10 % (warning) below its
/// trailing level, in two samples in a row. The sine of a sweep is allowed for.
/// </summary>
public static class VoltageFall
{
    private const double HaltFall = 0.3;
    private const double WarningFall = 0.1;
    private const int InARow = 2;

    /// <summary>Time constant of the trailing level, and how long it settles after a change of current, s: contact that improves takes minutes.</summary>
    private const double TrailSeconds = 20;

    /// <summary>A current further than this from its trailing level, beside the sine, has changed.</summary>
    private const double CurrentShare = 0.15;

    /// <summary>What the rule says.</summary>
    /// <param name="samples">In any order.</param>
    /// <param name="areaSquareCentimetres">Electrode area, cm².</param>
    /// <param name="sineAmperes">Amplitude of the GEIS, A.</param>
    public static IReadOnlyList<ReplayLine> Run(IEnumerable<Sample> samples, double areaSquareCentimetres, double sineAmperes)
    {
        var lines = new List<ReplayLine>();
        var (since, last, level, current) = (0.0, double.NegativeInfinity, 0.0, 0.0);
        var (halting, warning) = (0, 0);
        foreach (var sample in samples.Where(sample => double.IsFinite(sample.TimeSeconds + sample.CurrentAmperes + sample.Volts)).OrderBy(sample => sample.TimeSeconds))
        {
            var (seconds, volts, amperes) = (sample.TimeSeconds, Math.Abs(sample.Volts), sample.CurrentAmperes);
            if (current == 0 || Math.Abs(amperes - current) > (CurrentShare * Math.Abs(current)) + sineAmperes)
            {
                var isOn = !RestingCurrent.Is(amperes, areaSquareCentimetres);
                (since, last, level, current, halting, warning) = (seconds, seconds, volts, isOn ? amperes : 0, 0, 0);
                continue;
            }

            var floor = -level * Math.Min(sineAmperes / Math.Abs(current), 1);
            var settled = seconds - since >= TrailSeconds;
            halting = settled && volts < ((1 - HaltFall) * level) + floor ? halting + 1 : 0;
            warning = settled && volts < ((1 - WarningFall) * level) + floor ? warning + 1 : 0;
            if (halting == InARow)
            {
                lines.Add(new(seconds, "halt", "damage", "voltage_fall"));
                break;
            }

            if (warning == InARow)
                lines.Add(new(seconds, "warning", "damage", "voltage_fall"));
            var weight = 1 - Math.Exp(-(seconds - last) / TrailSeconds);
            (last, level, current) = (seconds, level + (weight * (volts - level)), current + (weight * (amperes - current)));
        }

        return lines;
    }
}
