using System.Numerics;
using CycleRig.Impedance.Validity;
using Xunit;

namespace CycleRig.Impedance.Tests.Validity;

/// <summary>Known answers are those of shared/data/impedance/README.md; noise is drawn here.</summary>
public sealed class LinearKramersKronigTests
{
    private static readonly KramersKronigOptions Complex85 = KramersKronigOptions.Default with { MuMin = 0.85 };

    [Fact]
    public void Problem_P_is_described_to_its_noise()
    {
        const double truth = 0.005;
        var test = LinearKramersKronig.Test(KnownSpectra.ProblemP());
        Assert.InRange(Math.Max(test.RmsReal, test.RmsImaginary), 0, 1.2 * truth);
        Assert.InRange(test.Noise, truth / 1.1, truth * 1.1);
        Assert.Empty(test.Outlying);
        Assert.False(test.OnAdmittance);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_real_part_of_circuit_3_gives_the_known_mu_by_threshold_and_by_number(bool byThreshold)
    {
        var options = KramersKronigOptions.Default with { Part = KramersKronigPart.Real, MuMin = byThreshold ? 0.69 : null, Elements = byThreshold ? null : 10, Representation = KramersKronigRepresentation.Impedance };
        foreach (var capacitance in new[] { true, false })
        {
            var test = LinearKramersKronig.Test(KnownSpectra.Circuit3(), options with { Capacitance = capacitance });
            Assert.Equal(10, test.Elements);
            Assert.Equal(0.68438211178853, test.Mu, 9);
        }
    }

    [Fact]
    public void The_example_gives_the_known_number_mu_and_residuals()
    {
        var half = LinearKramersKronig.Test(KnownSpectra.Example(), KramersKronigOptions.Default with { MuMin = 0.5 });
        Assert.Equal(28, half.Elements);
        Assert.Equal(0.461404, half.Mu, 5);
        Assert.Equal(0.00365, half.LargestReal, 5);
        Assert.Equal(0.00329, half.LargestImaginary, 5);
        var more = LinearKramersKronig.Test(KnownSpectra.Example(), Complex85);
        Assert.Equal(22, more.Elements);
        Assert.Equal(0.847336, more.Mu, 5);
    }

    /// <summary>What mu alone does with two arcs five decades apart (M 7 to 9 and residuals of 4 to 15 %, measured with another program).</summary>
    [Fact]
    public void Mu_alone_underfits_problem_P()
    {
        var test = LinearKramersKronig.Test(KnownSpectra.ProblemP(), Complex85);
        Assert.InRange(test.Elements, 5, 9);
        Assert.True(Math.Max(test.RmsReal, test.RmsImaginary) > 0.04);
    }

    [Theory]
    [InlineData(0.001, 20)]
    [InlineData(0.02, 20)]
    [InlineData(0.001, 37)]
    [InlineData(0.005, 37)]
    [InlineData(0.001, 73)]
    [InlineData(0.005, 73)]
    [InlineData(0.02, 73)]
    [InlineData(0.005, 100)]
    public void The_noise_is_unbiased(double truth, int points)
    {
        var draw = new Random(7);
        var frequencies = KnownSpectra.Sweep(7e6, 0.5, points);
        var z = KnownSpectra.Garnet(frequencies);
        var draws = 12000 / points; // Few points tell little each: 20 of them within 20 %.
        var mean = Enumerable.Range(0, draws).Average(_ => LinearKramersKronig.Noise(KnownSpectra.Noisy(frequencies, z, truth, draw))) / truth;
        // 20 points over 7 decades at 0.1 % leave hardly more numbers than elements: within a tenth.
        var tolerance = points == 20 ? 0.1 : 0.05;
        Assert.InRange(mean, 1 - tolerance, 1 + tolerance);
    }

    /// <summary>One point in twenty lies 5 to 50 % of |Z| beside its place, in any direction.</summary>
    [Theory]
    [InlineData(0.001, 37)]
    [InlineData(0.001, 73)]
    [InlineData(0.005, 73)]
    [InlineData(0.02, 73)]
    [InlineData(0.005, 100)]
    public void A_few_outlying_points_hardly_raise_the_noise(double noise, int points)
    {
        var draw = new Random(11);
        var frequencies = KnownSpectra.Sweep(7e6, 0.5, points);
        var z = KnownSpectra.Garnet(frequencies);
        var ratios = Enumerable.Range(0, 40).Select(_ =>
        {
            var clean = KnownSpectra.Noisy(frequencies, z, noise, draw);
            var (re, im) = (clean.RealOhms.ToArray(), clean.ImaginaryOhms.ToArray());
            for (var k = 0; k < points / 20; k++)
            {
                var (i, error) = (draw.Next(points), Complex.FromPolarCoordinates(0.05 * Math.Pow(10, draw.NextDouble()), 2 * Math.PI * draw.NextDouble()));
                (re[i], im[i]) = (re[i] + (error.Real * z[i].Magnitude), im[i] + (error.Imaginary * z[i].Magnitude));
            }

            return LinearKramersKronig.Noise(new(frequencies, re, im)) / LinearKramersKronig.Noise(clean);
        }).Order().ToArray();
        Assert.InRange(ratios.Average(), 0.9, 1.1);
        Assert.InRange(ratios[^5], 0.9, 1.15); // Nine of ten.
    }

    [Fact]
    public void Outlying_points_are_named()
    {
        var frequencies = KnownSpectra.Sweep(7e6, 0.5, 73);
        var clean = KnownSpectra.Noisy(frequencies, KnownSpectra.Garnet(frequencies), 0.003, new(5));
        var re = clean.RealOhms.ToArray();
        re[20] *= 1.1;
        re[50] *= 0.8;
        var test = LinearKramersKronig.Test(new(frequencies, re, clean.ImaginaryOhms));
        Assert.Equal([20, 50], test.Outlying);
        Assert.Empty(LinearKramersKronig.Test(new(frequencies, re, clean.ImaginaryOhms), KramersKronigOptions.Default with { RejectAbove = double.PositiveInfinity }).Outlying);
    }

    /// <summary>A negative resistance in parallel with a capacitance is stable as an admittance only.</summary>
    [Fact]
    public void A_negative_resistance_is_tested_on_the_admittance()
    {
        var mock = KnownSpectra.Mocks().Single(mock => mock.Id == "CIRCUIT_8");
        var data = KnownSpectra.Noisy(mock.FrequenciesHz, mock.Ohms, 5e-4, new(3));
        var test = LinearKramersKronig.Test(data);
        Assert.True(test.OnAdmittance);
        Assert.InRange(test.Noise, 4e-4, 6.5e-4);
        Assert.True(LinearKramersKronig.Test(data, KramersKronigOptions.Default with { Representation = KramersKronigRepresentation.Impedance }).Noise > 5 * test.Noise);
    }

    [Fact]
    public void The_imaginary_part_alone_tells_the_real_part_of_a_valid_spectrum()
    {
        var frequencies = KnownSpectra.Sweep(1e6, 0.1, 60);
        Complex[] z = [.. frequencies.Select(f => 100 + KnownSpectra.Arc(f, 1000, 1e-3, 1))];
        var test = LinearKramersKronig.Test(
            KnownSpectra.Noisy(frequencies, z, 1e-4, new(1)), KramersKronigOptions.Default with { Part = KramersKronigPart.Imaginary, Elements = 22, Capacitance = false });
        Assert.InRange(test.RmsReal, 0, 0.005);
        Assert.Equal(22, test.TimeConstantsSeconds.Length);
    }

    [Fact]
    public void The_order_of_the_points_does_not_matter_and_frequencies_may_repeat()
    {
        var data = KnownSpectra.ProblemP();
        int[] order = [.. Enumerable.Range(0, data.Count).OrderBy(i => i * 29 % data.Count)];
        ImpedanceData Taken(IEnumerable<int> which) => new([.. which.Select(i => data.FrequenciesHz[i])], [.. which.Select(i => data.RealOhms[i])], [.. which.Select(i => data.ImaginaryOhms[i])]);
        var (sorted, mixed) = (LinearKramersKronig.Test(data), LinearKramersKronig.Test(Taken(order)));
        Assert.Equal(sorted.Elements, mixed.Elements);
        Assert.Equal(1, mixed.Noise / sorted.Noise, 6);
        Assert.Equal(sorted.ResidualsReal[order[5]], mixed.ResidualsReal[5], 6);
        var twice = LinearKramersKronig.Test(Taken(Enumerable.Range(0, data.Count).Concat([3, 4, 40, 72])));
        Assert.InRange(twice.Noise, 0.9 * sorted.Noise, 1.1 * sorted.Noise);
    }

    [Fact]
    public void What_cannot_be_tested_is_refused_with_a_reason()
    {
        Assert.Contains("6 points", Assert.Throws<ArgumentException>(() => LinearKramersKronig.Noise(Resistor(6, 100))).Message, StringComparison.Ordinal);
        Assert.Contains("|Z| = 0", Assert.Throws<ArgumentException>(() => LinearKramersKronig.Test(Resistor(20, 0))).Message, StringComparison.Ordinal);
        Assert.Contains("μ", Assert.Throws<ArgumentException>(() => LinearKramersKronig.Test(Resistor(20, 100), new() { MuMin = 1.5 })).Message, StringComparison.Ordinal);
        Assert.Contains("0 elements", Assert.Throws<ArgumentException>(() => LinearKramersKronig.Test(Resistor(20, 100), new() { Elements = 0 })).Message, StringComparison.Ordinal);
    }

    private static ImpedanceData Resistor(int count, double ohms) =>
        new(KnownSpectra.Sweep(1e5, 1, count), [.. Enumerable.Repeat(ohms, count)], [.. Enumerable.Repeat(0.0, count)]);
}
