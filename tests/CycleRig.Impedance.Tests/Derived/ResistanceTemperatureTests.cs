using CycleRig.Impedance.Derived;
using Xunit;

namespace CycleRig.Impedance.Tests.Derived;

public sealed class ResistanceTemperatureTests
{
    [Fact]
    public void At_0_385_eV_the_bulk_falls_by_4_5_percent_a_kelvin_at_30_degrees() // 0.385/(8.6173e-5·303.15²) - 1/303.15.
        => Assert.Equal(0.0453, ResistanceTemperature.BulkFallPerKelvin(30, 0.385), 4);

    [Fact]
    public void At_the_reference_nothing_changes() =>
        Assert.Equal((0.0, 0.0), (ResistanceTemperature.LogBulk(30, 0.39), ResistanceTemperature.LogInterface(30, 0.47)));

    [Theory]
    [InlineData(25.0)]
    [InlineData(60.0)]
    public void The_falls_are_the_slopes_of_the_logarithms(double celsius)
    {
        const double step = 1e-3;
        Assert.Equal(
            -(ResistanceTemperature.LogBulk(celsius + step, 0.39) - ResistanceTemperature.LogBulk(celsius - step, 0.39)) / (2 * step),
            ResistanceTemperature.BulkFallPerKelvin(celsius, 0.39), 1e-8);
        Assert.Equal(
            -(ResistanceTemperature.LogInterface(celsius + step, 0.47) - ResistanceTemperature.LogInterface(celsius - step, 0.47)) / (2 * step),
            ResistanceTemperature.InterfaceFallPerKelvin(celsius, 0.47), 1e-8);
    }
}
