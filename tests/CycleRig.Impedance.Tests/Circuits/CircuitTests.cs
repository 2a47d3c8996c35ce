using System.Numerics;
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

    [Theory]
    [InlineData("R0-p(R1,CPE1)-L1", "10 1000 1e-8 0.9 1e-6")]
    [InlineData("p(R1-Wo1,C1)", "100 500 0.3 1e-5")]
    [InlineData("p(R1-Ws1,C1)", "100 500 0.3 1e-5")]
    [InlineData("W1-La1", "50 1e-4 0.8")]
    [InlineData("G1-p(R1,Zarc1)", "300 0.01 2000 400 0.001 0.85")]
    [InlineData("Gs1", "300 0.01 1.3")]
    public void The_analytic_slopes_agree_with_central_differences(string text, string values)
    {
        var circuit = Circuit.Parse(text);
        double[] parameters = [.. values.Split(' ').Select(v => double.Parse(v, System.Globalization.CultureInfo.InvariantCulture))];
        var nodes = new Complex[circuit.Nodes];
        var slopes = new Complex[parameters.Length];
        Gen.Double[-1, 6].Sample(exponent =>
        {
            var omega = 2 * Math.PI * Math.Pow(10, exponent);
            var (n, s) = (new Complex[nodes.Length], new Complex[slopes.Length]);
            var z = circuit.Evaluate(omega, parameters, n, s);
            for (var k = 0; k < parameters.Length; k++)
            {
                const double step = 1e-5;
                Complex At(double shift)
                {
                    var moved = parameters.ToArray();
                    moved[k] = circuit.Kinds[k].IsLogarithmic ? moved[k] * Math.Exp(shift) : moved[k] + shift;
                    return circuit.Evaluate(omega, moved, new Complex[nodes.Length], new Complex[slopes.Length]);
                }

                // Fourth-order central difference: error of order step⁴.
                var numeric = ((8 * (At(step) - At(-step))) - (At(2 * step) - At(-2 * step))) / (12 * step);
                Assert.Equal(0, (numeric - s[k]).Magnitude / z.Magnitude, 1e-7);
            }
        });
    }
}
