namespace CycleRig.Impedance.Files;

/// <summary>Autolab exports for ZView: quoted lines that begin with `Z60W Data File`, names with blanks, commas between numbers.</summary>
/// <remarks>NOVA's own text exports (`Frequency (Hz)`, `Z' (Ω)`, `-Z'' (Ω)`) are read as separated text.</remarks>
internal static class AutolabFile
{
    public static bool Recognises(SpectrumLines lines) =>
        lines.NextFilled() && lines.Current.TrimStart('"').StartsWith("Z60W Data File", StringComparison.OrdinalIgnoreCase);

    public static IReadOnlyList<ImportedSpectrum> Read(SpectrumLines lines) => ZViewFile.ReadQuoted(lines, "Autolab");
}
