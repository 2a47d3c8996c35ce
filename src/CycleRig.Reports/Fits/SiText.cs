using System.Globalization;

namespace CycleRig.Reports.Fits;

/// <summary>Numbers as people read them: with SI prefixes where the unit takes them, and no more digits than the error allows.</summary>
public static class SiText
{
    private const int DigitsDefault = 4;
    private const int DigitsMax = 8;
    private const int ErrorDigits = 2;
    private const int StepDecades = 3;
    private const double TickTolerance = 1e-9;

    private static readonly string[] Prefixes = ["f", "p", "n", "µ", "m", "", "k", "M", "G", "T"];

    private static readonly int NoPrefix = Array.IndexOf(Prefixes, "");

    private static readonly string[] Prefixed = ["Ω", "F", "H", "s", "Hz"];

    /// <summary>Such as `3.791 kΩ`; units that take no prefix as `6.436e-11 S s^α`.</summary>
    /// <param name="value">In the unit.</param>
    /// <param name="unit">As written behind it; "" for none.</param>
    /// <param name="digits">Significant digits.</param>
    public static string Of(double value, string unit, int digits = DigitsDefault)
    {
        if (value == 0 || !double.IsFinite(value))
            return $"{value.ToString(CultureInfo.InvariantCulture)} {unit}".TrimEnd();
        var rounded = double.Parse(value.ToString($"E{digits - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var step = Prefixed.Contains(unit) ? Math.Clamp((int)Math.Floor(Exponent(rounded) / (double)StepDecades), -NoPrefix, unit == "s" ? 0 : Prefixes.Length - 1 - NoPrefix) : 0; // No kiloseconds.
        var number = rounded / Math.Pow(10, StepDecades * step);
        return $"{Number(number, digits)} {Prefixes[NoPrefix + step]}{unit}".TrimEnd();
    }

    /// <summary>A round figure without noughts behind: 7 MHz, 16.9 mHz.</summary>
    public static string Brief(double value, string unit)
    {
        var tick = Tick(value);
        return char.IsAsciiDigit(tick[^1]) ? $"{tick} {unit}" : $"{tick[..^1]} {tick[^1]}{unit}";
    }

    /// <summary>For the ticks of an axis that names its unit: 500m, 1, 2.5k.</summary>
    public static string Tick(double value)
    {
        if (value == 0)
            return "0";
        var (scale, prefix) = Prefix(value);
        return Plain(value / scale, DigitsDefault) + prefix;
    }

    /// <summary>The prefix with which a value other than 0 is between 1 and 1000, and what it stands for.</summary>
    public static (double Scale, string Prefix) Prefix(double value)
    {
        var step = Math.Clamp((int)Math.Floor((Math.Log10(Math.Abs(value)) + TickTolerance) / StepDecades), -NoPrefix, Prefixes.Length - 1 - NoPrefix);
        return (Math.Pow(10, StepDecades * step), Prefixes[NoPrefix + step]);
    }

    /// <summary>A value with the digits that its standard error leaves.</summary>
    public static string WithError(double value, double error, string unit) => Of(value, unit, error > 0 && double.IsFinite(error) && value != 0
        ? Math.Clamp(Exponent(value) - Exponent(error) + ErrorDigits, ErrorDigits, DigitsMax)
        : DigitsDefault);

    /// <summary>Such as `6 Ω (0.16 %)`.</summary>
    public static string Error(double value, double error, string unit) =>
        $"{Of(error, unit, ErrorDigits)} ({Percent(error / Math.Abs(value), ErrorDigits)})";

    /// <summary>A part as percent.</summary>
    public static string Percent(double part, int digits = 3) => $"{(100 * part >= 100 ? (100 * part).ToString("F0", CultureInfo.InvariantCulture) : Plain(100 * part, digits))} %";

    /// <summary>A number with so many digits, a small e where it has an exponent, and no negative zero.</summary>
    public static string Plain(double value, int digits = 5) => (value + 0.0).ToString($"G{digits}", CultureInfo.InvariantCulture).Replace('E', 'e');

    private static int Exponent(double value) => (int)Math.Floor(Math.Log10(Math.Abs(value)));

    private static string Number(double value, int digits)
    {
        var exponent = Exponent(value);
        return exponent is < -4 or > 6
            ? value.ToString($"0.{new string('0', Math.Max(digits - 1, 0))}e0", CultureInfo.InvariantCulture)
            : value.ToString($"F{Math.Max(digits - 1 - exponent, 0)}", CultureInfo.InvariantCulture);
    }
}
