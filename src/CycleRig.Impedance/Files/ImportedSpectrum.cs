using System.Collections.Immutable;

namespace CycleRig.Impedance.Files;

/// <summary>A spectrum as a file gave it.</summary>
/// <param name="Data">N points in the order of the file, with the times of the points where the file has them.</param>
/// <param name="Format">Name of the format, such as `BioLogic .mpt`.</param>
/// <param name="Label">Loop, cycle or channel, such as `cycle 2`; empty where the file says none.</param>
/// <param name="Columns">All other columns, in the order of the file: harmonics, distortion, corrected values.</param>
/// <param name="Header">Keys and values above the table.</param>
/// <param name="Aborted">Whether the file says that the measurement was aborted.</param>
/// <param name="Remarks">What was left out or guessed, a sentence each; empty for a clean file.</param>
public sealed record ImportedSpectrum(
    ImpedanceData Data,
    string Format,
    string Label,
    ImmutableArray<SpectrumColumn> Columns,
    SpectrumHeader Header,
    bool Aborted,
    ImmutableArray<string> Remarks);
