using CycleRig.Core.Evidence;
using Xunit;

namespace CycleRig.Core.Tests.Evidence;

public sealed class RestingCurrentTests
{
    [Theory]
    [InlineData(0.15e-6, true)] // 4.8 µA/cm².
    [InlineData(-0.15e-6, true)]
    [InlineData(0.17e-6, false)] // 5.4 µA/cm².
    [InlineData(-15.7e-6, false)]
    public void Five_microamperes_per_square_centimetre_are_the_most_of_a_resting_cell(double amperes, bool rests) => Assert.Equal(rests, RestingCurrent.Is(amperes, 0.0314));
}
