using CycleRig.Core.Quantities;
using Xunit;

namespace CycleRig.Core.Tests.Quantities;

public sealed class ConductivityTests
{
    [Fact]
    public void One_millisiemens_per_centimetre_is_a_tenth_of_a_siemens_per_metre()
    {
        Assert.Equal(0.1, Conductivity.FromMillisiemensPerCentimetre(1).SiemensPerMetre, 1e-16);
        Assert.Equal(1, Conductivity.FromSiemensPerCentimetre(1e-3).MillisiemensPerCentimetre, 1e-12);
        Assert.Equal("0.001 S/cm", Conductivity.FromMillisiemensPerCentimetre(1).ToString());
        Assert.True(Conductivity.FromSiemensPerCentimetre(1e-8) < Conductivity.FromMillisiemensPerCentimetre(1));
    }
}
