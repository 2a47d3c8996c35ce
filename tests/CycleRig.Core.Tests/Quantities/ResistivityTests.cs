using CycleRig.Core.Quantities;
using Xunit;

namespace CycleRig.Core.Tests.Quantities;

public sealed class ResistivityTests
{
    [Fact]
    public void Resistivity_is_written_in_the_unit_of_metals()
    {
        Assert.Equal(93e-9, Resistivity.FromNanoOhmMetres(93).OhmMetres, 1e-20);
        Assert.Equal("93 nΩ m", Resistivity.FromNanoOhmMetres(93).ToString());
        Assert.True(Resistivity.FromNanoOhmMetres(17) < Resistivity.FromNanoOhmMetres(93));
    }
}
