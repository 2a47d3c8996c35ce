using CycleRig.Core.Channels;
using CycleRig.Devices.Simulated.Draws;
using CycleRig.Devices.Simulated.Rigs;

namespace CycleRig.Devices.Simulated.Instruments;

/// <summary>All that changes in a simulated channel; a copy of it goes on with the same numbers.</summary>
public sealed class ChannelState
{
    /// <summary>Rig time until which the cell has been advanced, s.</summary>
    public double Seconds { get; set; }

    /// <summary>Rig time of the last step, s.</summary>
    public double SteppedSeconds { get; set; }

    /// <summary>Rig time at which the instrument last booted, s.</summary>
    public double BootSeconds { get; set; }

    public RunningSegment? Running { get; set; }

    public Segment? Queued { get; set; }

    /// <summary>Orders on their way into the instrument.</summary>
    public List<PendingOrder> Orders { get; set; } = [];

    /// <summary>Number of upsets that have begun.</summary>
    public int UpsetsBegun { get; set; }

    /// <summary>Whether the link has said that it is gone, and not yet that it is back.</summary>
    public bool IsLost { get; set; }

    /// <summary>What the cell really was at the end of every sweep.</summary>
    public List<SweepTruth> Sweeps { get; set; } = [];

    /// <summary>Draws the errors of sweep points.</summary>
    public required Draw SweepDraw { get; set; }

    /// <summary>Draws the errors of samples.</summary>
    public required Draw SampleDraw { get; set; }
}

/// <summary>An order on its way into the instrument.</summary>
/// <param name="DueSeconds">Rig time at which it acts, s.</param>
/// <param name="Kind">What is ordered.</param>
/// <param name="Segment">The segment of an arm or a queue.</param>
public sealed record PendingOrder(double DueSeconds, OrderKind Kind, Segment? Segment);

/// <summary>What an order does.</summary>
public enum OrderKind
{
    Arm,
    Queue,
    Abort,
}

/// <summary>A segment in the instrument: how far it has come.</summary>
public sealed class RunningSegment
{
    /// <summary>A segment that begins, and with it its first sweep.</summary>
    /// <param name="segment">The order.</param>
    /// <param name="seconds">Rig time, s.</param>
    public static RunningSegment Begin(Segment segment, double seconds) =>
        new() { Segment = segment, BeganSeconds = seconds, Sweep = segment.SweepAt(0), SweepBeginsSeconds = seconds };

    public required Segment Segment { get; set; }

    /// <summary>Rig time at its begin, s.</summary>
    public double BeganSeconds { get; set; }

    /// <summary>Net charge so far, C.</summary>
    public double Coulombs { get; set; }

    /// <summary>Charge without its sign, C.</summary>
    public double Throughput { get; set; }

    /// <summary>The sweep that is measured or waited for; null where the segment has no more.</summary>
    public SegmentSweep? Sweep { get; set; }

    /// <summary>Place of it in the segment, from 0.</summary>
    public int SweepPlace { get; set; }

    /// <summary>Rig time at which it begins or began, s.</summary>
    public double SweepBeginsSeconds { get; set; }

    /// <summary>Whether it is waited for.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Index of the next sweep point.</summary>
    public int Point { get; set; }

    /// <summary>Rig time at which its sine begins, s.</summary>
    public double PointBeganSeconds { get; set; } = double.PositiveInfinity;

    /// <summary>Rig time at which it is measured, s.</summary>
    public double PointDueSeconds { get; set; } = double.PositiveInfinity;

    /// <summary>Voltage when the present point was begun, V.</summary>
    public double PointVolts { get; set; }

    /// <summary>Re Z of the cell then, Ω.</summary>
    public double PointReal { get; set; }

    /// <summary>Im Z of the cell then, Ω.</summary>
    public double PointImaginary { get; set; }

    /// <summary>Re Z of the sweep's first point as measured, Ω.</summary>
    public double FirstReal { get; set; }

    /// <summary>Im Z of the sweep's first point as measured, Ω.</summary>
    public double FirstImaginary { get; set; }
}
