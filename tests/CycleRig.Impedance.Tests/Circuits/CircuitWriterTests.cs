using CsCheck;
using CycleRig.Impedance.Circuits;
using Xunit;

namespace CycleRig.Impedance.Tests.Circuits;

public sealed class CircuitWriterTests
{
    [Theory]
    [InlineData("R(RQ)(RQ)", "R0-p(R1,CPE2)-p(R3,CPE4)")]
    [InlineData("R(Q[RW])", "R0-p(CPE1,R2-W3)")]
    [InlineData("(C[R(Q[RO])])", "p(C0,R1-p(CPE2,R3-Ws4))")]
    [InlineData("(R[(RC)]T)", "p(R0,p(R1,C2),Wo3)")]
    [InlineData("LRG", "L0-R1-G2")]
    [InlineData("R", "R0")]
    public void Both_notations_say_the_same(string boukamp, string dashed)
    {
        Assert.Equal(dashed, CircuitWriter.Dashed(Circuit.Parse(boukamp)));
        Assert.Equal(boukamp, CircuitWriter.Boukamp(Circuit.Parse(dashed)));
    }

    /// <summary>Boukamp's own brackets take turns; ours are written so that they need not.</summary>
    [Fact]
    public void Alternating_brackets_are_written_as_square_ones() => Assert.Equal("R(Q[RW])", CircuitWriter.Boukamp(Circuit.Parse("R(Q(RW))")));

    [Fact]
    public void Names_stay_as_they_are_written() => Assert.Equal("R_1-p(R12,CPE_1)", CircuitWriter.Dashed(Circuit.Parse("R_1 - p( R12 , CPE_1 )")));

    [Fact]
    public void What_is_written_with_dashes_reads_back_as_the_same_circuit() => AnyCircuit.Node.Sample(node =>
    {
        var read = CircuitReader.Read(CircuitWriter.Dashed(node));
        Assert.Equal(node, read);
        Assert.Equal(CircuitWriter.Dashed(node), CircuitWriter.Dashed(read));
    });

    [Fact]
    public void What_is_written_with_letters_reads_back_as_the_same_circuit() =>
        AnyCircuit.WithLetters.Sample(node => Assert.Equal(node, CircuitReader.Read(CircuitWriter.Boukamp(node))));

    [Theory]
    [InlineData("R0-La1", "La1")]
    [InlineData("p(Gs7,R1)", "Gs7")]
    [InlineData("Zarc3", "Zarc3")]
    public void An_element_without_a_letter_is_refused_by_its_name(string text, string name) => Assert.StartsWith(
        $"`{name}` has no letter in Boukamp's notation (R, C, L, Q, W, O, T, G)",
        Assert.Throws<ArgumentException>(() => CircuitWriter.Boukamp(Circuit.Parse(text))).Message, StringComparison.Ordinal);
}
