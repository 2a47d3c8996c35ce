using CycleRig.Core.Channels;
using CycleRig.Core.Quantities;
using CycleRig.Core.Safety;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Core.Tests.Safety;

/// <summary>An instrument that misses its own bound, or was sent mA for µA: HAZARDS rows 16 and 18.</summary>
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
    public void Net_charge_of_the_run_beyond_the_cells_limit_is_a_cause_on_either_side()
    {
        var limit = Plans.Cell.Limits.ChargeMax.Coulombs;
        Assert.Null(SegmentGuard.Judge(Minute, -15.7e-6, default, new(new(-limit), new(limit)), Limits, SampleSeconds));
        foreach (var net in (double[])[-1.001 * limit, 1.001 * limit])
            Assert.Equal(Reason.LimitCharge, SegmentGuard.Judge(Minute, -15.7e-6, default, new(new(net), new(limit)), Limits, SampleSeconds));
    }

    [Fact]
    public void A_sine_around_rest_moves_no_net_charge()
    {
        var sweep = Minute with { Kind = SegmentKind.Geis, Current = default };
        Assert.Null(SegmentGuard.Judge(sweep, 1e-6, new(default, new(1)), default, Limits, SampleSeconds));
    }
}
