using System.Globalization;

namespace CycleRig.Storage.Exports;

/// <summary>Spectra of a run as ZView files, one for each: `ZPLOT2 ASCII`, tabs, CR LF; Z'' with its true sign, time from the begin of the sweep.</summary>
internal static class ZViewSpectra
{
    /// <summary>Writes a file for each spectrum.</summary>
    /// <param name="path">File for a spectrum's number, from 1, and technique.</param>
    /// <param name="run">The run.</param>
    /// <param name="program">Version of the program.</param>
    /// <param name="counts">Raised.</param>
    /// <param name="progress">Told now and then.</param>
    public static void Write(Func<int, string, string> path, ExportedRun run, string program, ExportCounts counts, RowProgress progress)
    {
        foreach (var placed in PlacedSpectrum.Of(run))
        {
            using var file = new StreamWriter(path(placed.Number, placed.Technique), false, MptText.Windows1252()) { NewLine = "\r\n" };
            Head(file, placed, run, program);
            for (var i = 0; i < placed.Volts.Length; i++)
            {
                var point = placed.Spectrum.Points[i];
                var time = run.RunSeconds(point.TimeSeconds) - run.RunSeconds(placed.Spectrum.StartSeconds);
                file.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{point.FrequencyHz:R}\t{placed.Order?.Amplitude ?? 0:R}\t{point.CurrentAmperes:R}\t{Math.Round(time, 7):R}\t{point.RealOhms:R}\t{point.ImaginaryOhms:R}\t0\t0\t0"));
                counts.Points++;
                progress.Wrote(run.RunSeconds(point.TimeSeconds));
            }

            counts.Spectra++;
        }
    }

    private static void Head(StreamWriter file, PlacedSpectrum placed, ExportedRun run, string program)
    {
        var began = run.Utc(placed.Spectrum.StartSeconds).UtcDateTime;
        string[] lines =
        [
            "ZPLOT2 ASCII",
            $"  Measured Data, CycleRig:    {program}",
            $"  Experiment Type:            Sweep Frequency, Control {(placed.IsPotentiostatic ? "Voltage" : "Current")}",
            string.Create(CultureInfo.InvariantCulture, $"  Date:                       {began:MM-dd-yyyy}"),
            string.Create(CultureInfo.InvariantCulture, $"  Time:                       {began:HH:mm:ss}"),
            "  Begin User Comments",
            $"    Cell {MptText.OneLine(run.Entry.Cell)}, channel {MptText.OneLine(run.Entry.Channel)}, run {run.Entry.Run}",
            $"    Ordered by {MptText.OneLine(run.Operator)}; date and time are UTC",
            string.Create(CultureInfo.InvariantCulture, $"    Spectrum {placed.Number}, begun {run.RunSeconds(placed.Spectrum.StartSeconds):R} s after the begin of the run"),
            $"    Ampl: peak of the sine, {(placed.IsPotentiostatic ? "V" : "A")}; Bias: direct current, A, positive is oxidation at the working electrode",
            "  End User Comments",
            "  Begin Information",
            $"    Surface Area:             {run.Facts["area_cm2"]?.ToString() ?? "0"}",
            "  End Information",
            $"  Data Points:                {placed.Volts.Length}",
            "  Freq(Hz)\tAmpl\tBias\tTime(Sec)\tZ'(a)\tZ''(b)\tGD\tErr\tRange",
            "End Comments",
        ];
        foreach (var line in lines)
            file.WriteLine(line);
    }
}
