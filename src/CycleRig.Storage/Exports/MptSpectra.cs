namespace CycleRig.Storage.Exports;

/// <summary>Spectra of a run as impedance tables, PEIS and GEIS apart; a spectrum is a cycle number, counted from 1 in each file.</summary>
internal static class MptSpectra
{
    private const double MilliPerUnit = 1e3;
    private const double DegreesPerRadian = 180 / Math.PI;

    private static readonly string[] Columns =
    [
        "freq/Hz", "Re(Z)/Ohm", "-Im(Z)/Ohm", "|Z|/Ohm", "Phase(Z)/deg", "time/s", "<Ewe>/V", "<I>/mA", "cycle number", "Ns",
    ];

    /// <summary>Writes the files that there are spectra for.</summary>
    /// <param name="path">File for a technique, `PEIS` or `GEIS`.</param>
    /// <param name="run">The run.</param>
    /// <param name="program">Version of the program.</param>
    /// <param name="counts">Raised.</param>
    /// <param name="progress">Told now and then.</param>
    public static void Write(Func<string, string> path, ExportedRun run, string program, ExportCounts counts, RowProgress progress)
    {
        MptText? potentiostatic = null, galvanostatic = null;
        var (cycleOfPotentiostatic, cycleOfGalvanostatic) = (0, 0);
        try
        {
            foreach (var placed in PlacedSpectrum.Of(run))
            {
                counts.Spectra++;
                if (placed.IsPotentiostatic)
                {
                    potentiostatic ??= new(path(placed.Technique), "Potentio Electrochemical Impedance Spectroscopy", run, program, Columns);
                    Write(potentiostatic, placed, ++cycleOfPotentiostatic, run, counts, progress);
                }
                else
                {
                    galvanostatic ??= new(path(placed.Technique), "Galvano Electrochemical Impedance Spectroscopy", run, program, Columns);
                    Write(galvanostatic, placed, ++cycleOfGalvanostatic, run, counts, progress);
                }
            }
        }
        finally
        {
            potentiostatic?.Dispose();
            galvanostatic?.Dispose();
        }
    }

    private static void Write(MptText file, PlacedSpectrum placed, int cycle, ExportedRun run, ExportCounts counts, RowProgress progress)
    {
        Span<double> row = stackalloc double[Columns.Length];
        for (var i = 0; i < placed.Volts.Length; i++)
        {
            var point = placed.Spectrum.Points[i];
            row[0] = point.FrequencyHz;
            row[1] = point.RealOhms;
            row[2] = 0 - point.ImaginaryOhms; // Not a negative zero.
            row[3] = double.Hypot(point.RealOhms, point.ImaginaryOhms);
            row[4] = Math.Atan2(point.ImaginaryOhms, point.RealOhms) * DegreesPerRadian;
            row[5] = run.RunSeconds(point.TimeSeconds);
            row[6] = placed.Volts[i];
            row[7] = point.CurrentAmperes * MilliPerUnit;
            row[8] = cycle;
            row[9] = placed.Step.Sequence;
            file.Write(row);
            counts.Points++;
            progress.Wrote(row[5]);
        }
    }
}
