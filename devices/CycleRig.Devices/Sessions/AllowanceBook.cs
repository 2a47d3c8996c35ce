using CycleRig.Core.Channels;
using CycleRig.Core.Quantities;
using CycleRig.Core.Safety;

namespace CycleRig.Devices.Sessions;

/// <summary>What a start has allowed and what arms have drawn on it.</summary>
internal sealed class AllowanceBook
{
    private double _coulombs;
    private double _seconds;

    /// <summary>The allowance of the newest start, or null before the first.</summary>
    public Allowance? Given { get; private set; }

    public void Give(Allowance allowance)
    {
        Given = allowance;
        _coulombs = allowance.Charge.Coulombs;
        _seconds = allowance.Duration.TotalSeconds;
    }

    /// <summary>Why a segment is more than what is left, or null.</summary>
    public string? Refusal(Segment segment)
    {
        if (Given is not { } given)
            return "no start has given an allowance";
        if (!IsNumber(segment))
            return "the segment's bounds are not numbers above zero";
        if (segment.CurrentMax > given.CurrentMax && segment.Kind != SegmentKind.Peis)
            return $"its current {segment.CurrentMax} is above the allowed {given.CurrentMax}";
        if (segment.VoltageMin < given.VoltageMin || segment.VoltageMax > given.VoltageMax)
            return $"its voltage window {segment.VoltageMin} to {segment.VoltageMax} is wider than the allowed {given.VoltageMin} to {given.VoltageMax}";
        if (Drawn(segment).Coulombs > _coulombs)
            return $"its charge {segment.ChargeMax} is above the {new Charge(_coulombs)} that is left of the allowance";
        if (segment.DurationMax.TotalSeconds > _seconds)
            return FormattableString.Invariant($"its duration {segment.DurationMax.TotalSeconds:F0} s is above the {_seconds:F0} s that are left of the allowance");
        return null;
    }

    /// <summary>Books a segment that was armed, in full.</summary>
    public void Draw(Segment segment)
    {
        _coulombs -= Drawn(segment).Coulombs;
        _seconds -= segment.DurationMax.TotalSeconds;
    }

    /// <summary>Gives back what an ended segment did not use.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="throughput">Its upper bound of throughput.</param>
    /// <param name="seconds">How long it ran, s.</param>
    public void Settle(Segment segment, Charge throughput, double seconds)
    {
        _coulombs += Math.Max(0, Drawn(segment).Coulombs - throughput.Coulombs);
        _seconds += Math.Max(0, segment.DurationMax.TotalSeconds - seconds);
    }

    /// <summary>A sine around rest moves no net charge.</summary>
    private static Charge Drawn(Segment segment) => segment.Kind is SegmentKind.Geis or SegmentKind.Peis ? default : segment.ChargeMax;

    private static bool IsNumber(Segment segment) =>
        segment.ChargeMax.Coulombs is > 0 and < double.PositiveInfinity
        && segment.CurrentMax.Amperes is > 0 and < double.PositiveInfinity
        && double.IsFinite(segment.Current.Amperes)
        && segment.Current.Magnitude <= segment.CurrentMax
        && double.IsFinite(segment.Voltage.Volts)
        && segment.VoltageMin < segment.VoltageMax
        && segment.DurationMax > TimeSpan.Zero;
}
