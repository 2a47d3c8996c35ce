using System.Collections.Immutable;
using CycleRig.Core.Quantities;
using CycleRig.Impedance.Derived;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Impedance.Tests.Derived;

/// <summary>The paper's pellet: 1e-8 S/cm is 0.26 nA at 0.1 V on 2 mm and 1.2 mm.</summary>
public sealed class ElectronicConductivityTests
{
    private const double SteadyAmperes = 0.2618e-9;

    private static readonly PelletGeometry Pellet = new(Length.FromMillimetres(1.2), Length.FromMillimetres(2));
    private static readonly Voltage Step = new(0.1);
    private static readonly Current Floor = new(20e-12);

    /// <summary>Ten hours, a sample a minute.</summary>
    private static readonly ImmutableArray<double> Seconds = [.. Enumerable.Range(1, 600).Select(i => i * 60.0)];

    [Fact]
    public void A_quarter_of_a_nanoampere_at_a_tenth_of_a_volt_is_1e_minus_8_siemens_per_centimetre()
    {
        var found = Of(t => SteadyAmperes * (1 + (20 * Math.Exp(-t / 1800))), 2e-12);
        Assert.Equal(SteadyVerdict.Steady, found.Verdict);
        Assert.Equal(1e-8, found.Value.SiemensPerCentimetre, 2e-11);
        Assert.InRange(1e-8, found.Low.SiemensPerCentimetre, found.High.SiemensPerCentimetre);
        Assert.StartsWith("steady, drift", found.ToString(), StringComparison.Ordinal);
    }

