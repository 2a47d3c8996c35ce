using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace CycleRig.Storage.Recordings;

/// <summary>What cell.json says that CycleRig uses; the rest is kept in <see cref="All"/>.</summary>
/// <param name="Id">Name of the recording's cell.</param>
/// <param name="AreaSquareCentimetres">Electrode area, cm².</param>
/// <param name="ThicknessMillimetres">Pellet thickness, mm; NaN when absent.</param>
/// <param name="DiameterMillimetres">Diameter of the electrode, mm; NaN when absent.</param>
/// <param name="ActivationElectronVolts">Nominal activation energy of the bulk, eV.</param>
/// <param name="PressureSetPointMegapascals">MPa; 0 means that there is no press.</param>
/// <param name="OxidationIsPositive">Sign convention of the files.</param>
/// <param name="SineAmperes">Amplitude of the GEIS, A, peak; 0 when absent.</param>
/// <param name="Chamber">Id of the chamber shared with others, or null.</param>
/// <param name="Press">Id of the press shared with others, or null.</param>
/// <param name="Steps">Planned steps; may be longer than the file.</param>
/// <param name="All">The file.</param>
public sealed record CellFacts(
    string Id,
    double AreaSquareCentimetres,
    double ThicknessMillimetres,
    double DiameterMillimetres,
    double ActivationElectronVolts,
    double PressureSetPointMegapascals,
    bool OxidationIsPositive,
    double SineAmperes,
    string? Chamber,
    string? Press,
    ImmutableArray<PlannedStep> Steps,
    JsonObject All);

/// <summary>A planned step of a recording.</summary>
/// <param name="DurationSeconds">s.</param>
/// <param name="MilliamperesPerSquareCentimetre">Magnitude.</param>
/// <param name="Kind">rest, plate or strip.</param>
public sealed record PlannedStep(double DurationSeconds, double MilliamperesPerSquareCentimetre, string Kind);
