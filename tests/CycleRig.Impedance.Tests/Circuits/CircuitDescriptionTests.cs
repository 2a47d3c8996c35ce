using System.Numerics;
using System.Text.Json.Nodes;
using CycleRig.Impedance.Circuits;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Impedance.Tests.Circuits;

public sealed class CircuitDescriptionTests
{
    [Fact]
    public void Values_limits_what_is_fixed_and_labels_are_read()
    {
        var read = CircuitDescription.Read("R{R=100}(R{R=50F/0/1e5:bulk} Q{n = 0.93/0.5/1, Y=6.2e-5/inf})W{:far}");
        Assert.Equal("R0 R1 CPE2_0 CPE2_1 W3", string.Join(' ', read.Circuit.ParameterNames));
        Assert.Equal([100, 50, 6.2e-5, 0.93, null], read.Values);
        Assert.Equal(new(50, 0, 1e5, true), read.Parameters[1]);
        Assert.Equal(new(0.93, 0.5, 1, false), read.Parameters[3]);
        Assert.Equal(new(6.2e-5, null, null, false), read.Parameters[2]);
        Assert.Equal("bulk", read.Labels["R1"]);
        Assert.Equal("far", read.Labels["W3"]);
        Assert.Equal(2, read.Labels.Count);
        Assert.False(read.IsComplete);
    }

    /// <summary>
    /// By hand: 1/(Y √(jω)) = (1 - j)/(Y √(2ω)); coth(√(B jω))/√(Y jω) = √(B/Y) coth(s)/s with s = √(jω B); for
    /// Boukamp's letters coth(B√(jω))/(Y√(jω)) = (B/Y) coth(s)/s with s = √(jω B²); 1/(Y√(k + jω)) = 1/(Y√k)/√(1 + jω/k).
    /// </summary>
    [Fact]
    public void Parameters_of_other_definitions_become_ours()
    {
        Assert.Equal(1 / (0.004 * Math.Sqrt(2)), CircuitDescription.Read("W{Y=0.004}").Values[0]!.Value, 1e-9);
        Assert.Equal(new(1 / (0.004 * Math.Sqrt(2)), 1 / (0.01 * Math.Sqrt(2)), 1 / (0.001 * Math.Sqrt(2)), false), CircuitDescription.Read("W{Y=0.004/0.001/0.01}").Parameters[0]);
        Assert.Equal([8, 32], CircuitDescription.Read("Wo{Y=0.5,B=32}").Values);
        Assert.Equal([8, 32], CircuitDescription.Read("Ws{Y=0.5,B=32}").Values);
        Assert.Equal([30 / 0.5, 900], CircuitDescription.Read("O{Y=0.5,B=30F,n=0.5}").Values);
        Assert.Equal([1 / (0.5 * 2), 0.25], CircuitDescription.Read("G{Y=0.5,k=4}").Values);
        Assert.Equal([null, 900], CircuitDescription.Read("T{B=30}").Values);
    }

    [Fact]
    public void Without_braces_nothing_is_given() => Assert.Equal([null, null, null], CircuitDescription.Read("R0-CPE1").Values);

    [Theory]
    [InlineData("R{R=100", 1, "this brace is not closed")]
    [InlineData("R{Q=100}", 2, "`R` has no parameter `Q`; write one of R")]
    [InlineData("R{R}", 3, "write `=`")]
    [InlineData("R{R=1x}", 5, "write `,`, `:` or `}`")]
    [InlineData("R{R=}", 4, "write a number")]
    [InlineData("R{R=1/x}", 6, "write a limit")]
    [InlineData("R{R=1/5/2}", 4, "the lower limit 5 is above the upper 2")]
    [InlineData("R{R=1/5/9}", 4, "outside its limits")]
    [InlineData("Q{Y=1,Y=2}", 8, "`Y` is given a second time")]
    [InlineData("Ws{Y=1,B=1,n=0.47}", 13, "only be computed with n = 0.5")]
    [InlineData("R{R=1}Tlmbs{R_i=1}", 6, "`Tlmbs` is not an element here")]
    [InlineData("Gs{R=1}", 3, "values of `Gs` cannot be read")]
    [InlineData("[R(RC]", 5, "write `)`")]
    [InlineData("[RC", 0, "this bracket is not closed")]
    [InlineData("R0[RC]", 1, "leave the number out")]
    [InlineData("R[]", 2, "an element is missing")]
    public void What_cannot_be_read_shows_the_place(string text, int position, string message)
    {
        var wrong = Assert.Throws<CircuitFormatException>(() => CircuitDescription.Read(text));
        Assert.Contains(message, wrong.Message, StringComparison.Ordinal);
        Assert.Equal(position, wrong.Position);
    }

    /// <summary>
    /// Spectra computed by another program (pyimpspec 5.1.3) from the same strings: our elements with the values read give the same
    /// impedance. Those with an element we do not have are told.
    /// </summary>
    [Fact]
    public void Spectra_of_another_program_come_out_the_same()
    {
        var path = SharedData.Find("data/impedance/mock_circuits.json");
        Assert.SkipWhen(path is null, "the shared data are not here");
        var computed = 0;
        foreach (var mock in JsonNode.Parse(File.ReadAllText(path!))!.AsArray().Where(mock => mock!["valid_kk"]!.GetValue<bool>()))
        {
            var text = mock!["cdc"]!.GetValue<string>();
            CircuitDescription read;
            try
            {
                read = CircuitDescription.Read(text);
            }
            catch (CircuitFormatException wrong)
            {
                Assert.Matches("is not an element here|can only be computed with n = 0.5|cannot be read", wrong.Message);
                continue;
            }

            computed++;
            Compare(mock, text, read);
        }

        Assert.InRange(computed, 16, 19);
    }

    private static void Compare(JsonNode mock, string text, CircuitDescription read)
    {
        Assert.True(read.IsComplete, text);
        double[] values = [.. read.Values.Select(value => value!.Value)];
        var (real, imaginary) = (mock["zreal"]!.AsArray(), mock["zimag"]!.AsArray());
        for (var i = 0; i < real.Count; i++)
        {
            var hertz = Math.Pow(10, mock["freq_log10_max"]!.GetValue<double>() - (i / mock["per_decade"]!.GetValue<double>()));
            var expected = new Complex(real[i]!.GetValue<double>(), imaginary[i]!.GetValue<double>());
            var z = read.Circuit.Impedance(hertz, values);
            Assert.True((z - expected).Magnitude < 2e-7 * expected.Magnitude, $"{text} at {hertz} Hz: {z} instead of {expected}"); // Written with 8 digits.
        }
    }
}
