using CsCheck;
using CycleRig.Impedance.Circuits;
using Xunit;

namespace CycleRig.Impedance.Tests.Circuits;

public sealed class CircuitReaderTests
{
    [Theory]
    [InlineData("R(C(RW))", "R0-p(C1,R2-W3)")]
    [InlineData("R(C[RW])", "R0-p(C1,R2-W3)")]
    [InlineData("[R(C[R(QW)])]", "R0-p(C1,R2-p(CPE3,W4))")]
    [InlineData("R[RC]", "R0-R1-C2")]
    [InlineData("LaR(RZarc)", "La0-R1-p(R2,Zarc3)")]
    [InlineData("R ( R Q )", "R0-p(R1,CPE2)")]
    public void Brackets_alternate_unless_square_ones_say_what_they_are(string text, string same) =>
        Assert.Equal(CircuitReader.Read(same), CircuitReader.Read(text));

    /// <summary>
    /// O ends at a source (Z has tanh: Ws), T at a wall (Z has coth: Wo), as in Boukamp's programs and those that took his letters over: at
    /// low frequency O conducts and T blocks.
    /// </summary>
    [Fact]
    public void O_conducts_at_low_frequency_and_T_blocks()
    {
        Assert.Equal("Ws0_0", Circuit.Parse("O").ParameterNames[0]);
        Assert.Equal(100, Circuit.Parse("O").Impedance(1e-6, [100, 1]).Magnitude, 0.01);
        Assert.True(Circuit.Parse("T").Impedance(1e-6, [100, 1]).Magnitude > 1e6);
    }

    [Theory]
    [InlineData("R0-p(R1,CPX1)", "\n  R0-p(R1,CPX1)\n          ^")]
    [InlineData("R0-p(R1,CPE1", "\n  R0-p(R1,CPE1\n      ^")]
    [InlineData("R0-", "\n  R0-\n     ^")]
    [InlineData("R(RX)", "\n  R(RX)\n     ^")]
    [InlineData("R0-\tR1", "\n  R0- R1\n     ^")]
    public void The_message_shows_the_circuit_with_a_caret(string text, string picture) =>
        Assert.EndsWith(picture, Assert.Throws<CircuitFormatException>(() => CircuitReader.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_first_line_of_the_message_says_all() => Assert.StartsWith(
        "circuit `R0-p(R1,CPX1)`, column 9: `CPX` is not an element; write one of C, CPE, ",
        Assert.Throws<CircuitFormatException>(() => CircuitReader.Read("R0-p(R1,CPX1)")).Message, StringComparison.Ordinal);

    [Fact]
    public void Any_text_is_read_or_refused_with_a_place_inside_or_at_its_end() => Gen.Char["RCLQWOTGpZa(){}[],-:=/ .0123\t"].Array[0, 30].Select(letters => new string(letters)).Sample(
        text =>
        {
            try
            {
                CircuitReader.Read(text);
            }
            catch (CircuitFormatException wrong)
            {
                Assert.InRange(wrong.Position, 0, text.Length);
            }
        }, iter: 20_000);

    [Fact]
    public void Brackets_beyond_any_sense_are_refused_before_the_stack_is_full()
    {
        foreach (var bracket in (string[])["p(", "(", "["])
            Assert.Contains("nested deeper", Assert.Throws<CircuitFormatException>(() => CircuitReader.Read(string.Concat(Enumerable.Repeat(bracket, 500)))).Message, StringComparison.Ordinal);
        Assert.Contains("at most", Assert.Throws<CircuitFormatException>(() => CircuitReader.Read(new string('R', 5000))).Message, StringComparison.Ordinal);
    }
}
