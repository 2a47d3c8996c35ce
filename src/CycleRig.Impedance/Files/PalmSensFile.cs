namespace CycleRig.Impedance.Files;

/// <summary>PSTrace exports of PalmSens, .csv, mostly UTF-16: a block for each spectrum under `freq / Hz,neg. Phase / °,…`.</summary>
/// <remarks>
/// Layout from public readers of such files: a line `CH n: Fixed at k freqs` or `Measurement:,Impedance Spectroscopy [n]` above the names;
/// single lines in quotes; blocks of other techniques before. PSTrace writes -Im Z also under the name `Z'' / Ohm`, so the sign is taken
/// from `neg. Phase`, and without it as -Im Z.
/// </remarks>
internal static class PalmSensFile
{
    public static bool Recognises(SpectrumLines lines)
    {
        while (lines.NextFilled())
        {
            if (lines.Current.TrimStart('"').StartsWith("freq / Hz", StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    public static IReadOnlyList<ImportedSpectrum> Read(SpectrumLines lines)
    {
        lines.DropsQuotes = true;
        return NamedTable.ReadAll(lines, "PalmSens PSTrace", takesSignFromPhase: true);
    }
}
