using System.Numerics;
using CycleRig.Impedance.Anytime;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Impedance.Tests.Anytime;

/// <summary>
/// A garnet cell by its own formula: at rest, and under current with a bulk that has lost 3 % and an interface that has lost a fifth.
/// </summary>
public sealed class BulkArcTrackerTests
{
    private const double Noise = 0.003;
    private const double RestBulk = 3800, Bulk = 3686, RestContact = 16000, Contact = 12800;
    private static readonly Circuit TwoArcs = Circuit.Parse("R0-p(R1,CPE1)-p(R2,CPE2)");
    private static readonly double[] Frequencies = [.. Enumerable.Range(0, 73).Select(i => 7e6 * Math.Pow(10, -i / 10.06))];

    [Fact]
    public void The_error_of_the_answer_is_what_it_says_at_every_point_from_when_it_is_determined()
    {
        const int sweeps = 300;
        var rest = Rest(1, 0.0001);
        var squares = new double[Frequencies.Length];
        var counted = new int[Frequencies.Length];
        for (var seed = 0; seed < sweeps; seed++)
        {
            var tracker = new BulkArcTracker(TwoArcs, rest, 0.0001, BulkArcOptions.Default with { Noise = Noise });
            var draw = new Random(1000 + seed);
            for (var i = 0; i < Frequencies.Length; i++)
            {
                var z = Measured(Frequencies[i], Bulk, Contact, Noise, draw);
                var reading = tracker.Add(Frequencies[i], z.Real, z.Imaginary);
                if (!reading.IsDetermined)
                    continue;
                var error = Math.Log(reading.BulkOhms / Bulk) / reading.RelativeSd;
                squares[i] += error * error;
                counted[i]++;
            }
        }

        for (var i = 0; i < Frequencies.Length; i++)
        {
            if (counted[i] == sweeps)
                Assert.InRange(Math.Sqrt(squares[i] / sweeps), 0.85, 1.15); // 4 % of chance each.
        }

        // 2 % of R_bulk are there before a tenth of the sweep's 32 s has passed: at 30 kHz.
        Assert.All(Enumerable.Range(0, Frequencies.Length).Where(i => Frequencies[i] < 3e4), i => Assert.Equal(sweeps, counted[i]));
    }

    [Fact]
    public void Each_point_refines_the_answer()
    {
        var tracker = new BulkArcTracker(TwoArcs, Rest(1, 0.0001), 0.0001, BulkArcOptions.Default with { Noise = Noise });
        var (last, draw) = (double.PositiveInfinity, new Random(5));
        foreach (var hertz in Frequencies)
        {
            var z = Measured(hertz, Bulk, Contact, Noise, draw);
            var reading = tracker.Add(hertz, z.Real, z.Imaginary);
            // The interface comes into sight at the low end, where the parabola changes a little.
            Assert.True(reading.RelativeSd < last * 1.1, $"{reading.RelativeSd} at {hertz} Hz after {last}");
            last = reading.RelativeSd;
        }

        Assert.InRange(last, 0.0001, 0.001); // The bound is 0.06-0.08 % at 0.3 % noise with the bulk's shape known.
    }

    [Fact]
    public void A_second_sweep_reads_as_a_new_tracker_does()
    {
        var rest = Rest(1, 0.001);
        var (used, fresh) = (new BulkArcTracker(TwoArcs, rest, 0.001, BulkArcOptions.Default), new BulkArcTracker(TwoArcs, rest, 0.001, BulkArcOptions.Default));
        var draw = new Random(2);
        foreach (var hertz in Frequencies)
        {
            var z = Measured(hertz, 2 * Bulk, Contact / 2, Noise, draw);
            used.Add(hertz, z.Real, z.Imaginary);
        }

        used.Begin();
        fresh.Begin();
        foreach (var hertz in Frequencies)
        {
            var z = Measured(hertz, Bulk, Contact, Noise, draw);
            Assert.Equal(fresh.Add(hertz, z.Real, z.Imaginary), used.Add(hertz, z.Real, z.Imaginary));
        }
    }

    [Fact]
    public void One_point_that_stands_out_is_left_out()
    {
        var tracker = new BulkArcTracker(TwoArcs, Rest(1, 0.0001), 0.0001, BulkArcOptions.Default with { Noise = Noise });
        var draw = new Random(6);
        BulkArcReading reading = default;
        for (var i = 0; i < 40; i++)
        {
            var z = Measured(Frequencies[i], Bulk, Contact, Noise, draw) * (i == 25 ? 1.2 : 1);
            reading = tracker.Add(Frequencies[i], z.Real, z.Imaginary);
            Assert.Equal(i == 25, reading.IsLeftOut);
        }

        Assert.Equal(39, reading.Points);
        Assert.InRange(Math.Abs(Math.Log(reading.BulkOhms / Bulk)), 0, 4 * reading.RelativeSd);
    }

    [Fact]
    public void A_point_more_allocates_nothing()
    {
        var tracker = new BulkArcTracker(TwoArcs, Rest(1, 0.003), 0.003, BulkArcOptions.Default);
        Complex[] z = [.. Frequencies.Select(f => Measured(f, Bulk, Contact, 0, new Random(1)))];
        Sweep();
        Assert.Equal(0, AllocatedBytes.Of(Sweep));

        void Sweep()
        {
            tracker.Begin();
            for (var i = 0; i < z.Length; i++)
                tracker.Add(Frequencies[i], z[i].Real, z[i].Imaginary);
        }
    }

    [Fact]
    public void What_cannot_be_followed_is_refused()
    {
        var rest = Rest(1, 0.003);
        Assert.Contains("`R9`", Assert.Throws<ArgumentException>(() => new BulkArcTracker(TwoArcs, rest, 0.003, BulkArcOptions.Default with { Bulk = "R9" })).Message, StringComparison.Ordinal);
        Assert.Contains("`CPE1_0` is no resistance", Assert.Throws<ArgumentException>(() => new BulkArcTracker(TwoArcs, rest, 0.003, BulkArcOptions.Default with { Bulk = "CPE1_0" })).Message, StringComparison.Ordinal);
        var tracker = new BulkArcTracker(TwoArcs, rest, 0.003, BulkArcOptions.Default with { PointsMax = 4 });
        Assert.Throws<ArgumentException>(() => tracker.Add(0, 1, 1));
        Assert.Throws<ArgumentException>(() => tracker.Add(1, double.NaN, 1));
        for (var i = 0; i < 4; i++)
            tracker.Add(1000, 4000, -500);
        Assert.Throws<InvalidOperationException>(() => tracker.Add(1000, 4000, -500));
    }

    private static FitResult Rest(int seed, double noise)
    {
        var draw = new Random(seed);
        var z = Frequencies.Select(f => Measured(f, RestBulk, RestContact, noise, draw)).ToArray();
        return CircuitFit.Fit(TwoArcs, new(Frequencies, [.. z.Select(v => v.Real)], [.. z.Select(v => v.Imaginary)]), FitOptions.Default with { Noise = noise });
    }

    private static Complex Measured(double hertz, double bulk, double contact, double noise, Random draw)
    {
        var s = new Complex(0, 2 * Math.PI * hertz);
        var z = 50 + (bulk / (1 + (bulk * 6.7e-11 * Complex.Pow(s, 0.95)))) + (contact / (1 + (contact * 1.5e-6 * Complex.Pow(s, 0.9))));
        return z + (noise * z.Magnitude * new Complex(Gaussian.Draw(draw), Gaussian.Draw(draw)));
    }
}
