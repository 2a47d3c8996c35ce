using CycleRig.EarlyWarning.Baselines;
using CycleRig.EarlyWarning.Replay;
using CycleRig.Impedance.Cells;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Baselines;

/// <summary>A sweep each 100 s; the first six are the baseline of 1,000 Ω.</summary>
public sealed class ValleyCusumTests
{
    /// <summary>A fall of 1.6 % is 1.613 % of ln R and adds 0.613 % a sweep: 1.84 % at the third, above 80 % of the limit, and 2.45 % at the fourth.</summary>
    [Fact]
    public void A_fall_is_summed_up_beyond_the_slack() => Assert.Equal<ReplayLine>(
        [new(900, "warning", "damage", "valley_cusum"), new(1000, "halt", "damage", "valley_cusum")], Run(_ => 30, 1000, 984, 984, 984, 984, 984));

    [Fact]
    public void What_stays_within_the_slack_never_adds_up() => Assert.Empty(Run(_ => 30, 1000, [.. Enumerable.Repeat(991.0, 500)]));

    [Fact]
    public void One_wild_sweep_does_not_halt_alone() => Assert.Empty(Run(_ => 30, 1000, 100, 1000, 1000));

    /// <summary>At 0.39 eV 2 K more are 9 % less; with the compensation nothing is left of it. At another energy something is.</summary>
    [Fact]
    public void Temperature_is_allowed_for_with_the_nominal_energy()
    {
        double[] warmed = [.. Enumerable.Repeat(1000 * (305.15 / 303.15) * Math.Exp(0.39 / 8.617333e-5 * ((1 / 305.15) - (1 / 303.15))), 50)];
        Assert.Empty(Run(k => k < 6 ? 30 : 32, 1000, warmed));
        Assert.NotEmpty(Run(_ => 30, 1000, warmed));
    }

    private static IReadOnlyList<ReplayLine> Run(Func<int, double> celsius, double baseline, params double[] ohms) => ValleyCusum.Run(
        Enumerable.Repeat(baseline, 6).Concat(ohms).Select((value, k) => new SweepReading(
            100 * (k + 1), new CellReading { Valid = true, TemperatureCelsius = celsius(k), CurrentAmperes = -1e-5 }, value)),
        activationElectronVolts: 0.39);
}
