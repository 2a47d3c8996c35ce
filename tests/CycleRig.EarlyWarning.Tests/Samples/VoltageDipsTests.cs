using CsCheck;
using CycleRig.EarlyWarning.Samples;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Samples;

public sealed class VoltageDipsTests
{
    private static readonly Gen<int> Seeds = Gen.Int[0, 1_000_000];

    /// <summary>G = exp(-(t - t0)/τ)/(k R): V is k/(k + exp(-(t - t0)/τ)) of what it was (Menkin 2024). One that takes less than a fifth may hide in the sine.</summary>
    [Fact]
    public void A_soft_short_is_one_dip_of_its_depth_told_when_half_of_it_is_back() =>
        Gen.Select(Seeds, Gen.Double[1.2, 3], Gen.Double[4, 60], Gen.Int[400, 900]).Sample((seed, k, tau, begins) =>
        {
            var found = Dips(new(new Random(seed)) { Share = second => second < begins ? 1 : k / (k + Math.Exp(-(second - begins) / tau)) }, begins + 600);
            var (second, share) = Assert.Single(found);
            Assert.InRange(second, begins + 1, begins + (2.5 * tau) + 5);
            Assert.InRange(share, (0.75 / (1 + k)) - 0.03, (1 / (1 + k)) + 0.06);
        });

    [Fact]
    public void A_bridge_that_burns_out_is_a_dip() => Gen.Select(Seeds, Gen.Int[3, 90]).Sample((seed, lasts) =>
        Assert.Single(Dips(new(new Random(seed)) { Share = second => second >= 500 && second < 500 + lasts ? 0.75 : 1 }, 1000)));

    [Fact]
    public void The_sine_of_the_sweeps_alone_is_none() => Seeds.Sample(seed => Assert.Empty(Dips(new(new Random(seed)), 1800)));

    /// <summary>From 3.5 times to the plateau with a time constant of one to twenty minutes.</summary>
    [Fact]
    public void Contact_that_improves_is_none() => Gen.Select(Seeds, Gen.Double[60, 1200]).Sample((seed, tau) =>
        Assert.Empty(Dips(new(new Random(seed)) { Share = second => 1 + (2.5 * Math.Exp(-second / tau)) }, 1800)));

    [Fact]
    public void One_sample_alone_and_a_step_that_stays_are_none() => Gen.Select(Seeds, Gen.Double[0.3, 0.9]).Sample((seed, share) =>
    {
        Assert.Empty(Dips(new(new Random(seed)) { Share = second => second == 700 ? share : 1 }, 1200));
        Assert.Empty(Dips(new(new Random(seed)) { Share = second => second > 700 ? share : 1 }, 1200));
    });

    [Fact]
    public void What_moves_with_the_stack_pressure_is_contact()
    {
        Assert.Empty(Dips(new(new Random(1)) { Share = Pressed, Megapascals = second => second is >= 699 and < 715 ? 6 : 5 }, 1200));
        Assert.Single(Dips(new(new Random(1)) { Share = Pressed }, 1200));

        static double Pressed(double second) => second is >= 700 and < 712 ? 0.8 : 1;
    }

    /// <summary>Beside a dip a deep outlier before it, a force sensor that scatters by 3 % of a low pressure, and one that gives no number for a second.</summary>
    [Fact]
    public void What_is_no_dip_hides_none_and_a_poor_force_sensor_does_not_either()
    {
        var found = Dips(new(new Random(6)) { Share = second => second == 690 ? 0.2 : second is >= 722 and < 728 ? 0.75 : 1 }, 1200);
        Assert.InRange(Assert.Single(found).Share, 0.2, 0.3);
        var draw = new Random(7);
        Assert.Single(Dips(new(new Random(6)) { Share = second => second is >= 722 and < 728 ? 0.75 : 1, Megapascals = _ => 0.5 * (1 + (0.03 * (draw.NextDouble() - 0.5) * 2)) }, 1200));
        Assert.Single(Dips(new(new Random(6)) { Share = second => second is >= 722 and < 728 ? 0.75 : 1, Megapascals = second => second == 300 ? double.NaN : 5 }, 1200));
        Assert.Empty(Dips(new(new Random(6)) { Share = second => second is >= 722 and < 728 ? 0.75 : 1, Megapascals = second => second == 300 ? double.NaN : second is >= 721 and < 730 ? 6 : 5 }, 1200));
    }

    /// <summary>An alloy electrode puts some millivolts on the cell that no sine moves: the voltage then falls by more than the current.</summary>
    [Fact]
    public void A_voltage_that_does_not_come_from_the_current_makes_none() => Gen.Select(Seeds, Gen.Double[-0.05, 0.05]).Sample((seed, offset) =>
        Assert.Empty(Dips(new(new Random(seed)) { OffsetVolts = offset }, 1200)));

    [Fact]
    public void Samples_that_are_no_numbers_or_come_twice_say_nothing()
    {
        var samples = new PlatedSamples(new Random(3)).Until(900).ToList();
        samples.InsertRange(500, [samples[500] with { Volts = double.NaN }, samples[500] with { CurrentAmperes = double.NaN }, samples[500], samples[500] with { Volts = 0.1 }]);
        var dips = default(VoltageDips);
        Assert.All(samples, sample => Assert.Null(dips.Test(sample, PlatedSamples.Amperes, PlatedSamples.SineAmperes)));
    }

    private static List<(double Second, double Share)> Dips(PlatedSamples samples, int seconds)
    {
        var (dips, found) = (default(VoltageDips), new List<(double, double)>());
        foreach (var sample in samples.Until(seconds))
        {
            if (dips.Test(sample, PlatedSamples.Amperes, PlatedSamples.SineAmperes) is { } share)
                found.Add((sample.TimeSeconds, share));
        }

        return found;
    }
}
