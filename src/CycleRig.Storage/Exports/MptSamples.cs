using System.Diagnostics;

namespace CycleRig.Storage.Exports;

/// <summary>Samples of a run as a galvanostatic table: current in mA, charge in mAh, both positive for oxidation.</summary>
/// <remarks>Only columns that strict readers know, so temperature and pressure are not among them.</remarks>
internal static class MptSamples
{
    private const double MilliPerUnit = 1e3;
    private const double CoulombsPerMilliampereHour = 3.6;

    private static readonly string[] Columns =
    [
        "mode", "ox/red", "error", "control changes", "Ns changes", "counter inc.", "Ns", "time/s", "Ewe/V", "I/mA", "(Q-Qo)/mA.h", "cycle number",
    ];

    public static void Write(string path, ExportedRun run, string program, ExportCounts counts, RowProgress progress)
    {
        using var file = new MptText(path, "Galvanostatic Cycling with Potential Limitation", run, program, Columns);
        using var track = new StepTrack(run);
        Span<double> row = stackalloc double[Columns.Length];
        var (oxidation, before) = (1.0, 0L);
        foreach (var sample in run.Samples())
        {
            var step = track.At(sample.TimeSeconds);
            oxidation = sample.CurrentAmperes switch { > 0 => 1, < 0 => 0, _ => oxidation }; // At rest it stays.
            row.Clear();
            row[0] = Mode(step.Control);
            row[1] = oxidation;
            row[4] = step.Count != before && before > 0 ? 1 : 0;
            row[3] = row[4];
            row[6] = step.Sequence;
            row[7] = run.RunSeconds(sample.TimeSeconds);
            row[8] = sample.Volts;
            row[9] = sample.CurrentAmperes * MilliPerUnit;
            row[10] = sample.ChargeCoulombs / CoulombsPerMilliampereHour;
            row[11] = step.Cycle;
            before = step.Count;
            file.Write(row);
            counts.Samples++;
            progress.Wrote(row[7]);
        }
    }

    private static double Mode(ControlMode control) => control switch
    {
        ControlMode.Current => 1,
        ControlMode.Voltage => 2,
        ControlMode.Rest => 3,
        _ => throw new UnreachableException($"No mode for {control}."),
    };
}
