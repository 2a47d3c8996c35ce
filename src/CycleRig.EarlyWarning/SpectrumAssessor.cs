using System.Collections.Immutable;
using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Detection;
using CycleRig.Impedance.Cells;

namespace CycleRig.EarlyWarning;

/// <summary>What is remembered of a channel between spectra: the detector and the last valid reading. Part of the checkpoint.</summary>
/// <param name="Detector">State of the detector.</param>
/// <param name="Reading">Last valid reading of a whole sweep, where the next fit begins; it knows the last sentinel sweep, too.</param>
public sealed record AssessorState(DetectorState Detector, CellReading? Reading)
{
    public static AssessorState Initial { get; } = new(DetectorState.Initial, null);
}

/// <summary>From a spectrum to a verdict, live. Replay takes the same two steps one by one: scoring looks at the fits, too.</summary>
public static class SpectrumAssessor
{
    /// <summary>Fits and judges one spectrum.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="spectrum">The sweep.</param>
    /// <param name="areaSquareCentimetres">Electrode area, cm².</param>
    /// <param name="settings">What the detector is set to.</param>
    /// <param name="neighbours">What each other cell of the chamber said last; default where the cell is alone.</param>
    /// <returns>The new state, the verdict, and the reading it rests on.</returns>
    public static (AssessorState Next, Assessment Assessment, CellReading Reading) Assess(
        AssessorState state, Spectrum spectrum, double areaSquareCentimetres, DetectorSettings settings, ImmutableArray<NeighbourTemperature> neighbours = default)
    {
        var reading = CellSpectrumFit.Read(spectrum, state.Reading, areaSquareCentimetres);
        var assessment = Detector.Assess(state.Detector, reading, settings, neighbours);
        return (new(assessment.Next, reading.Following(state.Reading)), assessment, reading);
    }

    /// <summary>Looks at the points above 1 kHz of a sweep that goes on, once the cell's shape is known.</summary>
    /// <param name="state">What is remembered; it stays as it is.</param>
    /// <param name="part">The points so far.</param>
    /// <param name="areaSquareCentimetres">Electrode area, cm².</param>
    /// <param name="settings">What the detector is set to.</param>
    /// <param name="neighbours">What each other cell of the chamber said last; default where the cell is alone.</param>
    /// <returns>A halt with the reading it rests on, or null.</returns>
    public static (Assessment Halt, CellReading Reading)? Glance(
        AssessorState state, Spectrum part, double areaSquareCentimetres, DetectorSettings settings, ImmutableArray<NeighbourTemperature> neighbours = default)
    {
        if (state.Reading is not { Shape.IsLearnt: true })
            return null;
        var reading = CellSpectrumFit.Read(part, state.Reading, areaSquareCentimetres);
        return Detector.Glance(state.Detector, reading, settings, neighbours) is { } halt ? (halt, reading) : null;
    }
}
