using CycleRig.Core.Scenarios;
using Xunit;

namespace CycleRig.Core.Tests.Scenarios;

public sealed class ConditionEventTests
{
    [Theory]
    [InlineData(9.9, false)]
    [InlineData(10, true)]
    [InlineData(14.9, true)]
    [InlineData(15, false)]
    public void An_event_acts_from_its_beginning_to_just_before_its_end(double seconds, bool acts) =>
        Assert.Equal(acts, new DoorOpen(At(10), At(5)).Acts(At(seconds)));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 0)]
    [InlineData(12, 0.4)]
    [InlineData(15, 1)]
    [InlineData(1e6, 1)]
    public void A_ramp_goes_from_nothing_to_all_and_stays(double seconds, double progress) =>
        Assert.Equal(progress, new ControllerDrift(At(10), At(5), 1).Progress(At(seconds)), 1e-12);

    [Fact]
    public void A_ramp_without_length_is_a_step()
    {
        var step = new Retorque(At(10), TimeSpan.Zero, 1);
        Assert.Equal(0, step.Progress(At(9.9)));
        Assert.Equal(1, step.Progress(At(10)));
    }

    [Fact]
    public void An_event_without_end_acts_for_ever()
    {
        var broken = new ProbeBreak(At(10), TimeSpan.MaxValue);
        Assert.True(broken.Acts(At(1e8)));
        Assert.Equal(At(90), broken.Elapsed(At(100)));
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
