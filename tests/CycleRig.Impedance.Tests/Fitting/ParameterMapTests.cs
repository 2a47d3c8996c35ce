using System.Collections.Immutable;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;
using Xunit;

namespace CycleRig.Impedance.Tests.Fitting;

/// <summary>What a user may say of parameters, on the exact impedance of two arcs with C1 = C2.</summary>
public sealed class ParameterMapTests
{
    private static readonly Circuit TwoArcs = Circuit.Parse("R0-p(R1,C1)-p(R2,C2)");
    private static readonly ImmutableArray<double> Truth = [100, 500, 1e-8, 2000, 1e-8];
    private static readonly ImmutableArray<double> Start = [90, 700, 2e-8, 1500, 2e-8];

    [Fact]
    public void A_tied_parameter_follows_its_lead()
    {
        var fit = Fit(FitOptions.Default with { Start = Start, Ties = Ties("C2", new("C1", 2)) });
        Assert.Equal(2, fit["C2"] / fit["C1"], 1e-12);
        Assert.Equal(4, fit.FreeParameters);
        var equal = Fit(FitOptions.Default with { Start = Start, Ties = Ties("C2", new("C1")) });
        Assert.Equal(1e-8, equal["C2"], 1e-13);
        Assert.Equal(2000, equal["R2"], 1e-3);
    }

    [Fact]
    public void A_parameter_at_its_bound_is_told_and_has_no_error()
    {
        var fit = Fit(FitOptions.Default with { Start = Start, Bounds = Bounds("R2", 1000, 1800) });
        Assert.Equal(1800, fit["R2"], 1e-6);
        Assert.Equal(["R2"], fit.AtBounds);
        Assert.True(double.IsNaN(fit.StandardErrors[3]));
        Assert.Contains("at its bound, no measurement: R2", fit.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bound_beside_the_optimum_changes_nothing() =>
        Assert.Equal(Truth[3], Fit(FitOptions.Default with { Start = Start, Bounds = Bounds("R2", 1000, 3000) })["R2"], 1e-3);

    [Theory]
    [InlineData("R2", 100, 200, "the bounds of `R2`, 100 and 200, exclude its start 1500")]
    [InlineData("R2", 200, 100, "the bounds of `R2` are 200 and 100")]
    [InlineData("R9", 1, 2, "no parameter `R9`; it has R0, R1, C1, R2, C2")]
    public void Bounds_that_cannot_be_name_the_parameter(string name, double low, double high, string expected) => Assert.Contains(
        expected, Assert.Throws<ArgumentException>(() => Fit(FitOptions.Default with { Start = Start, Bounds = Bounds(name, low, high) })).Message, StringComparison.Ordinal);

    [Fact]
    public void What_cannot_be_tied_fixed_or_begun_with_is_refused_by_name()
    {
        AssertRefused("`C2` is tied to `C1`, which is not free", FitOptions.Default with { Start = Start, Fixed = ["C1"], Ties = Ties("C2", new("C1")) });
        AssertRefused("`C2` is both fixed and tied", FitOptions.Default with { Start = Start, Fixed = ["C2"], Ties = Ties("C2", new("C1")) });
        AssertRefused("the noise is 0", FitOptions.Default with { Start = Start, Noise = 0 });
        AssertRefused("`C2` cannot be 1 times `R1`", FitOptions.Default with { Start = Start, Ties = Ties("C2", new("R1")) });
        AssertRefused("a fixed parameter needs a value; give a start for R1", FitOptions.Default with { Fixed = ["R1"] });
        AssertRefused("the start of `C1` is -1E-08", FitOptions.Default with { Start = Start.SetItem(2, -1e-8) });
        AssertRefused("the start has 1 values", FitOptions.Default with { Start = [1] });
    }

    private static void AssertRefused(string expected, FitOptions options) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => Fit(options)).Message, StringComparison.Ordinal);

    private static ImmutableDictionary<string, ParameterTie> Ties(string name, ParameterTie tie) => ImmutableDictionary<string, ParameterTie>.Empty.Add(name, tie);

    private static ImmutableDictionary<string, ParameterBounds> Bounds(string name, double low, double high) =>
        ImmutableDictionary<string, ParameterBounds>.Empty.Add(name, new(low, high));

    private static FitResult Fit(FitOptions options)
    {
        double[] frequencies = [.. Enumerable.Range(0, 50).Select(i => 1e6 * Math.Pow(10, -i / 12.0))];
        var z = new System.Numerics.Complex[50];
        for (var i = 0; i < 50; i++)
        {
            var s = new System.Numerics.Complex(0, 2 * Math.PI * frequencies[i]);
            z[i] = 100 + (500 / (1 + (s * 500 * 1e-8))) + (2000 / (1 + (s * 2000 * 1e-8)));
        }

        return CircuitFit.Fit(TwoArcs, new(frequencies, [.. z.Select(v => v.Real)], [.. z.Select(v => v.Imaginary)]), options);
    }
}
