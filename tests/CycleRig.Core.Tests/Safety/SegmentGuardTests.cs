using CycleRig.Core.Channels;
using CycleRig.Core.Quantities;
using CycleRig.Core.Safety;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Core.Tests.Safety;

/// <summary>An instrument that misses its own bound, or was sent mA for µA.</summary>
public sealed class SegmentGuardTests
{
    private const double SampleSeconds = 0.1;

    private static readonly GuardLimits Limits = new(Plans.Cell.Limits, Current.FromMilliamperes(10), new(12), Current.FromMicroamperes(1), 100);

    /// <summary>A minute at 15.7 µA.</summary>
    private static readonly Segment Minute = ScriptedSession.Segment(1);

    [Theory]
    [InlineData(-15.7e-6, null)]
    [InlineData(-20.9e-6, null)]
    [InlineData(-21.1e-6, Reason.LimitCurrent)]
    [InlineData(15.7e-3, Reason.LimitCurrent)]
    public void Current_beyond_what_was_ordered_is_a_cause(double amperes, Reason? expected) =>
        Assert.Equal(expected, SegmentGuard.Judge(Minute, amperes, default, default, Limits, SampleSeconds));

    [Theory]
    [InlineData(1.0e-3, null)]
    [InlineData(1.05e-3, null)]
    [InlineData(1.06e-3, Reason.LimitCharge)]
    public void Charge_beyond_the_segments_bound_is_a_cause(double coulombs, Reason? expected) =>
        Assert.Equal(expected, SegmentGuard.Judge(Minute, -15.7e-6, new(new(-coulombs), new(coulombs)), default, Limits, SampleSeconds));

    [Fact]
    public void Net_charge_of_the_run_beyond_the_cells_limit_is_a_cause()
    {
        var limit = Plans.Cell.Limits.ChargeMax.Coulombs;
        Assert.Null(SegmentGuard.Judge(Minute, -15.7e-6, default, new(limit), Limits, SampleSeconds));
        Assert.Equal(Reason.LimitCharge, SegmentGuard.Judge(Minute, -15.7e-6, default, new(1.001 * limit), Limits, SampleSeconds));
    }

    [Fact]
    public void A_sine_around_rest_moves_no_net_charge()
    {
        var sweep = Minute with { Kind = SegmentKind.Geis, Current = default };
        Assert.Null(SegmentGuard.Judge(sweep, 1e-6, new(default, new(1)), default, Limits, SampleSeconds));
        Assert.Equal(Reason.LimitCharge, SegmentGuard.Judge(sweep, 1e-6, new(new(-1.06e-3), new(1)), default, Limits, SampleSeconds));
    }

    [Theory]
    [InlineData(0.9e-6, 0, null)]
    [InlineData(15.7e-6, 0, Reason.LimitCurrent)]
    [InlineData(4e-6, 5e-6, null)]
    [InlineData(8e-6, 5e-6, Reason.LimitCurrent)]
    public void Current_against_the_ordered_direction_is_a_cause_beyond_sine_and_leakage(double amperes, double sine, Reason? expected)
    {
        var segment = Minute with { Sweep = sine > 0 ? new(0, [1], sine, 0, 3) : null };
        Assert.Equal(expected, SegmentGuard.Judge(segment, amperes, default, default, Limits, SampleSeconds));
    }
}
