using CycleRig.Reports.Fits;
using Xunit;

namespace CycleRig.Reports.Tests.Fits;

public sealed class FrequencyRangeTests
{
    [Theory]
    [InlineData("1kHz..3MHz", 1e3, 3e6)]
    [InlineData("1 kHz .. 3 MHz", 1e3, 3e6)]
    [InlineData("0.1..1e6", 0.1, 1e6)]
    [InlineData("..3MHz", 0, 3e6)]
    [InlineData("10mHz..", 0.01, double.PositiveInfinity)]
    public void Both_ends_may_have_a_unit_or_be_open(string text, double low, double high)
    {
        var range = FrequencyRange.Parse(text);
        Assert.Equal(low, range.LowHz, low * 1e-12);
        Assert.Equal(high, range.HighHz);
    }

    [Theory]
    [InlineData("1kHz", "is no range")]
    [InlineData("3MHz..1kHz", "lower end first")]
    [InlineData("1 s..2 s", "is a duration")]
    [InlineData("0..1", "no unit")]
    [InlineData("-5Hz..", "above 0")]
    public void What_is_none_says_what_to_write(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => FrequencyRange.Parse(text)).Message, StringComparison.Ordinal);
}
