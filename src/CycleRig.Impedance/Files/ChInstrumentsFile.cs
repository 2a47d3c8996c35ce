namespace CycleRig.Impedance.Files;

/// <summary>CH Instruments text: keys, then `Freq/Hz, Z'/ohm, Z"/ohm, Z/ohm, Phase/deg`, a blank line and rows with commas.</summary>
internal static class ChInstrumentsFile
{
    public static bool Recognises(SpectrumLines lines)
    {
        while (lines.NextFilled())
        {
            if (lines.Current.StartsWith("Freq/Hz, Z'/ohm", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    public static IReadOnlyList<ImportedSpectrum> Read(SpectrumLines lines) => NamedTable.Read(lines, "CH Instruments");
}
