namespace CycleRig.Storage.Exports;

/// <summary>
/// Spectra of a run as a table of the Battery Data Format, apart from the samples: a point of a sweep has no voltage of its own and may share its
/// time with a sample, and Test Time is to rise. The imaginary part keeps its sign: negative is capacitive.
/// </summary>
internal static class BdfSpectra
{
    private const double DegreesPerRadian = 180 / Math.PI;

    public static IReadOnlyList<BdfColumn> Columns { get; } =
    [
        new("Test Time / s", BdfKind.Always), new("Voltage / V"), new("Current / A"), new("Unix Time / s", BdfKind.Always),
        new("Cycle Count / 1", BdfKind.Count), new("Step Count / 1", BdfKind.Count), new("Step ID", BdfKind.Count), new("Step Type", BdfKind.StepType),
        new("Record Index / 1", BdfKind.Count), new("Spectrum Index / 1", BdfKind.Count),
        new("Frequency / Hz"), new("Real Impedance / ohm"), new("Imaginary Impedance / ohm"), new("Absolute Impedance / ohm"), new("Phase / deg"),
        new("Surface Pressure / Pa"), new("Surface Temperature / degC"),
    ];

    public static IEnumerable<BdfRow> Rows(ExportedRun run, ExportCounts counts)
    {
        var values = new double[Columns.Count];
        var before = double.NegativeInfinity;
        foreach (var placed in PlacedSpectrum.Of(run))
        {
            counts.Spectra++;
            for (var i = 0; i < placed.Volts.Length; i++)
            {
                var point = placed.Spectrum.Points[i];
                var time = run.RunSeconds(point.TimeSeconds);
                if (!double.IsFinite(time) || time <= before)
                {
                    counts.LeftOut++;
                    continue;
                }

                before = time;
                counts.Points++;
                (values[0], values[1], values[2], values[3]) = (time, placed.Volts[i], point.CurrentAmperes, BdfSamples.UnixSeconds(run.Utc(point.TimeSeconds)));
                (values[4], values[5], values[6]) = (placed.Step.Cycle, placed.Step.Count, placed.Step.Id);
                (values[8], values[9]) = (counts.Points, placed.Number);
                (values[10], values[11], values[12]) = (point.FrequencyHz, point.RealOhms, point.ImaginaryOhms);
                (values[13], values[14]) = (double.Hypot(point.RealOhms, point.ImaginaryOhms), Math.Atan2(point.ImaginaryOhms, point.RealOhms) * DegreesPerRadian);
                (values[15], values[16]) = (BdfSamples.Pascals(point.PressureMegapascals), point.TemperatureCelsius);
                yield return new(values, placed.Step.Type);
            }
        }
    }
}
