namespace CycleRig.Impedance.Files;

/// <summary>PARSTAT text exports: names in the first line, tabs; direct-current rows have frequency 0.</summary>
internal static class ParstatFile
{
    public static bool Recognises(SpectrumLines lines) => lines.NextFilled()
        && lines.Current.Contains("Zre (ohms)", StringComparison.OrdinalIgnoreCase)
        && lines.Current.Contains("Elapsed Time", StringComparison.OrdinalIgnoreCase);

    public static IReadOnlyList<ImportedSpectrum> Read(SpectrumLines lines) => NamedTable.Read(lines, "PARSTAT");
}
