namespace CycleRig.Impedance.Files;

/// <summary>Zahner text exports: keys, then tables of number, frequency, modulus, phase in degrees and significance.</summary>
/// <remarks>
/// Two layouts, both from what public readers of such files expect. Thales, `Save as ASCII` (github.com/chepec/zahner, eis2df): keys with
/// dots before the colon, names `Number Frequency/Hz Impedance/Ohm Phase/deg Significance` with blanks, tabs or commas between them.
/// Zahner Analysis: tabs and names `frequency (Hz)`, `impedance (Ω)`, `phase / deg (°)`, `significance`. The logarithmic tables of
/// Bin2Txt (`LOGF`, `LOGO`) are refused for want of a frequency.
/// </remarks>
internal static class ZahnerFile
{
    public static bool Recognises(SpectrumLines lines)
    {
        while (lines.NextFilled())
        {
            if (Has(lines, "frequency") && Has(lines, "impedance") && Has(lines, "phase") && (Has(lines, "number") || Has(lines, "significance"))
                && NamedColumns.AreNames(lines.Current, SpectrumText.Separator(lines.Current)))
                return true;
        }

        return false;
    }

    public static IReadOnlyList<ImportedSpectrum> Read(SpectrumLines lines) => NamedTable.ReadAll(lines, "Zahner");

    private static bool Has(SpectrumLines lines, string word) => lines.Current.Contains(word, StringComparison.OrdinalIgnoreCase);
}
