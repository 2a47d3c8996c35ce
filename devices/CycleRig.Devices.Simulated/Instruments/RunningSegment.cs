using CycleRig.Core.Channels;

namespace CycleRig.Devices.Simulated.Instruments;

/// <summary>A segment in the instrument: how far it has come, and whether one of its own bounds is reached.</summary>
internal sealed class RunningSegment(Segment segment, double beganSeconds)
{
    private double _throughput;

    public Segment Segment { get; } = segment;

    public double BeganSeconds { get; } = beganSeconds;

    /// <summary>Net charge so far, C.</summary>
    public double Coulombs { get; private set; }

    /// <summary>Index of the next sweep point.</summary>
    public int Point { get; set; }

    /// <summary>Whether its sweep, if it has one, is done.</summary>
    public bool SweepDone => Segment.Sweep is not { } sweep || Point >= sweep.FrequenciesHz.Length;

    /// <summary>Counts charge.</summary>
    public void Count(double seconds, double amperes)
    {
        Coulombs += amperes * seconds;
        _throughput += Math.Abs(amperes) * seconds;
    }

    /// <summary>The bound that is reached now, or null.</summary>
    public SegmentEnd? Reached(double seconds, double step, double amperes, double volts)
    {
        if (volts < Segment.VoltageMin.Volts)
            return SegmentEnd.VoltageMin;
        if (volts > Segment.VoltageMax.Volts)
            return SegmentEnd.VoltageMax;
        if (Math.Abs(amperes) > Segment.CurrentMax.Amperes)
            return SegmentEnd.CurrentMax;
        if (Segment.Kind is SegmentKind.Geis or SegmentKind.Peis && SweepDone)
            return SegmentEnd.Time;
        // Half a step of tolerance: the instrument counts time in its own steps.
        return seconds - BeganSeconds >= Segment.DurationMax.TotalSeconds - (step / 2) ? SegmentEnd.Time : null;
    }

    /// <summary>How long the next step may last until the charge bound is met exactly, s; infinite without direct current.</summary>
    public double SecondsToCharge(double amperes) => Segment.Kind is SegmentKind.Geis or SegmentKind.Peis || amperes == 0
        ? double.PositiveInfinity
        : Math.Max(0, Segment.ChargeMax.Coulombs - _throughput) / Math.Abs(amperes);
}
