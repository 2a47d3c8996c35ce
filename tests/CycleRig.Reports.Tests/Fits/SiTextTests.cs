using CycleRig.Reports.Fits;
using Xunit;

namespace CycleRig.Reports.Tests.Fits;

public sealed class SiTextTests
{
    [Theory]
    [InlineData(3790.7, "Ω", "3.791 kΩ")]
    [InlineData(-1570, "Ω", "-1.570 kΩ")]
    [InlineData(999.96, "Ω", "1.000 kΩ")]
    [InlineData(0.0155, "Ω", "15.50 mΩ")]
    [InlineData(6.4358e-11, "S s^α", "6.436e-11 S s^α")]
    [InlineData(0.95234, "", "0.9523")]
    [InlineData(1240, "s", "1240 s")]
    [InlineData(0, "H", "0 H")]
    public void A_value_has_four_digits_and_a_prefix_where_its_unit_takes_one(double value, string unit, string expected) => Assert.Equal(expected, SiText.Of(value, unit));

    [Theory]
    [InlineData(3790.7128, 5.99, "Ω", "3.7907 kΩ", "6.0 Ω (0.16 %)")]
    [InlineData(55.5586, 4.39, "Ω", "55.6 Ω", "4.4 Ω (7.9 %)")]
    [InlineData(100, 150, "Ω", "100 Ω", "150 Ω (150 %)")]
    public void Digits_go_as_far_as_the_error_allows(double value, double error, string unit, string expected, string expectedError)
    {
        Assert.Equal(expected, SiText.WithError(value, error, unit));
        Assert.Equal(expectedError, SiText.Error(value, error, unit));
    }

    [Theory]
    [InlineData(7e6, "7 MHz")]
    [InlineData(0.0168955, "16.9 mHz")]
    [InlineData(500, "500 Hz")]
    public void A_round_figure_has_no_noughts(double value, string expected) => Assert.Equal(expected, SiText.Brief(value, "Hz"));
}
