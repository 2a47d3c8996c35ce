using CsCheck;
using CycleRig.Core.Safety;
using Xunit;

namespace CycleRig.Core.Tests.Safety;

public sealed class DiskPolicyTests
{
    private const long Disk = 100_000_000_000;

    private static readonly Gen<long> Free = Gen.OneOf(Gen.Long[0, Disk], Gen.Long[0, Disk / 8], Gen.Long[0, Disk / 80]);
    private static readonly Gen<double> Rate = Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 1e6]);

    [Theory]
    [InlineData(10.0, DiskLevel.Fine)]
    [InlineData(9.99, DiskLevel.Warn)]
    [InlineData(5.0, DiskLevel.Warn)]
    [InlineData(4.99, DiskLevel.ThinSamples)]
    [InlineData(1.0, DiskLevel.ThinSamples)]
    [InlineData(0.99, DiskLevel.Halt)]
    [InlineData(0.0, DiskLevel.Halt)]
    public void Levels_come_at_ten_five_and_one_percent(double percent, DiskLevel level)
    {
        var policy = DiskPolicy.Unread.After((long)Math.Round(percent / 100 * Disk), Disk, 0);
        Assert.Equal(level, policy.Level);
        Assert.Equal(level == DiskLevel.Halt ? Reason.Storage : null, policy.Halt);
        Assert.Equal(level == DiskLevel.Fine, policy.Told(0, Disk) is null);
    }

    [Fact]
    public void No_run_begins_without_room_for_72_hours()
    {
        const double rate = 100_000; // 25.92 GB in 72 h.
        Assert.True(DiskPolicy.Unread.After(25_920_000_000, Disk, rate).AllowsRuns);
        var refused = DiskPolicy.Unread.After(25_919_999_999, Disk, rate);
        Assert.Equal((DiskLevel.Fine, false), (refused.Level, refused.AllowsRuns));
        Assert.Contains("72 h", refused.Told(25_919_999_999, Disk), StringComparison.Ordinal);
        Assert.False(refused.After(31_000_000_000, Disk, rate).AllowsRuns);
        Assert.True(refused.After(31_104_000_000, Disk, rate).AllowsRuns);
    }

    /// <summary>Never milder than a fresh look; what is milder than before needs a fifth more room than its bound.</summary>
    [Fact]
    public void A_level_is_at_least_that_of_a_fresh_look_and_goes_only_with_room_to_spare() =>
        Gen.Select(Free.List[1, 60], Rate).Sample((readings, rate) =>
        {
            var policy = DiskPolicy.Unread;
            foreach (var free in readings)
            {
                var next = policy.After(free, Disk, rate);
                var fresh = DiskPolicy.Unread.After(free, Disk, rate);
                Assert.True(next.Level >= fresh.Level, $"{free}: {next} after {policy}, fresh {fresh}");
                Assert.True(fresh.AllowsRuns || !next.AllowsRuns, $"{free}: {next} after {policy}");
                if (next.Level < policy.Level)
                    Assert.Equal(next.Level, DiskPolicy.Unread.After((long)(free / 1.2), Disk, 0).Level);
                Assert.Equal(next, next.After(free, Disk, rate)); // The same reading again changes nothing.
                policy = next;
            }
        });

    [Fact]
    public void Room_that_moves_by_a_tenth_does_not_make_it_flap() =>
        Gen.Select(Gen.Long[Disk / 1000, Disk / 2], Gen.Double[0.91, 1.09].List[100], Rate).Sample((middle, swings, rate) =>
        {
            var policy = DiskPolicy.Unread;
            var changes = 0;
            foreach (var swing in swings)
            {
                var next = policy.After((long)(middle * swing), Disk, rate);
                changes += next == policy ? 0 : 1;
                policy = next;
            }

            Assert.InRange(changes, 0, 5); // Each bound is crossed once at most; both may be within the first swings.
        });

    [Fact]
    public void Less_room_is_never_judged_milder() =>
        Gen.Select(Free, Free, Rate).Sample((one, other, rate) =>
        {
            var (less, more) = (Math.Min(one, other), Math.Max(one, other));
            foreach (var before in Enum.GetValues<DiskLevel>())
            {
                var policy = new DiskPolicy(before, AllowsRuns: before < DiskLevel.ThinSamples);
                Assert.True(policy.After(less, Disk, rate).Level >= policy.After(more, Disk, rate).Level);
                Assert.True(policy.After(more, Disk, rate).AllowsRuns || !policy.After(less, Disk, rate).AllowsRuns);
            }
        });

    [Theory]
    [InlineData(-1, 10, 0)]
    [InlineData(11, 10, 0)]
    [InlineData(0, 0, 0)]
    [InlineData(5, 10, double.NaN)]
    [InlineData(5, 10, double.PositiveInfinity)]
    [InlineData(5, 10, -1)]
    public void What_makes_no_sense_is_refused(long free, long total, double rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DiskPolicy.Unread.After(free, total, rate));
}
