using CycleRig.Core.Evidence;
using CycleRig.Core.Protocols;
using CycleRig.Core.Quantities;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Simulated.Playing;
using CycleRig.Devices.Simulated.Tests.Cells;
using CycleRig.Devices.Simulated.Tests.Instruments;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Playing;

public sealed class ProtocolPlayerTests
{
    private static readonly SweepRange Range = new(new(7e6), new(1), 6, 3);

    private readonly List<Sample> _samples = [];
    private readonly List<Spectrum> _spectra = [];

    [Fact]
    public void Current_flows_without_a_gap_and_each_period_has_its_sweep()
    {
        var bench = Play();
        // 10 min at 0.5 mA/cm², within the two hops of 15 ms that begin it and its end.
        var expected = 600 * 0.5e-3 * TestCells.Area;
        Assert.Equal(expected, bench.Channel.Truth.PlatedCoulombs, 0.002 * expected);
        Assert.Equal(1 + 10, _spectra.Count);
        Assert.Equal(Enumerable.Range(0, 11), _spectra.Select(spectrum => spectrum.Index));
        Assert.All(_spectra, spectrum => Assert.Equal(Range.Count, spectrum.Points.Length));
        Assert.Equal(-bench.Channel.Truth.PlatedCoulombs, _samples[^1].ChargeCoulombs, 0.02 * expected);
    }

    [Theory]
    [InlineData(UpsetKind.Reboot)]
    [InlineData(UpsetKind.CablePulled)]
    [InlineData(UpsetKind.HalfOpen)]
    public void An_instrument_that_does_not_answer_does_not_hold_the_program_up(UpsetKind kind)
    {
        var bench = Play(ChannelBench.Upset(kind, 300, 20));
        Assert.InRange(bench.Time.Now.TotalSeconds, 700, 900);
        Assert.True(_spectra.Count > 3);
    }

    [Theory]
    [InlineData(-2e3, "voltage_min")] // 0.2 A/cm² through some 75 Ω cm²: beyond the voltage that the instrument drives.
    [InlineData(-1e4, "is above the range")] // 31 mA: beyond its current, so refused.
    public void A_limit_of_the_instrument_ends_the_program_with_the_cell_off(double density, string by)
    {
        var bench = new ChannelBench();
        var player = Player(bench, new Galvanostatic("plate", new(density), new(TimeSpan.FromMinutes(10), null, null), null));
        player.Start();
        bench.Run(60);
        Assert.True(player.HasEnded);
        Assert.Null(bench.Channel.State.Running);
        Assert.Contains(by, player.Cut!.By, StringComparison.Ordinal);
        Assert.InRange(player.Cut.Seconds, 0, 60);
    }

    [Fact]
    public void A_program_that_came_to_its_end_was_not_cut()
    {
        var bench = new ChannelBench();
        var player = Player(bench, new Galvanostatic("plate", new(-5), new(TimeSpan.FromSeconds(20), null, null), null));
        player.Start();
        bench.Run(60);
        Assert.Equal((true, null), (player.HasEnded, player.Cut));
    }

    private ChannelBench Play(params ChannelUpset[] upsets)
    {
        var bench = new ChannelBench(upsets);
        var player = Player(
            bench,
            new Rest("rest", TimeSpan.FromMinutes(1)),
            new GalvanostaticImpedance("geis", Range, CurrentDensity.FromMilliamperesPerSquareCentimetre(0.05)),
            new Galvanostatic(
                "plate", CurrentDensity.FromMilliamperesPerSquareCentimetre(-0.5), new(TimeSpan.FromMinutes(10), null, null),
                new(Range, CurrentDensity.FromMilliamperesPerSquareCentimetre(0.05), TimeSpan.FromMinutes(1))),
            new Rest("after", TimeSpan.FromMinutes(1)));
        bench.Time.Post(player.Start);
        Assert.True(bench.Time.RunUntil(() => player.HasEnded, TimeSpan.FromHours(2)));
        return bench;
    }

    private ProtocolPlayer Player(ChannelBench bench, params Step[] steps)
    {
        var player = new ProtocolPlayer(
            bench.Time, bench.Channel, new Protocol("played", [.. steps], SafetyTerms.Default), TestCells.Area * 1e-4, _samples.Add, _spectra.Add) { Megapascals = 5 };
        bench.Time.Every(TimeSpan.FromSeconds(1), bench.Relay.Feed);
        return player;
    }
}
