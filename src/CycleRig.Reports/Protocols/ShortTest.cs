using CycleRig.Core.Evidence;
using CycleRig.Impedance;
using CycleRig.Storage.Recordings;
using MathNet.Numerics.Statistics;

namespace CycleRig.Reports.Protocols;

/// <summary>Two signs of a short that need no fit: a voltage that collapses at constant current, and a cell that conducts better than its electrolyte.</summary>
internal static class ShortTest
{
    /// <summary>A direct current that meets less than this share of R_bulk takes another way than ions do.</summary>
    private const double BulkShare = 0.9;

    /// <summary>
    /// A collapse is a fall to below this share from one window to the next. A superimposed sine is 8 to 10 % of the voltage at low frequencies, and
    /// better contact takes minutes.
    /// </summary>
    private const double CollapseShare = 0.7;
    private const double BeforeSeconds = 20;
    private const double GapSeconds = 5;
    private const double AfterSeconds = 10;
    private const int WindowSamples = 3;

    /// <summary>
    /// A sine above this share of the direct current moves the voltage as far as a collapse does: samples during its sweeps do not count, nor any whose
    /// own current is as far off. A sweep lasts some periods longer than the time of its last point.
    /// </summary>
    private const double SineShareMax = 0.12;
    private const double PeriodsAfter = 5;

    /// <summary>The first sweep from a time on whose resistance to direct current is below that of the electrolyte: its end, s, and that resistance, Ω; null for none.</summary>
    /// <param name="sweeps">In the order of time.</param>
    /// <param name="bulkOhms">R_bulk of the sound cell, Ω.</param>
    /// <param name="fromSeconds">Earlier ones do not count, s.</param>
    public static (double Seconds, double Ohms)? Bypassed(IEnumerable<Spectrum> sweeps, double bulkOhms, double fromSeconds = double.NegativeInfinity) => sweeps
        .Where(sweep => sweep.StartSeconds >= fromSeconds).Select(sweep => ((double, double)?)(sweep.EndSeconds, CellReadings.LowestOhms(sweep)))
        .FirstOrDefault(sweep => sweep!.Value.Item2 < BulkShare * bulkOhms);

    /// <summary>When the voltage of a step collapsed, s; null when it did not.</summary>
    public static double? Collapse(Recording recording, CurrentStep step)
    {
        var isSmall = recording.Cell.SineAmperes > 0 && recording.Cell.SineAmperes <= SineShareMax * Math.Abs(step.Amperes);
        List<(double Start, double End)> sweeps = isSmall ? [] : [.. recording.Spectra.Select(sweep => (sweep.StartSeconds, sweep.EndSeconds + (PeriodsAfter / Lowest(sweep))))
            .Where(sweep => sweep.Item2 >= step.StartSeconds && sweep.StartSeconds <= step.EndSeconds)];
        List<Sample> samples = [.. step.Samples.Where(sample => double.IsFinite(sample.Volts) && !IsSwept(sample))];
        var (first, last, next) = (0, 0, 0);
        for (var i = 0; i < samples.Count; i++)
        {
            var time = samples[i].TimeSeconds;
            while (samples[first].TimeSeconds < time - BeforeSeconds)
                first++;
            while (last < samples.Count && samples[last].TimeSeconds < time - GapSeconds)
                last++;
            while (next < samples.Count && samples[next].TimeSeconds <= time + AfterSeconds)
                next++;
            if (last - first >= WindowSamples && next - i >= WindowSamples && Middle(samples[i..next]) < CollapseShare * Middle(samples[first..last]))
                return time;
        }

        return null;

        bool IsSwept(Sample sample) => Math.Abs(sample.CurrentAmperes - step.Amperes) > SineShareMax * Math.Abs(step.Amperes)
            || sweeps.Exists(sweep => sample.TimeSeconds >= sweep.Start && sample.TimeSeconds <= sweep.End);
    }

    private static double Lowest(Spectrum sweep) => sweep.Points.Where(ImpedanceData.IsUsable).Select(point => point.FrequencyHz).DefaultIfEmpty(1).Min();

    private static double Middle(List<Sample> samples) => samples.Select(sample => Math.Abs(sample.Volts)).Median();
}
