using System.Text.Json;
using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;
using CycleRig.EarlyWarning.Detection;
using CycleRig.Impedance.Cells;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Detection;

/// <summary>
/// Readings drawn here by the equations of docs/simulated-rig.md, written down again: a 2 mm cell at 0.5 mA/cm², a sweep each minute, 0.15 %
/// noise in R_bulk.
/// </summary>
public sealed class DetectorTests
{
    private const double Boltzmann = 8.617333e-5;
    private const double Noise = 0.0015;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Metal_in_the_electrolyte_is_found_before_half_of_the_way_to_the_short(int seed)
    {
        // From 40 min on, R_bulk falls with the cube of time to 12 % at the short, an hour later.
        var halted = Run(seed, 100, loss: minute => minute <= 40 ? 0 : 0.12 * Math.Pow((minute - 40) / 60, 3));
        Assert.NotNull(halted);
        Assert.InRange(halted.Value, 41, 75);
    }

    [Theory]
    [InlineData(0.36)]
    [InlineData(0.39)]
    [InlineData(0.42)]
    public void A_chamber_that_warms_by_five_kelvins_is_no_damage(double activation) => Assert.All(Enumerable.Range(1, 20), seed =>
        Assert.Null(Run(seed, 180, kelvins: minute => 5 * Math.Clamp((minute - 60) / 30, 0, 1), activation: activation)));

    [Fact]
    public void Better_contact_with_its_constriction_is_no_damage() => Assert.All(Enumerable.Range(1, 40), seed => Assert.Null(Run(seed, 180)));

    [Fact]
    public void False_halts_stay_within_the_rate_that_was_set()
    {
        // 2,000 runs of three hours are 6,000 h of plating at a sweep a minute (3 % of them baseline). At the rate that is set, 0.5 per
        // 1,000 h, 3 halts would be expected. None in 6,000 h bounds the rate at 3.0 / 6,000 h = 0.5 per 1,000 h with 95 % confidence
        // (Poisson: e^-3.0 = 5 %). It holds for what is drawn here: white noise, contact that improves, a steady chamber.
        var halts = Enumerable.Range(1000, 2000).AsParallel().Count(seed => Run(seed, 180) is not null);
        Assert.Equal(0, halts);
    }

    [Fact]
    public void A_spectrum_that_cannot_be_used_is_never_healthy()
    {
        var verdict = Detector.Assess(DetectorState.Initial, new() { Valid = false, WhyNotValid = "3 usable points" }, DetectorSettings.Default);
        Assert.Equal(WarningLevel.Watch, verdict.Level);
        Assert.False(verdict.Valid);
        Assert.Contains("3 usable points", verdict.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_state_survives_json_to_the_bit()
    {
        var (state, reading) = (DetectorState.Initial, Reading(31, new(3), 0, 0, 0.39));
        for (var minute = 0; minute < 30; minute++)
            state = Detector.Assess(state, Reading(minute, new(minute), 0, 0, 0.39), DetectorSettings.Default).Next;
        var back = JsonSerializer.Deserialize<DetectorState>(JsonSerializer.Serialize(state))!;
        var (left, right) = (Detector.Assess(state, reading, DetectorSettings.Default), Detector.Assess(back, reading, DetectorSettings.Default));
        Assert.Equal(left.Detail, right.Detail);
        Assert.Equal(left.Evidence!.Statistic, right.Evidence!.Statistic);
    }

    private static double? Run(int seed, int minutes, Func<double, double>? loss = null, Func<double, double>? kelvins = null, double activation = 0.39)
    {
        var draw = new Random(seed);
        var state = DetectorState.Initial;
        for (var minute = 0; minute < minutes; minute++)
        {
            var verdict = Detector.Assess(
                state, Reading(minute, draw, loss?.Invoke(minute) ?? 0, kelvins?.Invoke(minute) ?? 0, activation), DetectorSettings.Default);
            state = verdict.Next;
            if (verdict.Level == WarningLevel.Halt)
            {
                Assert.Equal(Reason.DendriteOnset, verdict.Reason);
                return minute;
            }
        }

        return null;
    }

    private static CellReading Reading(double minute, Random draw, double loss, double kelvins, double activation)
    {
        var celsius = 30 + kelvins;
        var (kelvin, reference) = (celsius + 273.15, 303.15);
        var factor = kelvin / reference * Math.Exp(activation / Boltzmann * ((1 / kelvin) - (1 / reference)));
        var inner = (500 + (1500 * Math.Exp(-minute * 0.5 / 60 / 0.06))) / 0.0314;
        var bulk = 2460 * factor * (1 - loss) * (1 + (0.006 * Math.Sqrt(inner * 0.0314 / 500))) * (1 + (Noise * Gaussian.Draw(draw)));
        return new()
        {
            Valid = true, BulkOhms = bulk, BulkRelativeSd = Noise, InterfaceOhms = inner, InterfaceRelativeSd = 0.003, TimeSeconds = minute * 60,
            EndSeconds = (minute * 60) + 36, TemperatureCelsius = celsius + (0.003 * Gaussian.Draw(draw)), PressureMegapascals = 5, CurrentAmperes = -15.7e-6,
        };
    }
}
