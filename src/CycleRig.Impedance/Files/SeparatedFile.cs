namespace CycleRig.Impedance.Files;

/// <summary>Text with a line of names, or three columns of numbers; comma, semicolon, tab or blanks between cells.</summary>
/// <remarks>
/// Units of the names are heeded (`Frequency (kHz)`, `Z'/mΩ`, a line of units below). Without Re and Im, modulus and phase are read.
/// An impedance times area (`Ohm.cm2`) is refused: a fit in Ω needs the area.
/// </remarks>
internal static class SeparatedFile
{
    public static IReadOnlyList<ImportedSpectrum> Read(SpectrumLines lines) => NamedTable.Read(lines, "separated text");
}
