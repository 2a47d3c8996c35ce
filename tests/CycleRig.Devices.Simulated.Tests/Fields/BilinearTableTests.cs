using CycleRig.Devices.Simulated.Fields;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Fields;

public sealed class BilinearTableTests
{
    private static readonly BilinearTable Table = new([0, 1, 3], [0, 2], [0, 2, 1, 3, 5, 7]);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(3, 2, 7)]
    [InlineData(2, 0, 3)]
    [InlineData(0.5, 1, 1.5)]
    [InlineData(-5, 9, 2)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity, 5)]
    public void Between_entries_it_is_linear_and_beyond_them_it_stays(double row, double column, double expected) =>
        Assert.Equal(expected, Table.At(row, column), 1e-12);

    [Fact]
    public void Look_ups_of_the_cells_allocate_nothing()
    {
        var sum = EdgeFactor.At(0.5, 0.1) + TipEnhancement.At(5, 0.5) + Spreading.Factor(2, 1.2, 10, false);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            sum += EdgeFactor.At(i / 1000.0, 0.1) + TipEnhancement.At(5, i / 1000.0) + Spreading.Factor(2, 1.2, 10, false);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(sum > 0);
    }
}
