using System.Numerics;
using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;
using Xunit;
using static CycleRig.EarlyWarning.Tests.Trouble;

namespace CycleRig.EarlyWarning.Tests;

/// <summary>Spectra as they should not come, live: each line of the table "Bad input" of docs/early-warning.md that a spectrum can bring about.</summary>
public sealed class BadInputTests
{
    [Fact]
    public void Without_trouble_nothing_is_said_and_the_damage_is_found()
    {
        IsForgotten(sweeps => sweeps);
        Assert.All(OfSound(sweeps => sweeps), said => Assert.Equal((WarningLevel.Healthy, true), (said.Verdict.Level, said.Verdict.Valid)));
    }

    [Theory]
    [InlineData(-300)]
    [InlineData(-5000)]
    public void A_clock_that_was_set_back_is_blindness_until_three_sweeps_in_order_tell_its_new_time(double seconds)
    {
        static IEnumerable<Spectrum> SetBack(IEnumerable<Spectrum> sweeps, double seconds) => sweeps.Select(sweep => sweep.Index < First ? sweep : Later(sweep, seconds));
        foreach (var (sweep, verdict) in OfSound(sweeps => SetBack(sweeps, seconds)).Where(said => said.Sweep >= First))
            Assert.Equal((sweep >= First + 2, sweep < First + 2), (verdict.Valid, verdict.Detail == "blind: the spectrum is older than the last one"));
        IsForgotten(sweeps => SetBack(sweeps, seconds));
    }

    [Fact]
    public void One_sweep_from_the_future_does_not_make_the_channel_blind_for_good()
    {
        static IEnumerable<Spectrum> Once(IEnumerable<Spectrum> sweeps) => sweeps.Select(sweep => sweep.Index == First ? Later(sweep, 1e9) : sweep);
        Assert.Equal(2, OfSound(Once).Count(said => !said.Verdict.Valid));
        IsForgotten(Once);
    }

    [Fact]
    public void A_clock_that_jumps_on_is_no_damage() => IsForgotten(sweeps => sweeps.Select(sweep => sweep.Index < First ? sweep : Later(sweep, 5000)));

    [Fact]
    public void A_clock_that_goes_back_within_a_sweep_spoils_no_other()
    {
        static IEnumerable<Spectrum> Within(IEnumerable<Spectrum> sweeps, double seconds) => sweeps.Select(sweep => sweep.Index switch
        {
            < First => sweep,
            First => sweep with { Points = [.. sweep.Points.Select((point, i) => i < 20 ? point : point with { TimeSeconds = point.TimeSeconds + seconds })] },
            _ => Later(sweep, seconds),
        });
        IsForgotten(sweeps => Within(sweeps, -20));
        IsForgotten(sweeps => Within(sweeps, -300));
        IsForgotten(sweeps => Within(sweeps, 300));
    }

    [Fact]
    public void A_point_without_a_time_or_with_a_wrong_one_is_left_out_and_a_sweep_without_times_is_blindness()
    {
        IsSeenThrough(sweep => One(sweep, point => point with { TimeSeconds = double.NaN }));
        IsSeenThrough(sweep => One(sweep, point => point with { TimeSeconds = 1e9 }));
        IsBlindness("no time", sweep => Each(sweep, point => point with { TimeSeconds = double.NaN }));
    }

    [Fact]
    public void A_sweep_that_comes_twice_counts_once()
    {
        var verdicts = OfSound(sweeps => Spoilt(sweeps, sweep => [sweep, sweep]));
        Assert.All(verdicts.GroupBy(said => said.Sweep), twice => Assert.Single(twice, said => said.Verdict.Valid));
        Assert.All(verdicts.Where(said => !said.Verdict.Valid), said => Assert.Contains("nothing new was measured", said.Verdict.Detail, StringComparison.Ordinal));
        Assert.Equal(OfSound(sweeps => sweeps)[^1].Verdict.Detail, verdicts[^1].Verdict.Detail);
        IsForgotten(sweeps => Spoilt(sweeps, sweep => [sweep, sweep]));
    }

