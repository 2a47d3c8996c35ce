using CsCheck;
using CycleRig.Core.Quantities;
using Xunit;

namespace CycleRig.Core.Tests.Quantities;

public sealed class QuantityTextTests
{
    [Theory]
    [InlineData("0.5 mA/cm²", Dimension.CurrentDensity, 5)]
    [InlineData("0.5 mA/cm^2", Dimension.CurrentDensity, 5)]
    [InlineData("0.5mA/cm2", Dimension.CurrentDensity, 5)]
    [InlineData("5 MPa", Dimension.Pressure, 5e6)]
    [InlineData("30 °C", Dimension.Temperature, 303.15)]
    [InlineData("30 degC", Dimension.Temperature, 303.15)]
    [InlineData("0.2 K", Dimension.TemperatureDifference, 0.2)]
    [InlineData("10 µAh/cm²", Dimension.ArealCapacity, 360)]
    [InlineData("10 \u03BCAh/cm²", Dimension.ArealCapacity, 360)]
    [InlineData("10 uAh/cm2", Dimension.ArealCapacity, 360)]
    [InlineData("7 MHz", Dimension.Frequency, 7e6)]
    [InlineData("440 Ω", Dimension.Resistance, 440)]
    [InlineData("2 kohm", Dimension.Resistance, 2000)]
    [InlineData("15 d", Dimension.Time, 1_296_000)]
    [InlineData("-5 V", Dimension.Voltage, -5)]
    [InlineData("1e-3 A", Dimension.Current, 1e-3)]
    [InlineData("0.39 eV", Dimension.Energy, 0.39)]
    [InlineData("2 mm", Dimension.Length, 2e-3)]
    [InlineData("0.0314 cm²", Dimension.Area, 3.14e-6)]
    public void A_quantity_is_read_as_SI(string text, Dimension dimension, double expected)
    {
        Assert.True(QuantityText.TryParse(text, dimension, out var si, out var error), error);
        Assert.Equal(expected, si, Math.Abs(expected) * 1e-12);
    }

    [Theory]
    [InlineData("5 MHz", Dimension.Pressure, "is a frequency; write a pressure such as `5 MPa`")]
    [InlineData("5", Dimension.Pressure, "has no unit; write a pressure such as `5 MPa`")]
    [InlineData("five MPa", Dimension.Pressure, "is no number with a unit")]
    [InlineData("NaN MPa", Dimension.Pressure, "is no number with a unit")]
    [InlineData("1e999 MPa", Dimension.Pressure, "is no number with a unit")]
    [InlineData("5 mpa", Dimension.Pressure, "unknown unit `mpa`")]
    [InlineData("5 K", Dimension.Pressure, "is a temperature")]
    public void What_is_no_quantity_says_what_to_write(string text, Dimension dimension, string expected)
    {
        Assert.False(QuantityText.TryParse(text, dimension, out _, out var error));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Milli_and_mega_differ_by_nine_orders()
    {
        QuantityText.TryParse("5 mPa", Dimension.Pressure, out var milli, out _);
        QuantityText.TryParse("5 MPa", Dimension.Pressure, out var mega, out _);
        Assert.Equal(1e9, mega / milli, 1);
    }

    [Fact]
    public void What_a_quantity_prints_reads_back() => Gen.Double[1e-6, 1e6].Sample(value =>
    {
        Back(new Voltage(value).ToString(), Dimension.Voltage, value);
        Back(new Current(value).ToString(), Dimension.Current, value);
        Back(new CurrentDensity(value).ToString(), Dimension.CurrentDensity, value);
        Back(new Pressure(value).ToString(), Dimension.Pressure, value);
        Back(new Charge(value).ToString(), Dimension.Charge, value);
        Back(new ArealCapacity(value).ToString(), Dimension.ArealCapacity, value);
        Back(new Length(value).ToString(), Dimension.Length, value);
        Back(new Area(value).ToString(), Dimension.Area, value);
        Back(new Frequency(value).ToString(), Dimension.Frequency, value);
        Back(new Resistance(value).ToString(), Dimension.Resistance, value);
    });

    [Fact]
    public void A_random_text_never_throws() => Gen.String.Sample(text =>
    {
        if (!QuantityText.TryParse(text, Dimension.Voltage, out _, out var error))
            Assert.NotEmpty(error);
    });

    private static void Back(string text, Dimension dimension, double expected)
    {
        Assert.True(QuantityText.TryParse(text, dimension, out var si, out var error), error);
        Assert.Equal(1, si / expected, 1e-5);
    }
}
