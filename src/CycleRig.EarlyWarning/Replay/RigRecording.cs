using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Detection;

namespace CycleRig.EarlyWarning.Replay;

/// <summary>A recording as a channel of the rig that it ran on.</summary>
/// <param name="Name">Of the recording.</param>
/// <param name="Chamber">Cells of one chamber are each other's thermometers; null or empty where it is not known.</param>
/// <param name="Samples">Samples in any order: they are taken in the order of their times.</param>
/// <param name="Readings">Its sweeps in the order in which they were known (<see cref="SweepReading.InOrder"/>); none is asked for behind a halt for damage.</param>
/// <param name="AreaSquareCentimetres">Electrode area, cm².</param>
/// <param name="PressureSetPoint">MPa; 0 where there is no press.</param>
/// <param name="SineAmperes">Amplitude of the GEIS, A.</param>
/// <param name="Settings">Production settings, with what belongs to the cell.</param>
public sealed record RigRecording(
    string Name, string? Chamber, IReadOnlyList<Sample> Samples, IEnumerable<SweepReading> Readings, double AreaSquareCentimetres, double PressureSetPoint, double SineAmperes,
    DetectorSettings Settings);
