using System.CommandLine;
using CycleRig.Host.Fits;
using CycleRig.Impedance.Fitting;
using Xunit;

namespace CycleRig.Host.Tests.Fits;

/// <summary>What the arguments of `fit` ask for.</summary>
public sealed class FitArgumentsTests
{
    [Fact]
    public void Values_written_with_the_circuit_are_start_bounds_and_fixed_and_options_win()
    {
        var plan = Read("a.csv", "--circuit", "R{R=0F}(R{R=200/10/1e5}Q{Y=6.2e-5,n=0.93F})", "--start", "R1=300", "--bound", "R1=..1e6,CPE2_0=1e-6..1e-3").Plan;
        Assert.Equal(["R0", "CPE2_1"], plan.Options.Fixed.Order(StringComparer.Ordinal).Reverse());
        Assert.Equal(300, plan.Start["R1"]);
        Assert.Equal(1e-9, plan.Start["R0"]); // 0 stands for the least of the element.
        Assert.Equal(new ParameterBounds(1e-9, 1e6), plan.Options.Bounds["R1"]);
        Assert.Equal(new ParameterBounds(1e-6, 1e-3), plan.Options.Bounds["CPE2_0"]);
        Assert.Equal(5, plan.Options.RejectAbove);
    }

    [Fact]
    public void Selection_without_a_value_takes_the_usual_circuits()
    {
        Assert.Equal(CircuitSelection.Library.Length, Read("a.csv", "--select").Plan.Circuits.Length);
        Assert.Equal(2, Read("a.csv", "b.csv", "--select", "R0-p(R1,C1);R0").Plan.Circuits.Length);
    }

    [Theory]
    [InlineData("--select goes without --circuit", "a.csv", "--select", "--circuit", "R0")]
    [InlineData("two circuits or more", "a.csv", "--select", "R0")]
    [InlineData("--series fits one --circuit", "a.csv", "--series", "--drift", "--circuit", "R0")]
    [InlineData("need a circuit", "a.csv", "--kk", "--interval")]
    [InlineData("write modulus, unit or proportional", "a.csv", "--circuit", "R0", "--weight", "best")]
    [InlineData("above 0, such as 0.005", "a.csv", "--circuit", "R0", "--noise", "0")]
    [InlineData("20 to 100000", "a.csv", "--circuit", "R0", "--bootstrap", "3")]
    [InlineData("lies outside its bounds", "a.csv", "--circuit", "R0", "--start", "R0=5", "--bound", "R0=10..20")]
    [InlineData("the value of C0 is -1", "a.csv", "--circuit", "C0", "--start", "C0=-1")]
    [InlineData("write NAME=VALUE", "a.csv", "--circuit", "R0", "--fix", "R0")]
    [InlineData("is no number", "a.csv", "--circuit", "R0", "--start", "R0=3k")]
    [InlineData("give one or more files", "--kk")]
    public void What_cannot_be_done_says_what_to_write(string expected, params string[] arguments) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Read(arguments)).Message, StringComparison.Ordinal);

    private static FitRequest Read(params string[] arguments)
    {
        var (command, known) = (new Command("fit"), new FitArguments());
        known.AddTo(command);
        return known.Read(command.Parse(arguments));
    }
}
