using CsCheck;
using CycleRig.EarlyWarning.Scheduling;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Scheduling;

public sealed class ExpectedChargeTests
{
    /// <summary>White noise and nothing else.</summary>
    private static readonly SweepNuisance White = new(PerKelvin: 0.05, WanderKelvins: 1e-6, WanderSeconds: 400, ContactSdPerSecond: 0, Threshold: 5, ConfirmSeconds: 0);

    private static readonly double[] Falls = [0.01, 0.04, 0.16];

    [Theory]
    [InlineData(10, 0.001)]
    [InlineData(20, 0.002)]
    [InlineData(30, 0.001)]
    public void Of_white_noise_the_delay_is_that_of_the_formula(double every, double sd)
    {
        // r² Σ t² = (T s)², so t³ = 3 T² s² D / r²; the halt comes with the look after. Falls of 0.01, 0.04 and 0.16 for each mAh/cm².
        const double density = 2;
        var expected = Math.Exp(Falls.Average(fall =>
        {
            var perSecond = fall * density / 3600;
            return Math.Log(density / 3600 * (Math.Cbrt(3 * 25 * sd * sd * every / (perSecond * perSecond)) + every));
        }));
        var charge = ExpectedCharge.Of(new(every, new(1, 0.5, sd), every, null), density, White);
        Assert.Equal(expected, charge, 0.06 * expected);
    }

    [Fact]
    public void A_halt_waits_until_it_is_confirmed()
    {
        var pattern = new SweepPattern(10, new(1, 0.5, 0.001), 10, null);
        var (at, later) = (ExpectedCharge.Of(pattern, 2, White), ExpectedCharge.Of(pattern, 2, White with { ConfirmSeconds = 60 }));
        Assert.InRange(later - at, 0.7 * 2 * 50 / 3600, 1.3 * 2 * 50 / 3600);
    }

    [Fact]
    public void Sentinels_in_between_never_cost_charge_and_less_noise_never_either()
    {
        Gen.Select(Gen.Double[0.1, 2.5], Gen.Double[60, 200], Gen.Double[0.0005, 0.003], Gen.Double[3, 40], Gen.Double[0.01, 0.05]).Sample((density, rhythm, sd, pace, wander) =>
        {
            var nuisance = White with { WanderKelvins = wander, ConfirmSeconds = 20 };
            var whole = new SweepCost(35, 5, sd);
            var alone = ExpectedCharge.Of(new(rhythm, whole, rhythm, null), density, nuisance);
            var with = ExpectedCharge.Of(new(rhythm, whole, pace, new(2, 2, sd)), density, nuisance);
            var better = ExpectedCharge.Of(new(rhythm, whole, pace, new(2, 2, sd / 2)), density, nuisance);
            Assert.True(with <= alone * 1.001 && better <= with * 1.001, $"{alone} {with} {better}");
        }, iter: 50);
    }

    [Fact]
    public void Contact_that_moves_unseen_makes_sentinels_worth_less()
    {
        var pattern = new SweepPattern(180, new(35, 5, 0.001), 5, new(2, 2, 0.001));
        Assert.True(ExpectedCharge.Of(pattern, 1, White with { ContactSdPerSecond = 3e-4 }) > 1.1 * ExpectedCharge.Of(pattern, 1, White));
    }
}
