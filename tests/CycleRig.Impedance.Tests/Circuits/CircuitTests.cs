using System.Numerics;
using System.Runtime.Intrinsics;
using CsCheck;
using CycleRig.Impedance.Circuits;
using Xunit;

namespace CycleRig.Impedance.Tests.Circuits;

public sealed class CircuitTests
{
    [Theory]
    [InlineData("R0-p(R1,CPE1)-p(R2,CPE2)", "R0 R1 CPE1_0 CPE1_1 R2 CPE2_0 CPE2_1")]
    [InlineData("R0-p(R1-Wo1,C1)", "R0 R1 Wo1_0 Wo1_1 C1")]
    [InlineData("R(RQ)(RQ)", "R0 R1 CPE2_0 CPE2_1 R3 CPE4_0 CPE4_1")]
    [InlineData("p(R1,p(C1,R2-C2))", "R1 C1 R2 C2")]
    public void Both_notations_give_parameters_in_order(string text, string names) => Assert.Equal(names, string.Join(' ', Circuit.Parse(text).ParameterNames));

    [Theory]
    [InlineData("R0-p(R1,CPE1", 4)]
    [InlineData("R0-X1", 3)]
    [InlineData("R0-R0", 3)]
    [InlineData("R0)", 2)]
    [InlineData("p(R0)", 1)]
    [InlineData("", 0)]
    public void A_circuit_that_cannot_be_read_shows_the_place(string text, int position) =>
        Assert.Equal(position, Assert.Throws<CircuitFormatException>(() => Circuit.Parse(text)).Position);

    [Fact]
    public void A_parallel_of_R_and_C_is_its_closed_form() => Gen.Double[-2, 7].Sample(exponent =>
    {
        var omega = 2 * Math.PI * Math.Pow(10, exponent);
        var expected = 50 + (3800 / (1 + (Complex.ImaginaryOne * omega * 3800 * 1e-9)));
        var z = Circuit.Parse("R0-p(R1,C1)").Impedance(Math.Pow(10, exponent), [50, 3800, 1e-9]);
        Assert.Equal(0, (z - expected).Magnitude / expected.Magnitude, 1e-12);
    });

    /// <summary>Series and parallels within each other: the elements themselves are tested in <see cref="ElementLibraryTests"/>.</summary>
    [Theory]
    [InlineData("R0-p(R1,CPE1)-L1", "10 1000 1e-8 0.9 1e-6")]
    [InlineData("p(R1-Wo1,C1)", "100 500 0.3 1e-5")]
    [InlineData("p(R1,p(C1,R2-C2)-R3,CPE1)", "100 1e-6 30 1e-4 20 1e-5 0.8")]
    [InlineData("R0-p(CPE1,R1-p(CPE2,R2-p(C3,R3-Ws1)))", "10 1e-8 0.9 100 1e-6 0.8 300 1e-4 50 20 3")]
    public void The_analytic_slopes_agree_with_differences(string text, string values)
    {
        var circuit = Circuit.Parse(text);
        double[] parameters = [.. values.Split(' ').Select(v => double.Parse(v, System.Globalization.CultureInfo.InvariantCulture))];
        Gen.Double[-1, 6].Sample(exponent =>
        {
            var hertz = Math.Pow(10, exponent);
            var (constants, slopes) = (new double[circuit.Constants], new ComplexVector[parameters.Length]);
            circuit.Prepare(parameters, constants);
            var omega = Vector256.Create(2 * Math.PI * hertz);
            var z = circuit.Evaluate(new(omega, Vector256.Log(omega), default), constants, slopes, new ComplexVector[circuit.Depth]).At(0);
            for (var k = 0; k < parameters.Length; k++)
            {
                const double step = 3e-4;
                Complex At(double shift)
                {
                    var moved = parameters.ToArray();
                    moved[k] = circuit.Parameters[k].IsLogarithmic ? moved[k] * Math.Exp(shift) : moved[k] + shift;
                    return circuit.Impedance(hertz, moved);
                }

                // Fourth-order central difference: error of order step⁴.
                var numeric = ((8 * (At(step) - At(-step))) - (At(2 * step) - At(-2 * step))) / (12 * step);
                Assert.Equal(0, (numeric - slopes[k].At(0)).Magnitude / z.Magnitude, 1e-7);
            }
        });
    }

    [Fact]
    public void Many_frequencies_give_what_each_gives_alone()
    {
        var circuit = Circuit.Parse("R0-p(R1,CPE1)");
        double[] frequencies = [1, 10, 3, 1e6, 5, 0.1, 7];
        var all = new Complex[7];
        circuit.Impedance(frequencies, [1, 2, 1e-3, 0.8], all);
        Assert.Equal(frequencies.Select(f => circuit.Impedance(f, [1, 2, 1e-3, 0.8])), all);
    }
}
