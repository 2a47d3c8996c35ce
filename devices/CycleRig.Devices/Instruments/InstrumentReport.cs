using CycleRig.Core.Channels;

namespace CycleRig.Devices.Instruments;

/// <summary>What an instrument's channel says; a closed family. Delivered on the rig's loop, in the instrument's order.</summary>
/// <param name="InstrumentSeconds">The instrument's own time, s, strictly increasing within one connection.</param>
public abstract record InstrumentReport(double InstrumentSeconds);

/// <summary>A sweep point inside the running segment.</summary>
/// <param name="InstrumentSeconds">Instrument time of the middle of its measurement, s.</param>
/// <param name="FrequencyHz">Hz.</param>
/// <param name="RealOhms">Re Z, Ω.</param>
/// <param name="ImaginaryOhms">Im Z, Ω; below 0 is capacitive.</param>
/// <param name="Last">Whether it ends the sweep.</param>
public sealed record SweepPointMeasured(
    double InstrumentSeconds, double FrequencyHz, double RealOhms, double ImaginaryOhms, bool Last) : InstrumentReport(InstrumentSeconds);

/// <summary>The segment runs: the cell is on.</summary>
public sealed record InstrumentArmed(double InstrumentSeconds, Guid Run, long Segment) : InstrumentReport(InstrumentSeconds);

/// <summary>The instrument did not take the order; nothing changed.</summary>
public sealed record InstrumentRefused(double InstrumentSeconds, Guid Run, long Segment, string Why) : InstrumentReport(InstrumentSeconds);

/// <summary>The segment ended by itself. With <see cref="SegmentEnd.Time"/> a queued one follows, else the cell is off.</summary>
/// <param name="InstrumentSeconds">When it ended, s.</param>
/// <param name="Run">Run of the segment.</param>
/// <param name="Segment">Number of the segment.</param>
/// <param name="End">Why.</param>
/// <param name="Coulombs">Net charge of the segment as the instrument counted it, C; NaN where it counts none.</param>
public sealed record InstrumentEnded(
    double InstrumentSeconds, Guid Run, long Segment, SegmentEnd End, double Coulombs) : InstrumentReport(InstrumentSeconds);

/// <summary>The instrument is idle: cell off, queue empty. Also the answer to an abort.</summary>
public sealed record InstrumentIdle(double InstrumentSeconds) : InstrumentReport(InstrumentSeconds);

/// <summary>The connection is gone, or the instrument lost its state.</summary>
public sealed record InstrumentLost(double InstrumentSeconds, string Detail) : InstrumentReport(InstrumentSeconds);

/// <summary>The connection is back; the state of the cell is unknown until idle is reported.</summary>
public sealed record InstrumentFound(double InstrumentSeconds) : InstrumentReport(InstrumentSeconds);
