using System.Numerics;
using CycleRig.Core.Channels;
using CycleRig.Devices.Simulated.Cells;

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
        return Clipped(volts) == volts ? (amperes, volts) : (cell.Amperes(Clipped(volts)), Clipped(volts));
    }

    /// <summary>
    /// What the sampler sees of the sine: averaged away above 30 Hz, aliased by its own interval below. The voltage follows the law of the
    /// interfaces, so that a large sine is distorted, in the measure in which the impedance there is that of direct current.
    /// </summary>
    /// <param name="running">The segment.</param>
    /// <param name="seconds">Rig time, s: the sine of a point begins with its measurement.</param>
    public (double Amperes, double Volts) Sine(RunningSegment? running, double seconds)
    {
        if (running is not { Sweep: { } sweep } || relay is { IsClosed: false } || seconds < running.PointBeganSeconds)
            return default;
        var hertz = sweep.FrequenciesHz[running.Point];
        if (hertz > SampledHertz)
            return default;
        var direct = running.Segment.Current.Amperes;
        var ohms = cell.Impedance(hertz, direct).Magnitude;
        var amperes = Amplitude(sweep, ohms) * Math.Sin(2 * Math.PI * hertz * (seconds - running.PointBeganSeconds));
        return (amperes, cell.Recipe.Blocking ? amperes * ohms : (cell.Volts(direct + amperes) - cell.Volts(direct)) * ohms / cell.Impedance(StaticHertz, direct).Magnitude);
    }

    /// <summary>What the instrument makes of the cell at a sweep point now: beyond what it can drive the response is cut off.</summary>
    /// <param name="running">The segment.</param>
    /// <param name="hertz">Frequency, Hz.</param>
    /// <returns>Impedance, Ω, and amplitude of the current, A.</returns>
    public (Complex Ohms, double SineAmperes) Response(RunningSegment running, double hertz)
    {
        var (bias, volts) = Now(running);
        var sine = Amplitude(running.Sweep!, cell.Impedance(hertz, bias).Magnitude);
        var ohms = cell.Impedance(hertz, bias, sine);
        var room = Math.Max(0, complianceVolts - Math.Abs(volts));
        return (ohms * Math.Min(1, room / Math.Max(ohms.Magnitude * sine, double.Epsilon)), sine);
    }

    /// <summary>A voltage as far as the instrument can drive it, V.</summary>
    public double Clipped(double volts) => Math.Clamp(volts, -complianceVolts, complianceVolts);

    private static double Amplitude(SegmentSweep sweep, double ohms) => sweep.AmplitudeAmperes > 0 ? sweep.AmplitudeAmperes : sweep.AmplitudeVolts / ohms;
}