    /// <summary>τ of 4 h: at 10 h the current is 1.4 times the steady one and falls by 12 % an hour about the middle of the last part.</summary>
    [Fact]
    public void A_current_that_still_falls_is_extrapolated()
    {
        var found = Of(t => SteadyAmperes * (1 + (5 * Math.Exp(-t / 14400))), 1e-12);
        Assert.Equal(SteadyVerdict.NotSteadyYet, found.Verdict);
        Assert.InRange(1e-8, found.Low.SiemensPerCentimetre, found.High.SiemensPerCentimetre);
        Assert.Equal(1e-8, found.Value.SiemensPerCentimetre, 5e-10);
        Assert.InRange(found.DriftPercentPerHour, -14, -8);
        Assert.StartsWith("not steady yet: still falling", found.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Diffusion_by_Cottrell_is_extrapolated_by_its_own_law()
    {
        var found = Of(t => SteadyAmperes * (1 + (1.5 / Math.Sqrt(t / 36000))), 1e-12);
        Assert.Equal(SteadyVerdict.NotSteadyYet, found.Verdict);
        Assert.InRange(1e-8, found.Low.SiemensPerCentimetre, found.High.SiemensPerCentimetre);
        Assert.Equal(1e-8, found.Value.SiemensPerCentimetre, 1e-9);
    }

    /// <summary>Over 100 noisy transients that still fall, the 95 % interval (union over laws, so rather wide) holds the truth.</summary>
    [Fact]
    public void The_extrapolated_interval_holds_the_truth()
    {
        var inside = Enumerable.Range(0, 100).Count(seed =>
        {
            var found = Of(t => SteadyAmperes * (1 + (5 * Math.Exp(-t / 9000))), 5e-12, seed);
            return found.Low.SiemensPerCentimetre <= 1e-8 && 1e-8 <= found.High.SiemensPerCentimetre;
        });
        Assert.InRange(inside, 91, 100);
    }

    [Fact]
    public void A_current_below_the_floor_is_a_bound_only()
    {
        var found = Of(t => 5e-12 + (1e-9 * Math.Exp(-t / 600)), 3e-12);
        Assert.Equal(SteadyVerdict.BelowFloor, found.Verdict);
        Assert.Equal(20e-12 * 1.2e-3 / (0.1 * Math.PI * 1e-6), found.High.SiemensPerMetre, 1e-12);
        Assert.Equal(0, found.Low.SiemensPerMetre);
        Assert.StartsWith("below the instrument's floor of 0.02 nA: σ_e < 7.6E-10 S/cm", found.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Noise_that_hides_the_drift_is_told()
    {
        var found = Of(_ => SteadyAmperes, 400e-12);
        Assert.Equal(SteadyVerdict.Undecided, found.Verdict);
        Assert.StartsWith("noise hides", found.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Spikes_of_the_range_switch_do_not_count()
    {
        var random = new Random(8);
        ImmutableArray<double> amperes = [.. Seconds.Select((_, i) => SteadyAmperes + (2e-12 * Gaussian.Draw(random)) + (i % 50 == 49 ? 5e-9 : 0))];
        var found = ElectronicConductivity.Of(Seconds, amperes, Step, Pellet, Floor);
        Assert.Equal(SteadyVerdict.Steady, found.Verdict);
        Assert.Equal(1e-8, found.Value.SiemensPerCentimetre, 5e-11);
    }

    [Fact]
    public void A_negative_step_gives_the_same_conductivity()
    {
        var found = ElectronicConductivity.Of(Seconds, [.. Seconds.Select(_ => -SteadyAmperes)], new(-0.1), Pellet, Floor);
        Assert.Equal(1e-8, found.Value.SiemensPerCentimetre, 1e-11);
        Assert.Equal(-SteadyAmperes, found.SteadyCurrent.Amperes, 1e-15);
    }

    [Fact]
    public void The_pellets_errors_widen_the_interval()
    {
        var pellet = Pellet with { DiameterStandardError = Length.FromMillimetres(0.05), SpreadingFactor = 0.64 };
        var found = ElectronicConductivity.Of(Seconds, [.. Seconds.Select(_ => SteadyAmperes)], Step, pellet, Floor);
        Assert.Equal(0.64e-8, found.Value.SiemensPerCentimetre, 1e-11);
        Assert.Equal(1.96 * 0.05 * 0.64e-8, (found.High.SiemensPerCentimetre - found.Low.SiemensPerCentimetre) / 2, 1e-12);
        Assert.Contains("spreading corrected", found.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_transient_is_refused()
    {
        ImmutableArray<double> steady = [.. Seconds.Select(_ => SteadyAmperes)];
        Refused("599 times and 600 currents", Seconds[1..], steady, Step, Floor);
        Refused("has 10 samples", Seconds[..10], steady[..10], Step, Floor);
        Refused("not rising", [.. Seconds.Reverse()], steady, Step, Floor);
        Refused("not rising from above 0", [.. Seconds.Select(t => t - 60)], steady, Step, Floor);
        Refused("no number", Seconds, steady.SetItem(3, double.NaN), Step, Floor);
        Refused("potential step is 0 V", Seconds, steady, default, Floor);
        Refused("floor is -1E+09 nA", Seconds, steady, Step, new(-1));
        Refused("floor is 0 nA", Seconds, steady, Step, default);
        Refused("against a step of -0.1 V", Seconds, steady, new(-0.1), Floor);
        Refused("last third of the time has 1 samples", [.. Enumerable.Range(0, 40).Select(i => Math.Pow(2, i))], steady[..40], Step, Floor);
    }

    private static void Refused(string message, ImmutableArray<double> seconds, ImmutableArray<double> amperes, Voltage step, Current floor) =>
        Assert.Contains(
            message, Assert.Throws<UnusableDataException>(() => ElectronicConductivity.Of(seconds, amperes, step, Pellet, floor)).Message, StringComparison.Ordinal);

    private static ElectronicConductivity Of(Func<double, double> law, double noiseAmperes, int seed = 7)
    {
        var random = new Random(seed);
        return ElectronicConductivity.Of(Seconds, [.. Seconds.Select(t => law(t) + (noiseAmperes * Gaussian.Draw(random)))], Step, Pellet, Floor);
    }
}
