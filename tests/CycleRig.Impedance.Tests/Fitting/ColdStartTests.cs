using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Impedance.Tests.Fitting;

/// <summary>
/// The nineteen exact spectra of shared/data/impedance (loops, negative resistances, lines, six arcs among them) from the data alone: the
/// digits of the file are all that is left.
/// </summary>
public sealed class ColdStartTests
{
    /// <summary>Of χ² with weights 1/|Z|: 1e-6 relative at each of some fifty points; the file has seven digits.</summary>
    private const double ChiSquareMax = 1e-10;

    public static TheoryData<string, string> Exact => [.. MockCircuits.Valid.Select(known => (known.Id, known.Circuit))];

    [Theory]
    [MemberData(nameof(Exact))]
    public void An_exact_spectrum_is_found_without_a_start(string id, string text)
    {
        Assert.SkipWhen(MockCircuits.Path is null, "shared/data/impedance/mock_circuits.json is not beside the project");
        var (frequencies, z) = MockCircuits.Read(id);
        var fit = CircuitFit.Fit(Circuit.Parse(text), new(frequencies, [.. z.Select(v => v.Real)], [.. z.Select(v => v.Imaginary)]), FitOptions.Default);
        Assert.True(fit.Converged, fit.Reason);
        Assert.InRange(fit.ChiSquare, 0, ChiSquareMax);
    }

    [Fact]
    public void The_seed_decides_and_one_is_as_good_as_another()
    {
        var data = DriftFitTests.Sweep(1, 0, 0);
        var circuit = Circuit.Parse("R0-p(R1,CPE1)-p(R2,CPE2)");
        var (one, same, other) = (Fit(1), Fit(1), Fit(2));
        Assert.Equal(one.Values, same.Values);
        Assert.Equal(one.ChiSquare, other.ChiSquare, 1e-6 * one.ChiSquare);

        FitResult Fit(int seed) => CircuitFit.Fit(circuit, data, FitOptions.Default with { Noise = 0.002, Seed = seed });
    }
}