    [Fact]
    public void An_instrument_that_gives_the_same_points_again_and_again_is_blindness()
    {
        var stuck = OfSound(sweeps => sweeps.Select(sweep => sweep.Index < First ? sweep : Again(sweeps[First - 1], sweep)));
        Assert.All(stuck.Where(said => said.Sweep >= First), said => Assert.Equal((WarningLevel.Watch, false), (said.Verdict.Level, said.Verdict.Valid)));
        IsForgotten(sweeps => sweeps.Select(sweep => IsSpoilt(sweep.Index) ? Again(sweeps[First - 1], sweep) : sweep));

        static Spectrum Again(Spectrum last, Spectrum sweep) =>
            sweep with { Points = [.. last.Points.Zip(sweep.Points, (old, point) => old with { TimeSeconds = point.TimeSeconds, TemperatureCelsius = point.TemperatureCelsius })] };
    }

    [Fact]
    public void Missing_sweeps_are_no_damage_and_hide_none() => IsForgotten(sweeps => Spoilt(sweeps, _ => []));

    [Fact]
    public void A_cut_sweep_is_blindness()
    {
        IsBlindness("0 usable points", sweep => sweep with { Points = [] });
        IsBlindness("0 usable points", sweep => sweep with { Points = default });
        IsBlindness("7 usable points", sweep => sweep with { Points = sweep.Points[..10] }); // Three of them above 3 MHz.
        IsSeenThrough(sweep => sweep with { Points = sweep.Points[..25] }); // Down to 2 kHz: that tells R_bulk.
        IsBlindness("does not reach", sweep => sweep with { Points = sweep.Points[20..] });
    }

    [Fact]
    public void Sweeps_in_the_wrong_order_are_judged_as_far_as_they_are_new()
    {
        static IEnumerable<Spectrum> Exchanged(IReadOnlyList<Spectrum> sweeps) => [.. sweeps.Take(20), sweeps[21], sweeps[20], sweeps[23], sweeps[22], .. sweeps.Skip(24)];
        Assert.Equal([20, 22], OfSound(Exchanged).Where(said => !said.Verdict.Valid).Select(said => said.Sweep));
        IsForgotten(Exchanged);
    }

    [Fact]
    public void Points_in_any_order_and_rows_that_are_there_again_change_nothing()
    {
        IsSeenThrough(sweep =>
        {
            var points = sweep.Points.ToArray();
            new Random(sweep.Index).Shuffle(points);
            return sweep with { Points = [.. points] };
        });
        var expected = OfSound(sweeps => sweeps).Select(said => said.Verdict.Detail);
        foreach (var times in new[] { 2, 5 })
        {
            Assert.Equal(expected, OfSound(sweeps => Spoilt(sweeps, sweep =>
                [sweep with { Points = [.. sweep.Points.SelectMany(point => Enumerable.Repeat(point, times))] }])).Select(said => said.Verdict.Detail));
        }
    }

    [Fact]
    public void Frequencies_that_change_in_mid_run_are_no_damage_and_hide_none()
    {
        foreach (var stays in new Func<SpectrumPoint, int, bool>[]
        {
            (point, _) => point.FrequencyHz is > 1 and < 1e6, (_, i) => i % 2 == 0, (point, _) => point.FrequencyHz > 10, (point, _) => point.FrequencyHz > 500,
        })
            IsForgotten(sweeps => sweeps.Select(sweep => sweep.Index < First ? sweep : sweep with { Points = [.. sweep.Points.Where(stays)] }));
    }

    [Fact]
    public void Frequencies_that_are_none_are_blindness()
    {
        IsBlindness("1 usable points", sweep => Each(sweep, point => point with { FrequencyHz = 1e4 }));
        foreach (var none in (double[])[double.NaN, 0, -1, double.PositiveInfinity])
            IsBlindness("0 usable points", sweep => Each(sweep, point => point with { FrequencyHz = none }));
    }

