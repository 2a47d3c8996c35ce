using CycleRig.Core.Evidence;

namespace CycleRig.Storage.Exports;

/// <summary>Samples of a run as a table of the Battery Data Format.</summary>
/// <remarks>
/// Positive current charges the cell, and charging is oxidation at the working electrode: our sign is kept. A symmetric cell has no direction of
/// charge; there it means stripping of the working electrode.
/// </remarks>
internal static class BdfSamples
{
    private const double PascalsPerMegapascal = 1e6;
    private const double UnixTicksPerSecond = TimeSpan.TicksPerSecond;

    public static IReadOnlyList<BdfColumn> Columns { get; } =
    [
        new("Test Time / s", BdfKind.Always), new("Voltage / V"), new("Current / A"), new("Unix Time / s", BdfKind.Always),
        new("Cycle Count / 1", BdfKind.Count), new("Step Count / 1", BdfKind.Count), new("Step ID", BdfKind.Count), new("Step Type", BdfKind.StepType),
        new("Step Time / s", BdfKind.Always), new("Step Record Index / 1", BdfKind.Count), new("Record Index / 1", BdfKind.Count),
        new("Applied Pressure / Pa"), new("Surface Pressure / Pa"), new("Surface Temperature / degC"),
        new("Charging Capacity / Ah", BdfKind.Always), new("Discharging Capacity / Ah", BdfKind.Always), new("Net Capacity / Ah", BdfKind.Always),
        new("Cycle Charging Capacity / Ah", BdfKind.Always), new("Cycle Discharging Capacity / Ah", BdfKind.Always), new("Cycle Net Capacity / Ah", BdfKind.Always),
        new("Step Charging Capacity / Ah", BdfKind.Always), new("Step Discharging Capacity / Ah", BdfKind.Always), new("Step Net Capacity / Ah", BdfKind.Always),
    ];

    public static IEnumerable<BdfRow> Rows(ExportedRun run, ExportCounts counts)
    {
        using var track = new StepTrack(run);
        var values = new double[Columns.Count];
        var (whole, ofCycle, ofStep) = (new ChargeTally(0), new ChargeTally(0), new ChargeTally(0));
        var (before, charge, record) = (double.NegativeInfinity, 0.0, 0L);
        StepAt? last = null;
        var inStep = 0L;
        foreach (var sample in run.Samples())
        {
            var time = run.RunSeconds(sample.TimeSeconds);
            if (!double.IsFinite(time) || time <= before)
            {
                counts.LeftOut++;
                continue;
            }

            before = time;
            var step = track.At(sample.TimeSeconds);
            if (step.Cycle != last?.Cycle)
                ofCycle = new(charge);
            if (step.Count != last?.Count)
                (ofStep, inStep) = (new(charge), 0);
            last = step;
            whole.Count(sample.ChargeCoulombs);
            ofCycle.Count(sample.ChargeCoulombs);
            ofStep.Count(sample.ChargeCoulombs);
            charge = double.IsFinite(sample.ChargeCoulombs) ? sample.ChargeCoulombs : charge;
            counts.Samples++;
            Measured(values, run, sample, step, (++record, ++inStep));
            Charges(values, whole, ofCycle, ofStep);
            yield return new(values, step.Type);
        }
    }

    /// <summary>Seconds since 1970, UTC, without leap seconds.</summary>
    public static double UnixSeconds(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks / UnixTicksPerSecond;

    public static double Pascals(double megapascals) => megapascals * PascalsPerMegapascal;

    private static void Measured(double[] values, ExportedRun run, in Sample sample, StepAt step, (long Record, long InStep) index)
    {
        values[0] = run.RunSeconds(sample.TimeSeconds);
        values[1] = sample.Volts;
        values[2] = sample.CurrentAmperes;
        values[3] = UnixSeconds(run.Utc(sample.TimeSeconds));
        values[4] = step.Cycle;
        values[5] = step.Count;
        values[6] = step.Id;
        values[8] = Math.Max(0, run.RunSeconds(sample.TimeSeconds) - run.RunSeconds(step.BeganSeconds));
        values[9] = index.InStep;
        values[10] = index.Record;
        values[11] = step.AppliedPascals;
        values[12] = Pascals(sample.PressureMegapascals);
        values[13] = sample.TemperatureCelsius;
    }

    private static void Charges(double[] values, ChargeTally whole, ChargeTally ofCycle, ChargeTally ofStep)
    {
        values[14] = whole.ChargingAmpereHours;
        values[15] = whole.DischargingAmpereHours;
        values[16] = whole.NetAmpereHours;
        values[17] = ofCycle.ChargingAmpereHours;
        values[18] = ofCycle.DischargingAmpereHours;
        values[19] = ofCycle.NetAmpereHours;
        values[20] = ofStep.ChargingAmpereHours;
        values[21] = ofStep.DischargingAmpereHours;
        values[22] = ofStep.NetAmpereHours;
    }
}
