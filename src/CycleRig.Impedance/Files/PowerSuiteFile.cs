namespace CycleRig.Impedance.Files;

/// <summary>PowerSuite text exports: `Frequency`, `Zre`, `Zimg`, tabs, line ends of CR CR LF.</summary>
internal static class PowerSuiteFile
{
    public static bool Recognises(SpectrumLines lines) => lines.NextFilled()
        && lines.Current.StartsWith("Frequency", StringComparison.Ordinal) && lines.Current.Contains("Zimg", StringComparison.Ordinal);

    public static IReadOnlyList<ImportedSpectrum> Read(SpectrumLines lines) => NamedTable.Read(lines, "PowerSuite");
}
