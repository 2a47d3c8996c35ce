using CycleRig.Core.Channels;
using CycleRig.Devices.Simulated.Cells;
using CycleRig.Devices.Simulated.Draws;

namespace CycleRig.Devices.Simulated.Instruments;

/// <summary>What the output of a channel makes of its cell.</summary>
/// <param name="cell">The cell.</param>
/// <param name="relay">Relay in the current lead, or null.</param>
/// <param name="complianceVolts">Largest voltage that the instrument can drive, V.</param>
internal sealed class ChannelOutput(SimulatedCell cell, SimulatedRelay? relay, double complianceVolts)
{
    private const double SampledHertz = 30;
    private const double StaticHertz = 1e-4;

    /// <summary>
    /// Direct current (A) and voltage (V) now: none without a segment, none through an open relay, and never beyond what the instrument
    /// can drive.
    /// </summary>
    public (double Amperes, double Volts) Now(RunningSegment? running)
    {
        if (running is not { Segment: var segment } || relay is { IsClosed: false } || double.IsNaN(cell.Celsius))
            return (0, double.IsNaN(cell.Celsius) ? 0 : cell.Volts(0));
        if (segment.Kind == SegmentKind.Potentiostatic)
            return (cell.Amperes(segment.Voltage.Volts), segment.Voltage.Volts);
        var amperes = segment.Kind == SegmentKind.Galvanostatic ? segment.Current.Amperes : 0;
        var volts = cell.Volts(amperes);
        return Math.Abs(volts) <= complianceVolts ? (amperes, volts) : (cell.Amperes(Math.CopySign(complianceVolts, volts)), Math.CopySign(complianceVolts, volts));
    }

    /// <summary>
    /// What the sampler sees of the sine: averaged away above 30 Hz, at a random phase below. The voltage follows the law of the interfaces, so
    /// that a large sine is distorted, in the measure in which the impedance there is that of direct current.
    /// </summary>
    public (double Amperes, double Volts) Sine(RunningSegment? running, Draw phase)
    {
        if (running is not { Segment.Sweep: { } sweep } || SegmentRun.SweepDone(running) || relay is { IsClosed: false })
            return default;
        var hertz = sweep.FrequenciesHz[running.Point];
        if (hertz > SampledHertz)
            return default;
        var direct = running.Segment.Current.Amperes;
        var ohms = cell.Impedance(hertz, direct).Magnitude;
        var amplitude = sweep.AmplitudeAmperes > 0 ? sweep.AmplitudeAmperes : sweep.AmplitudeVolts / ohms;
        var amperes = amplitude * Math.Sin(2 * Math.PI * phase.Uniform());
        return (amperes, (cell.Volts(direct + amperes) - cell.Volts(direct)) * ohms / cell.Impedance(StaticHertz, direct).Magnitude);
    }
}
