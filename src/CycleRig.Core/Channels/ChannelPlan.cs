using System.Collections.Immutable;
using CycleRig.Core.Cells;
using CycleRig.Core.Protocols;
using CycleRig.Core.Quantities;
using CycleRig.Core.Safety;

namespace CycleRig.Core.Channels;

/// <summary>All that the machine needs to know of channel, cell and protocol; read once at a run's start.</summary>
/// <param name="Channel">Name of the channel.</param>
/// <param name="Cell">The cell on it.</param>
/// <param name="Steps">Unrolled steps, at least one.</param>
/// <param name="Safety">Bounds of the protocol.</param>
/// <param name="Instrument">What the instrument can do.</param>
/// <param name="Leakage">Current that an open cell may show.</param>
public sealed record ChannelPlan(
    string Channel, Cell Cell, ImmutableArray<Step> Steps, SafetyTerms Safety, InstrumentLimits Instrument, Current Leakage)
{
    /// <summary>Room that the allowance leaves above the plan, for bounds that are met a sample late.</summary>
    private const double AllowanceRoom = 1.02;

    /// <summary>Sweeps have more room in time than current has (see <see cref="SegmentPlanner"/>).</summary>
    private const double TimeRoom = 1.15;

    /// <summary>What a start hands to the session: the planned throughput and time, current and voltage never above the cell's limits.</summary>
    /// <param name="fromStep">Index of the first step.</param>
    /// <param name="hadCoulombs">Throughput that this step has had already, C: a resume gives it no second time.</param>
    /// <param name="hadSeconds">Time under current that it has had already, s.</param>
    public Allowance Allowance(int fromStep, double hadCoulombs = 0, double hadSeconds = 0)
    {
        double coulombs = 0, seconds = 0, amperes = 0;
        foreach (var step in Steps.Skip(fromStep))
        {
            var exposure = StepExposure.Of(step, this);
            coulombs += Math.Max(0, exposure.Coulombs - hadCoulombs);
            seconds += Math.Max(0, StepExposure.LongestSeconds(step, this) - hadSeconds);
            (hadCoulombs, hadSeconds) = (0, 0);
            amperes = Math.Max(amperes, exposure.Amperes);
        }

        // Sweeps after a halt have no plating left to share their time with.
        var probe = SegmentPlanner.Probe(Guid.Empty, 0, 0, this);
        seconds += probe is null ? 0 : probe.DurationMax.TotalSeconds * AfterHaltProbe.At.Length;
        amperes = Math.Max(amperes, probe?.CurrentMax.Amperes ?? 0);

        // The check spectrum before a resume draws on the allowance too, and the last segment of a step on its own room.
        var spare = Cell.Area.SquareMetres * Safety.SegmentCapacity.CoulombsPerSquareMetre;
        var check = SegmentPlanner.Check(Guid.Empty, 0, 0, this).DurationMax.TotalSeconds;
        return new(
            new((coulombs * AllowanceRoom) + spare),
            TimeSpan.FromSeconds((seconds * TimeRoom) + check + Safety.SegmentDuration.TotalSeconds),
            new(Math.Min(amperes * AllowanceRoom, Cell.Limits.CurrentMax.Amperes)),
            Cell.Limits.VoltageMin,
            Cell.Limits.VoltageMax,
            probe?.CurrentMax);
    }
}
