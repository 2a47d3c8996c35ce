using CycleRig.Impedance.Circuits;
using Xunit;

namespace CycleRig.Impedance.Tests.Circuits;

public sealed class CircuitReaderTests
{
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
}
