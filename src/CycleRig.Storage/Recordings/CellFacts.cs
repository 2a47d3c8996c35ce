using System.Collections.Immutable;
using CycleRig.Core.Quantities;

namespace CycleRig.Storage.Recordings;

/// <summary>What `cell.json` of a recording says. What the file does not say is null.</summary>
/// <param name="Id">Name of the cell.</param>
/// <param name="Material">Solid electrolyte.</param>
/// <param name="Working">Working electrode.</param>
/// <param name="Counter">Counter electrode.</param>
/// <param name="Area">Electrode area.</param>
/// <param name="Thickness">Pellet thickness.</param>
/// <param name="Diameter">Electrode diameter.</param>
/// <param name="TemperatureSetpoint">Set-point of the chamber.</param>
/// <param name="PressureSetpoint">Set-point of the press; 0 means that there is no press.</param>
/// <param name="ActivationEnergy">Nominal, of the bulk.</param>
/// <param name="SamplePeriod">Time between samples.</param>
/// <param name="Geis">The sweeps.</param>
/// <param name="Chamber">Recordings that share it ran in one chamber, on one clock.</param>
/// <param name="Press">Recordings that share it ran in one press.</param>
/// <param name="Steps">Planned steps; may be longer than the file.</param>
/// <param name="NominalDensity">Magnitude of the protocol's current density.</param>
public sealed record CellFacts(
    string Id,
    string? Material,
    string? Working,
    string? Counter,
    Area Area,
    Length Thickness,
    Length? Diameter,
    Temperature? TemperatureSetpoint,
    Pressure? PressureSetpoint,
    ActivationEnergy? ActivationEnergy,
    TimeSpan? SamplePeriod,
    GeisFacts? Geis,
    string? Chamber,
    string? Press,
    ImmutableArray<StepFacts> Steps,
    CurrentDensity? NominalDensity = null);

/// <summary>The superimposed sweeps of a recording.</summary>
/// <param name="FrequencyMax">Highest frequency.</param>
/// <param name="FrequencyMin">Lowest frequency.</param>
/// <param name="PointsPerDecade">Points per decade.</param>
/// <param name="Points">Points of a sweep.</param>
/// <param name="Amplitude">Amplitude, as <paramref name="AmplitudeUnit"/> says.</param>
/// <param name="AmplitudeUnit">peak, peak-to-peak or rms.</param>
/// <param name="Period">From sweep to sweep.</param>
/// <param name="CyclesPerPoint">Periods of the sine per point.</param>
/// <param name="OverheadPerPoint">The instrument's own time per point.</param>
/// <param name="Order">Order of the frequencies.</param>
/// <param name="SweepDuration">From first to last point.</param>
public sealed record GeisFacts(
    Frequency? FrequencyMax,
    Frequency? FrequencyMin,
    double? PointsPerDecade,
    int? Points,
    CurrentDensity? Amplitude,
    string AmplitudeUnit,
    TimeSpan? Period,
    double? CyclesPerPoint,
    TimeSpan? OverheadPerPoint,
    string? Order,
    TimeSpan? SweepDuration);

/// <summary>A planned step.</summary>
/// <param name="Duration">How long, or null when the file does not say.</param>
/// <param name="Density">Current density: negative while plating, positive while stripping.</param>
/// <param name="Kind">What happens.</param>
public sealed record StepFacts(TimeSpan? Duration, CurrentDensity Density, StepKind Kind);

public enum StepKind
{
    Rest,
    Plate,
    Strip,
}
