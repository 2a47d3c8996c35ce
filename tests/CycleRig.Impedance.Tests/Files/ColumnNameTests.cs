using CycleRig.Impedance.Files;
using Xunit;

namespace CycleRig.Impedance.Tests.Files;

public sealed class ColumnNameTests
{
    [Theory]
    [InlineData("freq/Hz", "Frequency", 1)]
    [InlineData("Frequency (kHz)", "Frequency", 1e3)]
    [InlineData("f [MHz]", "Frequency", 1e6)]
    [InlineData("f/mHz", "Frequency", 1e-3)]
    [InlineData("frequency_Hz", "Frequency", 1)]
    [InlineData("f/mhz", "Other", 0)]
    [InlineData("Frequency (rad/s)", "Other", 0)]
    [InlineData("Re(Z)/Ohm", "Real", 1)]
    [InlineData("Zre (ohms)", "Real", 1)]
    [InlineData("Z' (kΩ)", "Real", 1e3)]
    [InlineData("Z'/mΩ", "Real", 1e-3)]
    [InlineData("Z'/MΩ", "Real", 1e6)]
    [InlineData("Z Real", "Real", 1)]
    [InlineData("Z2 Real", "Other", 0)]
    [InlineData("Re(Zce)/Ohm", "Other", 0)]
    [InlineData("Re(Y)/Ohm-1", "Other", 0)]
    [InlineData("Z''(b)", "Imaginary", 1)]
    [InlineData("Z\"/ohm", "Imaginary", 1)]
    [InlineData("-Z″ / mOhm", "Imaginary", -1e-3)]
    [InlineData("\u2212Im(Z)/Ohm", "Imaginary", -1)]
    [InlineData("Z / Ohm", "Modulus", 1)]
    [InlineData("phase / deg (°)", "Phase", Math.PI / 180)]
    [InlineData("neg. Phase / °", "Phase", -Math.PI / 180)]
    [InlineData("Phase(Z)/rad", "Phase", 1)]
    [InlineData("Phase(Y)/deg", "Other", 0)]
    [InlineData("Elapsed Time (s)", "Time", 1)]
    [InlineData("time/h", "Time", 3600)]
    [InlineData("cycle number", "Loop", 1)]
    [InlineData("-freq/Hz", "Other", 0)]
    [InlineData("Re(Z)/V", "Other", 0)]
    public void A_name_says_what_its_column_holds_in_which_unit_and_sign(string name, string role, double factor)
    {
        var read = ColumnName.Parse(name);
        Assert.Equal((role, factor), (read.Role.ToString(), read.Factor));
    }
}
