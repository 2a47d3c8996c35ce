using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;
using Xunit;

namespace CycleRig.Impedance.Tests.Fitting;

/// <summary>The circuit that a synthetic spectrum was drawn from is chosen.</summary>
public sealed class CircuitSelectionTests(ITestOutputHelper output)
{
    private const int Garnet = 0, OneArc = 7, Outliers = 9;

    [Theory]
    [InlineData(Garnet)]
    [InlineData(OneArc)]
    [InlineData(Outliers)]
    public void The_true_circuit_comes_first_where_the_data_determine_it(int kind)
    {
        Circuit[] library = [.. CircuitSelection.Library.Select(text => Circuit.Parse(text))];
        var seed = Random.Shared.Next(1_000_000);
        output.WriteLine($"seed {seed}");
        var right = 0;
        for (var (i, tried) = (0, 0); tried < 20; i++)
        {
            // Where the data leave a parameter open, a simpler circuit is the right answer.
            var spectrum = SyntheticSpectra.Draw(kind, new Random(seed + i));
            if (spectrum.Bounds.Any(bound => bound > 0.15))
                continue;
            tried++;
            var ranked = CircuitSelection.Rank(library, spectrum.Data, FitOptions.Default with { Noise = spectrum.Noise, RejectAbove = 5 });
            Assert.Equal(library.Length, ranked.Length);
            Assert.Equal(0, ranked[0].Excess);
            right += ranked[0].Circuit.Text == spectrum.Circuit ? 1 : 0;
        }

        Assert.InRange(right, 15, 20); // 97 of 100 were; with 95 of 100, fewer than 15 are one run in 3000.
    }

    [Fact]
    public void A_start_is_refused_where_circuits_are_compared() => Assert.Throws<ArgumentException>(() =>
        CircuitSelection.Rank([Circuit.Parse("R0")], DriftFitTests.Sweep(1, 0, 0), FitOptions.Default with { Start = [1] }));
}