    [Fact]
    public void Values_that_are_no_numbers_are_left_out_or_said()
    {
        IsSeenThrough(sweep => sweep with { Points = [.. sweep.Points.Select((point, i) => i % 2 == 0 ? point : point with { ImaginaryOhms = double.NaN })] });
        IsSeenThrough(sweep => One(sweep, point => point with { TemperatureCelsius = double.NaN, CurrentAmperes = double.NaN, RealOhms = double.PositiveInfinity }));
        IsSeenThrough(sweep => Each(sweep, point => point with { PressureMegapascals = double.NaN }));
        IsBlindness("0 usable points", sweep => Each(sweep, point => point with { RealOhms = double.NaN }));
        IsBlindness("no current was measured", sweep => Each(sweep, point => point with { CurrentAmperes = double.NaN }));
    }

    [Fact]
    public void Currents_that_no_cell_carries_are_left_out_or_said()
    {
        IsSeenThrough(sweep => One(sweep, point => point with { CurrentAmperes = 1e9 }));
        IsBlindness("A/cm²", sweep => Each(sweep, point => point with { CurrentAmperes = 1e9 }));
    }

    [Fact]
    public void The_end_of_a_range_is_left_out_where_enough_is_left_and_said_where_not()
    {
        IsSeenThrough(sweep => Each(sweep, point => point with { RealOhms = Math.Min(17_000, point.RealOhms) }));
        IsSeenThrough(sweep => Each(sweep, point => point with { ImaginaryOhms = Math.Max(-1000, point.ImaginaryOhms) }));
        IsSeenThrough(sweep => Each(sweep, point => point with { RealOhms = Math.Min(5000, point.RealOhms) })); // What is left tells R_bulk.
        IsBlindness("2 usable points", sweep => Each(sweep, point => point with { RealOhms = Math.Min(2000, point.RealOhms) }));
        IsBlindness("residuals", sweep => Each(sweep, point => Rounded(point, 2000)));

        // An amplifier at its end with noise: |Z| that is nearly the same.
        static SpectrumPoint Rounded(SpectrumPoint point, double ohms)
        {
            var share = Math.Min(1, ohms * (1 + (1e-4 * Math.Sin(point.TimeSeconds))) / double.Hypot(point.RealOhms, point.ImaginaryOhms));
            return point with { RealOhms = share * point.RealOhms, ImaginaryOhms = share * point.ImaginaryOhms };
        }
    }

    [Fact]
    public void R_bulk_at_its_bound_or_known_to_nobody_is_blindness()
    {
        IsBlindness("R_bulk ended at its bound", sweep => Each(sweep, point => point with { RealOhms = 1e-9 * point.RealOhms, ImaginaryOhms = 1e-9 * point.ImaginaryOhms }));
        IsBlindness("R_bulk", sweep => Each(sweep, Open)); // Now at its bound, now not known.

        // Nothing but the stray capacitance of an open lead.
        static SpectrumPoint Open(SpectrumPoint point) => point with
        {
            RealOhms = 10 * Math.Abs(Math.Sin(1e3 * point.TimeSeconds)), ImaginaryOhms = -1 / (2 * Math.PI * point.FrequencyHz * 1e-11),
        };
    }

    [Fact]
    public void R_bulk_that_is_another_all_at_once_is_said() => IsBlindness("were expected", sweep => Each(
        sweep, point => point with { RealOhms = 4 * point.RealOhms, ImaginaryOhms = 4 * point.ImaginaryOhms }));

