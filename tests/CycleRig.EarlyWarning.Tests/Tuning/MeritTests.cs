using CycleRig.EarlyWarning.Scoring;
using CycleRig.EarlyWarning.Tuning;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Tuning;

public sealed class MeritTests
{
    /// <summary>9 of 10 foreseen, 2 false halts and 3 warnings in 500 h are 4 and 6 in 1,000 h: 0.9 - 4 · 0.02 - 6 · 0.01.</summary>
    [Fact]
    public void Misses_and_false_alarms_count_together() => Assert.Equal(0.76, Merit.Of(Score(9, 2, 500, 1.4, warnings: 3), 10).Value, 1e-12);

    [Fact]
    public void A_population_without_shorts_or_hours_has_a_merit_too()
    {
        Assert.Equal(new(-0.04, double.PositiveInfinity), Merit.Of(Score(0, 1, 500, null), 0));
        Assert.Equal(new(0.5, 2), Merit.Of(Score(1, 0, 0, 2), 2));
    }

    private static ScoreSummary Score(int detected, int halts, double hours, double? delay, int warnings = 0) =>
        new("cyclerig", detected, new(halts, hours), new(warnings, hours), delay, delay, null, null, 0, 0);
}
