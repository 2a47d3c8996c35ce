using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Detection;
using CycleRig.EarlyWarning.Samples;
using CycleRig.EarlyWarning.Scoring;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Samples;

public sealed class SoftShortsTests
{
    private static readonly double Granted = DetectorSettings.Default.Budget.Dips;

    [Theory]
    [InlineData(0.1, 0.4, WarningLevel.Halt)]
    [InlineData(0.1, 0.6, WarningLevel.Warning)]
    [InlineData(0.3, 10, WarningLevel.Halt)]
    [InlineData(0.3, 14, WarningLevel.Warning)]
    public void The_second_dip_halts_where_a_sound_cell_would_hardly_have_two_so_soon(double share, double hours, WarningLevel level)
    {
        var (first, warned, detail) = SoftShorts.None(Granted).Take(1000, share);
        Assert.Equal(WarningLevel.Warning, warned);
        Assert.Contains("a soft short", detail, StringComparison.Ordinal);
        Assert.Equal(level, first.Take(1000 + (hours * 3600), share).Level);
    }

    [Fact]
    public void The_third_may_come_later_and_says_how_many_there_were()
    {
        var seen = SoftShorts.None(Granted).Take(0, 0.1).Next.Take(4 * 3600, 0.15).Next;
        var (_, level, detail) = seen.Take(9 * 3600, 0.12);
        Assert.Equal(WarningLevel.Halt, level);
        Assert.Equal("soft shorts: the voltage dipped 3 times within 9.0 h, the last time by 12 %, and came back", detail);
    }

    /// <summary>At the rate of dips that is taken for that of sound cells, halts come as rarely as they are granted: Monte Carlo over 20 million hours.</summary>
    [Fact]
    public void At_the_rate_of_a_sound_cell_false_halts_are_as_rare_as_granted()
    {
        var draw = new Random(20261130);
        const double hours = 2e7;
        var halts = 0;
        var seen = SoftShorts.None(Granted);
        for (var hour = 0.0; hour < hours;)
        {
            hour += -Math.Log(1 - draw.NextDouble()) / 0.01;
            (seen, var level, _) = seen.Take(hour * 3600, 0.1);
            if (level != WarningLevel.Halt)
                continue;
            halts++;
            seen = SoftShorts.None(Granted);
        }

        // Some 2,000 halts, so that the interval is 0.09 wide, relatively. A simulation of the rule in another language gave 2.29 times what one number of dips is granted.
        var rate = new PoissonRate(halts, hours);
        Assert.InRange(Granted, rate.Low, rate.High);
        Assert.Equal(DetectorSettings.Default.FalseHaltsPerThousandHours, Granted + DetectorSettings.Default.Budget.Sweeps, 1e-12);
    }

    [Fact]
    public void A_watch_remembers_over_rest_and_reversal()
    {
        var watch = new SoftShortWatch(PlatedSamples.Area, PlatedSamples.SineAmperes, Granted);
        var draw = new Random(4);
        var said = new List<WarningLevel>();
        foreach (var sample in new PlatedSamples(draw) { Share = second => second is >= 400 and < 410 ? 0.7 : 1 }.Until(600))
            Add(sample);
        for (var second = 600; second < 900; second++)
            Add(new(second, 1e-9, 0.001, 30, 5, 0));
        // Stripping now.
        foreach (var sample in new PlatedSamples(draw) { Share = second => second is >= 400 and < 410 ? 0.7 : 1 }.Until(600))
            Add(sample with { TimeSeconds = sample.TimeSeconds + 900, CurrentAmperes = -sample.CurrentAmperes, Volts = -sample.Volts });
        Assert.Equal([WarningLevel.Warning, WarningLevel.Halt], said);

        void Add(Sample sample)
        {
            if (watch.Take(sample) is var (level, _))
                said.Add(level);
        }
    }

    /// <summary>An instrument that cannot queue pauses between its segments: 60 s of current and 2 s without, or 18 s and 2 s.</summary>
    [Theory]
    [InlineData(62)]
    [InlineData(20)]
    public void Dips_are_seen_where_the_current_pauses_between_segments_too_and_pauses_are_none(int period)
    {
        Assert.Empty(Said(_ => 1));
        Assert.Equal([WarningLevel.Warning, WarningLevel.Halt], Said(second => second is (>= 410 and < 416) or (>= 1168 and < 1174) ? 0.7 : 1));

        List<WarningLevel> Said(Func<double, double> share)
        {
            var watch = new SoftShortWatch(PlatedSamples.Area, PlatedSamples.SineAmperes, Granted);
            var said = new List<WarningLevel>();
            foreach (var sample in new PlatedSamples(new Random(5)) { Share = share }.Until(1300))
            {
                // The last two seconds of each period: off. Both dips fall into a segment.
                var off = sample.TimeSeconds % period >= period - 2;
                if (watch.Take(off ? sample with { CurrentAmperes = 1e-9, Volts = 1e-3 } : sample) is var (level, _))
                    said.Add(level);
            }

            return said;
        }
    }
}
