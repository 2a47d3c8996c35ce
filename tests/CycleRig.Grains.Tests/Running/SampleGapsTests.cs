using CycleRig.Core.Channels;
using CycleRig.Grains.Running;
using Xunit;

namespace CycleRig.Grains.Tests.Running;

public sealed class SampleGapsTests
{
    private static readonly Guid Boot = new("019b76da-a800-77bd-bf8e-e610398f9334");
    private readonly SampleGaps _gaps = new();

    [Fact]
    public void Samples_in_a_row_leave_no_gap()
    {
        for (var n = 1; n <= 10; n++)
        {
            Assert.False(_gaps.See(new SessionTicked(n), Boot));
            Assert.Null(_gaps.Before(n - 1, n));
        }
    }

    [Fact]
    public void An_event_that_never_came_is_a_gap_with_both_ends_told_once()
    {
        _gaps.See(new SessionTicked(1), Boot);
        _gaps.See(new SessionTicked(4), Boot);
        var gap = _gaps.Before(10, 13)!;
        Assert.Equal(("not_received", 10.0, 13.0), (gap["cause"]!.GetValue<string>(), gap["from_s"]!.GetValue<double>(), gap["to_s"]!.GetValue<double>()));
        _gaps.See(new SessionTicked(5), Boot);
        Assert.Null(_gaps.Before(13, 14));
    }

    [Fact]
    public void A_device_host_that_began_anew_is_a_gap_and_another_clock()
    {
        _gaps.See(new SessionTicked(7), Boot);
        Assert.True(_gaps.See(new SessionTicked(1), Guid.NewGuid()));
        Assert.Equal("device_host_restarted", _gaps.Before(10, 20)!["cause"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(600, true)]
    public void A_restarted_host_misses_what_is_further_apart_than_a_session_is_ever_silent(double apart, bool missed)
    {
        _gaps.Resume(Boot);
        _gaps.See(new SessionTicked(900), Boot);
        Assert.Equal(missed, _gaps.Before(100, 100 + apart) is not null);
        Assert.Null(_gaps.Before(100 + apart, 101 + apart));
    }

    [Fact]
    public void A_run_that_begins_misses_nothing_of_what_was_before()
    {
        _gaps.See(new SessionTicked(7), Boot);
        _gaps.See(new SessionTicked(9), Boot);
        _gaps.Begin();
        Assert.Null(_gaps.Before(double.NegativeInfinity, 5));
    }
}