    /// <summary>A short that the voltage did not show: 3 kΩ beside the cell take more than four tenths of R_bulk.</summary>
    [Fact]
    public void R_bulk_that_is_three_tenths_less_at_once_warns_and_in_the_next_sweep_halts()
    {
        static Spectrum Shunted(Spectrum sweep) => Each(sweep, point =>
        {
            var z = 1 / ((1 / new Complex(point.RealOhms, point.ImaginaryOhms)) + (1.0 / 3000));
            return point with { RealOhms = z.Real, ImaginaryOhms = z.Imaginary };
        });
        var all = OfSound(sweeps => Spoilt(sweeps, sweep => [Shunted(sweep)])).ToList();
        var said = all.Where(said => IsSpoilt(said.Sweep)).Select(said => said.Verdict).ToList();
        Assert.Equal((WarningLevel.Warning, false), (said[0].Level, said[0].Valid));
        Assert.Equal((WarningLevel.Halt, Reason.DendriteOnset), (said[1].Level, said[1].Reason));
        Assert.Contains("a short", said[1].Detail, StringComparison.Ordinal);
        // By the law of parallel resistances 3 kΩ beside R leave 3/(3 kΩ + R) of it; R_int tells that from a lead.
        var whole = all.Last(said => !IsSpoilt(said.Sweep) && said.Sweep < First).Verdict.Evidence!.CompensatedOhms;
        var evidence = said[1].Evidence!;
        Assert.Equal(100 * (1 - (3000 / (3000 + whole))), evidence.LossPercent, 1.5);
        Assert.True(evidence.Statistic > evidence.Threshold && evidence.Threshold >= 2, $"{evidence.Statistic} against {evidence.Threshold}");
        Assert.Equal(["short", "other", "none"], evidence.Hypotheses.Select(hypothesis => hypothesis.Name));
        Assert.True(evidence.Hypotheses[1].LogLikelihoodGain < evidence.Hypotheses[0].LogLikelihoodGain);
        // Where both fall alike, a range or another cell may have done it as well, and that is not hidden.
        var bulk = OfSound(sweeps => Spoilt(sweeps, sweep => [Each(sweep, point => point with { RealOhms = 0.55 * point.RealOhms, ImaginaryOhms = 0.55 * point.ImaginaryOhms })]))
            .First(said => said.Verdict.Level == WarningLevel.Halt).Verdict.Evidence!.Hypotheses;
        Assert.Equal(["short", "other", "none"], bulk.Select(hypothesis => hypothesis.Name));
        Assert.Equal(bulk[0].LogLikelihoodGain, bulk[1].LogLikelihoodGain);
        // One sweep of that kind halts nothing.
        IsForgotten(sweeps => sweeps.Select(sweep => sweep.Index == 20 ? Shunted(sweep) : sweep));
    }

    [Fact]
    public void A_first_sweep_of_another_cell_does_not_blind_the_channel_for_good() => IsForgotten(sweeps => sweeps.Select(sweep =>
        sweep.Index > 1 ? sweep : Each(sweep, point => point with { RealOhms = 4 * point.RealOhms, ImaginaryOhms = 4 * point.ImaginaryOhms })));

    [Fact]
    public void Without_a_temperature_or_with_that_of_a_broken_thermometer_the_channel_is_blind()
    {
        IsBlindness("no temperature", sweep => Each(sweep, point => point with { TemperatureCelsius = double.NaN }));
        IsBlindness("850 °C", sweep => Each(sweep, point => point with { TemperatureCelsius = 850 }));
        IsBlindness("-200 °C", sweep => Each(sweep, point => point with { TemperatureCelsius = -200 }));
        IsSeenThrough(sweep => One(sweep, point => point with { TemperatureCelsius = 850 }));
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(4)]
    [InlineData(10)]
    public void A_thermometer_that_jumps_is_believed_when_a_second_sweep_says_so_too(double kelvins)
    {
        static IEnumerable<Spectrum> Once(IEnumerable<Spectrum> sweeps, double kelvins) =>
            sweeps.Select(sweep => sweep.Index == First ? Each(sweep, point => point with { TemperatureCelsius = point.TemperatureCelsius + kelvins }) : sweep);
        var blind = Assert.Single(OfSound(sweeps => Once(sweeps, kelvins)), said => !said.Verdict.Valid);
        Assert.Contains("the thermometer went from", blind.Verdict.Detail, StringComparison.Ordinal);
        IsForgotten(sweeps => Once(sweeps, kelvins));
        var stays = OfSound(sweeps => Spoilt(sweeps, sweep => [Each(sweep, point => point with { TemperatureCelsius = point.TemperatureCelsius + kelvins })]));
        Assert.Equal([First, First + Sweeps], stays.Where(said => !said.Verdict.Valid).Select(said => said.Sweep));
    }

    [Fact]
    public void Without_a_press_nothing_is_missed() => IsForgotten(sweeps => sweeps.Select(sweep => Each(sweep, point => point with { PressureMegapascals = 0 })));
}
